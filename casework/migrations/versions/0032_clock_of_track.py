"""Of which track a clock is: two against two administrations may run from one day, and each is a clock.

Of those of before it is not known, and stays so. Going back forgets it; the clocks stay.
"""

import sqlalchemy as sa
from alembic import op

revision = "0032_clock_of_track"
down_revision = "0031_kept_hours"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("deadline") as table:
        table.add_column(sa.Column("track_id", sa.Uuid()))
        table.create_foreign_key(op.f("fk_deadline_track_id"), "case_track", ["track_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("deadline") as table:
        table.drop_constraint(op.f("fk_deadline_track_id"), type_="foreignkey")
        table.drop_column("track_id")
