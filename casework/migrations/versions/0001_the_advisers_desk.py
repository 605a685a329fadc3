"""The advisers' desk has its tables: keyroom, inbox, cases, messages, coded records, history and timeline.

There were no rows before. Going back drops everything. The tables stand in `first_desk`, part by part; each
part points only to those before it.
"""

from casework.migrations.first_desk import cases, counting, keyroom, letters, timeline

revision = "0001_the_advisers_desk"
down_revision = None
branch_labels = None
depends_on = None

PARTS = (keyroom, letters, cases, counting, timeline)


def upgrade() -> None:
    for part in PARTS:
        part.put_up()


def downgrade() -> None:
    for part in reversed(PARTS):
        part.take_down()
