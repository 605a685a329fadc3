"""Days and hours of a way that is safe only then, and what was open when the head agreed to a closing.

What was noted before names no days: notices by such a way wait until somebody notes them. What the head
agreed to before covers nothing that is open: they are asked anew. Going back forgets both; words stay.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028_edges"
down_revision = "0027_harms"
branch_labels = None
depends_on = None

WHOLE = "window_days_size", "a_window_is_whole", "hours_in_order"


def upgrade() -> None:
    with op.batch_alter_table("safe_contact") as batch:
        batch.add_column(sa.Column("window_days", sa.String(length=7), nullable=True))
        batch.add_column(sa.Column("from_hour", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("to_hour", sa.Integer(), nullable=True))
        batch.create_check_constraint("window_days_size", "length(window_days) <= 7")
        batch.create_check_constraint(
            "a_window_is_whole",
            "(window_days IS NULL) = (from_hour IS NULL) AND (window_days IS NULL) = (to_hour IS NULL)"
            " AND (window_days IS NULL OR rule_code = 'window')",
        )
        batch.create_check_constraint(
            "hours_in_order", "from_hour >= 0 AND from_hour < to_hour AND to_hour <= 24"
        )

    with op.batch_alter_table("closing_request") as batch:
        batch.add_column(sa.Column("agreed_over", sa.String(length=20_000), nullable=True))
        batch.create_check_constraint("agreed_over_size", "length(agreed_over) <= 20000")


def downgrade() -> None:
    with op.batch_alter_table("closing_request") as batch:
        batch.drop_constraint("agreed_over_size", type_="check")
        batch.drop_column("agreed_over")
    with op.batch_alter_table("safe_contact") as batch:
        for name in WHOLE:
            batch.drop_constraint(name, type_="check")
        for name in ("window_days", "from_hour", "to_hour"):
            batch.drop_column(name)
