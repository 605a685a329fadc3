"""An hour of a clinic that is kept for a number has a state of its own, so that it can be taken back.

Going back they are taken, as they were before.
"""

from alembic import op

revision = "0031_kept_hours"
down_revision = "0030_day_to_act_by"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _states("'free', 'taken', 'kept', 'shut'")


def downgrade() -> None:
    op.execute("UPDATE meeting_slot SET state_code = 'taken' WHERE state_code = 'kept'")
    _states("'free', 'taken', 'shut'")


def _states(known: str) -> None:
    with op.batch_alter_table("meeting_slot") as batch:
        batch.drop_constraint("state_code_is_known", type_="check")
        batch.create_check_constraint("state_code_is_known", f"state_code IN ({known})")
