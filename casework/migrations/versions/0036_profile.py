"""What somebody is, under a key of its own: profiles, their keys, entries, and who opened them.

Going back drops them with everything in them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0036_profile"
down_revision = "0035_documents"
branch_labels = None
depends_on = None

PRESENT = sa.text("withdrawn_on IS NULL")
SEALED = "length(sealed) <= 1114112"


def upgrade() -> None:
    op.create_table(
        "case_profile",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_to_escrow", sa.LargeBinary(), nullable=True),
        sa.Column("key_due_on", sa.Date(), nullable=True),
        sa.Column("consented_on", sa.Date(), nullable=False),
        sa.Column("consent_noted_by", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_noted_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(withdrawn_on IS NULL) = (withdrawn_noted_by IS NULL)", name="withdrawn_by_somebody"
        ),
        sa.CheckConstraint(
            "withdrawn_on IS NULL OR sealed_to_escrow IS NULL", name="withdrawn_without_a_key"
        ),
        sa.CheckConstraint("length(public_key) = 32", name="public_key_size"),
        sa.CheckConstraint("length(sealed_to_escrow) <= 1114112", name="sealed_to_escrow_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_profile_case_id")),
        sa.ForeignKeyConstraint(
            ["consent_noted_by"], ["staff.id"], name=op.f("fk_case_profile_consent_noted_by")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_noted_by"], ["staff.id"], name=op.f("fk_case_profile_withdrawn_noted_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_profile")),
    )
    op.create_index(op.f("ix_case_profile_case_id"), "case_profile", ["case_id"])
    op.create_index(
        "case_profile_present",
        "case_profile",
        ["case_id"],
        unique=True,
        sqlite_where=PRESENT,
        postgresql_where=PRESENT,
    )
    op.create_table(
        "profile_grant",
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("way_code", sa.String(length=11), nullable=False),
        sa.Column("sealed_private_key", sa.LargeBinary(), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.CheckConstraint("way_code IN ('reads', 'with_reason')", name="way_code_is_known"),
        sa.CheckConstraint("length(sealed_private_key) <= 1114112", name="sealed_private_key_size"),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["case_profile.id"], name=op.f("fk_profile_grant_profile_id")
        ),
        sa.ForeignKeyConstraint(["holder_id"], ["staff.id"], name=op.f("fk_profile_grant_holder_id")),
        sa.PrimaryKeyConstraint("profile_id", "holder_id", name=op.f("pk_profile_grant")),
    )
    op.create_index(op.f("ix_profile_grant_holder_id"), "profile_grant", ["holder_id"])
    _of_profile("profile_entry", "noted_by", sa.Column("noted_on", sa.Date(), nullable=False))
    opened_at = sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False)
    _of_profile("profile_opening", "opened_by", opened_at)


def _of_profile(name: str, by: str, when: "sa.Column[object]") -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column(by, sa.Uuid(), nullable=False),
        when,
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(SEALED, name="sealed_size"),
        sa.ForeignKeyConstraint(["profile_id"], ["case_profile.id"], name=op.f(f"fk_{name}_profile_id")),
        sa.ForeignKeyConstraint([by], ["staff.id"], name=op.f(f"fk_{name}_{by}")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_profile_id"), name, ["profile_id"])


def downgrade() -> None:
    for name in ("profile_opening", "profile_entry", "profile_grant"):
        op.drop_table(name)
    op.drop_table("case_profile")
