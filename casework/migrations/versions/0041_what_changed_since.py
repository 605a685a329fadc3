"""What the report said can be corrected at the desk: contact, urgency, language and consents.

Going back drops the corrections, and with them the contacts noted since; what was set by them stays as it is.
"""

import sqlalchemy as sa
from alembic import op

revision = "0041_what_changed_since"
down_revision = "0040_strategic"
branch_labels = None
depends_on = None

KINDS = "'contact', 'urgency', 'language', 'consents'"


def upgrade() -> None:
    op.create_table(
        "case_correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind_code", sa.String(length=8), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("noted_by", sa.Uuid(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("seq > 0", name="counted_from_one"),
        sa.CheckConstraint(f"kind_code IN ({KINDS})", name="kind_code_is_known"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_correction_case_id")),
        sa.ForeignKeyConstraint(["noted_by"], ["staff.id"], name=op.f("fk_case_correction_noted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_correction")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_case_correction_case_id_seq")),
    )


def downgrade() -> None:
    op.drop_table("case_correction")
