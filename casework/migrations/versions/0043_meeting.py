"""Tasks with a version, the hours of interpreters, and kinds of links that staff make.

Going back, links of those kinds are gone, and an interpreter can be booked twice for one hour again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0043_meeting"
down_revision = "0042_people_of_a_case"
branch_labels = None
depends_on = None

SAID = "'claim', 'lost_key', 'same_event'"
MADE = "'one_person', 'related', 'split_from'"


def upgrade() -> None:
    with op.batch_alter_table("case_task") as task:
        task.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("case_task") as task:
        task.alter_column("version", existing_type=sa.Integer(), server_default=None)
    op.create_table(
        "interpreter_use",
        sa.Column("interpreter_id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interpreter_id"], ["interpreter.id"], name=op.f("fk_interpreter_use_interpreter_id")
        ),
        sa.PrimaryKeyConstraint("interpreter_id", "on_day", "quarter", name=op.f("pk_interpreter_use")),
    )
    _relations(f"{SAID}, {MADE}")


def downgrade() -> None:
    op.execute(f"DELETE FROM case_link WHERE relation IN ({MADE})")
    _relations(SAID)
    op.drop_table("interpreter_use")
    with op.batch_alter_table("case_task") as task:
        task.drop_column("version")


def _relations(known: str) -> None:
    with op.batch_alter_table("case_link") as link:
        link.drop_constraint("relation_is_known", type_="check")
        link.create_check_constraint("relation_is_known", f"relation IN ({known})")
