"""Of a released quarter only the counts its year needs are kept; one taken back waits for its facts.

Facts of quarters released before stay until the observatory is next run, which counts and deletes them. Going
back removes the counts: the year they were kept for can then no longer be released. A quarter that waits for
its facts is open again, which it is to the hand-over anyway.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002_counts_outlive_facts"
down_revision = "0001_situations_in_codes"
branch_labels = None
depends_on = None

STATE = "state_is_known"


def upgrade() -> None:
    op.create_table(
        "kept_count",
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count >= 0", name="count_is_a_count"),
        sa.CheckConstraint("substr(quarter, 5, 2) = '-Q'", name="quarter_is_a_quarter"),
        sa.CheckConstraint("length(code) <= 60", name="code_size"),
        sa.CheckConstraint("length(part) <= 40", name="part_size"),
        sa.CheckConstraint("length(quarter) = 7", name="quarter_size"),
        sa.CheckConstraint("length(source) <= 60", name="source_size"),
        sa.PrimaryKeyConstraint("source", "quarter", "part", "code", name=op.f("pk_kept_count")),
    )
    with op.batch_alter_table("period") as period:
        period.drop_constraint(STATE, type_="check")
        period.create_check_constraint(STATE, "state IN ('open', 'frozen', 'released', 'awaited')")


def downgrade() -> None:
    op.execute("UPDATE period SET state = 'open' WHERE state = 'awaited'")
    with op.batch_alter_table("period") as period:
        period.drop_constraint(STATE, type_="check")
        period.create_check_constraint(STATE, "state IN ('open', 'frozen', 'released')")
    op.drop_table("kept_count")
