"""Answers about an appointment come into the mailbox.

Going back drops those that wait: an older service has nowhere to take them.
"""

from alembic import op

revision = "0004_bookings"
down_revision = "0003_files_relays_and_new_keys"
branch_labels = None
depends_on = None

OLD_KINDS = "kind IN ('report', 'message', 'consent', 'rekey', 'feedback', 'notice')"
KINDS = "kind IN ('report', 'message', 'consent', 'rekey', 'feedback', 'notice', 'booking')"


def upgrade() -> None:
    with op.batch_alter_table("envelope") as batch_op:
        batch_op.drop_constraint("kind_is_known", type_="check")
        batch_op.create_check_constraint("kind_is_known", KINDS)


def downgrade() -> None:
    op.execute("DELETE FROM envelope WHERE kind = 'booking'")
    with op.batch_alter_table("envelope") as batch_op:
        batch_op.drop_constraint("kind_is_known", type_="check")
        batch_op.create_check_constraint("kind_is_known", OLD_KINDS)
