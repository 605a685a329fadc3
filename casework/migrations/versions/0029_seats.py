"""Where the court or authority of a clock sits, by whose days off it is counted.

Clocks of before were counted by the city's own days off, and nobody was asked: they say so, and none is
moved. Going back forgets the seats; the days that were counted stay.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029_seats"
down_revision = "0028_edges"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("deadline") as table:
        table.add_column(sa.Column("seat_code", sa.String(30), nullable=False, server_default="unasked"))
        table.add_column(sa.Column("counts_home", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("deadline") as table:
        table.alter_column("seat_code", server_default=None)
        table.alter_column("counts_home", server_default=None)
        table.create_check_constraint("seat_code_size", "length(seat_code) <= 30")


def downgrade() -> None:
    with op.batch_alter_table("deadline") as table:
        table.drop_constraint("seat_code_size", type_="check")
        table.drop_column("counts_home")
        table.drop_column("seat_code")
