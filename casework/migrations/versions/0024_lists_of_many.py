"""Indexes for an office with many cases: the newest first, and the little that waits among all that came.

Going back drops them; every list is the same, only slower.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024_lists_of_many"
down_revision = "0023_letters_and_papers"
branch_labels = None
depends_on = None

OPEN = sa.text("closed_on IS NULL")
WAITING = (
    ("receipt_key_change", "applied_on IS NULL"),
    ("incoming_message", "opened_on IS NULL"),
    ("consent_change", "applied_on IS NULL"),
    ("feedback", "opened_on IS NULL"),
    ("incoming_booking", "opened_on IS NULL"),
)


def upgrade() -> None:
    newest = ["opened_on", "id"]
    op.create_index("case_file_newest", "case_file", newest)
    op.create_index("case_file_open_newest", "case_file", newest, sqlite_where=OPEN, postgresql_where=OPEN)
    for table, rule in WAITING:
        where = sa.text(rule)
        op.create_index(
            f"{table}_waiting", table, ["case_number"], sqlite_where=where, postgresql_where=where
        )


def downgrade() -> None:
    for table, _ in reversed(WAITING):
        op.drop_index(f"{table}_waiting", table)
    op.drop_index("case_file_open_newest", "case_file")
    op.drop_index("case_file_newest", "case_file")
