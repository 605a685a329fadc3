"""Cases put under another, to be read together, and how that ended.

Going back drops them: an older desk shows every case by itself, with everything that belongs to it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018_merged_cases"
down_revision = "0017_mediation"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_merge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("under_id", sa.Uuid(), nullable=False),
        sa.Column("merged_on", sa.Date(), nullable=False),
        sa.Column("merged_by", sa.Uuid(), nullable=False),
        sa.Column("undone_on", sa.Date(), nullable=True),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("case_id <> under_id", name="two_cases"),
        sa.CheckConstraint("(undone_on IS NULL) = (undone_by IS NULL)", name="undone_by_name_and_day"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        *(
            sa.ForeignKeyConstraint([name], ["case_file.id"], name=op.f(f"fk_case_merge_{name}"))
            for name in ("case_id", "under_id")
        ),
        *(
            sa.ForeignKeyConstraint([name], ["staff.id"], name=op.f(f"fk_case_merge_{name}"))
            for name in ("merged_by", "undone_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_merge")),
    )
    op.create_index("case_merge_of_a_leading", "case_merge", ["case_id"])
    in_force = sa.text("undone_on IS NULL")
    op.create_index(
        "case_merge_once",
        "case_merge",
        ["under_id"],
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )


def downgrade() -> None:
    op.drop_table("case_merge")
