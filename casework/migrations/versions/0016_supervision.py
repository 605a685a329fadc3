"""Closures that are looked at again, and what each month came to.

Going back drops them: an older desk has no place for them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016_supervision"
down_revision = "0015_drafts_of_staff"
branch_labels = None
depends_on = None

WHOLE = (
    "(found_code IS NULL) = (reviewed_on IS NULL) AND (found_code IS NULL) = (reviewed_by IS NULL)"
    " AND (found_code IS NULL) = (sealed IS NULL) AND (found_code IS NULL) = (key_version IS NULL)"
)
MENDED = "(task_id IS NOT NULL) = (found_code IS NOT NULL AND found_code = 'mend')"
COUNTS = "'contacts', 'people', 'reports', 'cases', 'harms', 'outcomes'"


def upgrade() -> None:
    op.create_table(
        "closure_sample",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("routing_code", sa.String(length=6), nullable=False),
        sa.Column("seed", sa.String(length=32), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("drawn_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(month) = 7", name="month_size"),
        sa.CheckConstraint("length(seed) = 32", name="seed_size"),
        sa.CheckConstraint("routing_code IN ('normal', 'city')", name="routing_code_is_known"),
        sa.ForeignKeyConstraint(["drawn_by"], ["staff.id"], name=op.f("fk_closure_sample_drawn_by")),
        sa.PrimaryKeyConstraint("month", "routing_code", name=op.f("pk_closure_sample")),
    )
    op.create_table(
        "closure_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("found_code", sa.String(length=4), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.Column("key_version", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(WHOLE, name="a_review_is_whole"),
        sa.CheckConstraint(MENDED, name="what_to_mend_is_a_task"),
        sa.CheckConstraint("length(month) = 7", name="month_size"),
        sa.CheckConstraint("found_code IN ('fine', 'mend')", name="found_code_is_known"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_closure_review_{name}"))
            for name, table in (("case_id", "case_file"), ("reviewed_by", "staff"), ("task_id", "case_task"))
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure_review")),
        sa.UniqueConstraint("case_id", "month", name=op.f("uq_closure_review_case_id_month")),
    )
    for name in ("case_id", "task_id"):
        op.create_index(op.f(f"ix_closure_review_{name}"), "closure_review", [name])
    op.create_table(
        "month_count",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("count_code", sa.String(length=8), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("in_tables", sa.Integer(), nullable=False),
        sa.Column("changed_since", sa.Integer(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(month) = 7", name="month_size"),
        sa.CheckConstraint(f"count_code IN ({COUNTS})", name="count_code_is_known"),
        sa.PrimaryKeyConstraint("month", "count_code", name=op.f("pk_month_count")),
    )


def downgrade() -> None:
    for name in ("month_count", "closure_review", "closure_sample"):
        op.drop_table(name)
