"""A case says since when it waits for a new key, because somebody who had the present one lost it.

Older cases from whose holders the present key was taken back wait since that day. Going back forgets it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002_a_case_waits_for_a_new_key"
down_revision = "0001_the_advisers_desk"
branch_labels = None
depends_on = None

DUE = sa.text("key_due_on IS NOT NULL")
PRESENT = sa.text("revoked_on IS NULL")


def upgrade() -> None:
    op.add_column("case_file", sa.Column("key_due_on", sa.Date(), nullable=True))
    op.execute(
        "UPDATE case_file SET key_due_on = (SELECT min(revoked_on) FROM case_key_grant"
        " WHERE case_key_grant.case_id = case_file.id AND case_key_grant.version = case_file.key_version)"
    )
    op.create_index("case_file_key_due", "case_file", ["key_due_on"], sqlite_where=DUE, postgresql_where=DUE)
    op.create_index(
        "case_key_grant_present",
        "case_key_grant",
        ["holder_id"],
        sqlite_where=PRESENT,
        postgresql_where=PRESENT,
    )


def downgrade() -> None:
    op.drop_index("case_key_grant_present", "case_key_grant")
    op.drop_index("case_file_key_due", "case_file")
    op.drop_column("case_file", "key_due_on")
