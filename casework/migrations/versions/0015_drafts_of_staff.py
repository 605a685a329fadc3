"""Texts that a member of staff has begun and not sent, sealed to their own key.

Going back drops them: an older desk has no place for them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015_drafts_of_staff"
down_revision = "0014_proof_and_needs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_draft",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("case_number", sa.String(length=9), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(place) <= 160", name="place_size"),
        sa.CheckConstraint("length(case_number) <= 9", name="case_number_size"),
        sa.CheckConstraint("length(sealed) <= 262193", name="sealed_size"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_draft_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", "place", name=op.f("pk_staff_draft")),
    )
    op.create_index(op.f("ix_staff_draft_case_number"), "staff_draft", ["case_number"])
    op.create_index(op.f("ix_staff_draft_kept_on"), "staff_draft", ["kept_on"])


def downgrade() -> None:
    op.drop_table("staff_draft")
