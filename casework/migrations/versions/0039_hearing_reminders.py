"""Hearings are warned of by mail, and how one ended can be taken back.

Who noted the end of a hearing, and when, is known of those that were noted as held from the first; of other
older ones nobody kept it, and their end stays as it is. Going back drops the warnings, and what was taken
back of hearings.
"""

import sqlalchemy as sa
from alembic import op

revision = "0039_hearing_reminders"
down_revision = "0038_interpreters"
branch_labels = None
depends_on = None

OF_BOTH = "'met', 'missed', 'waived', 'done', 'dropped'"
ONE_OF_TWO = "(deadline_id IS NULL) <> (task_id IS NULL)"
ONE_OF_THREE = (
    "(CASE WHEN deadline_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN task_id IS NULL THEN 0 ELSE 1 END) "
    "+ (CASE WHEN hearing_id IS NULL THEN 0 ELSE 1 END) = 1"
)


def upgrade() -> None:
    op.create_table(
        "hearing_reminder",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("hearing_id", sa.Uuid(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("tried_on", sa.Date(), nullable=False),
        sa.Column("again_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_sent", sa.Boolean(), nullable=False),
        sa.CheckConstraint("days >= 0", name="warned_before_the_day"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_hearing_reminder_staff_id")),
        sa.ForeignKeyConstraint(
            ["hearing_id"], ["case_hearing.id"], name=op.f("fk_hearing_reminder_hearing_id")
        ),
        sa.PrimaryKeyConstraint("staff_id", "hearing_id", "days", name=op.f("pk_hearing_reminder")),
    )
    with op.batch_alter_table("case_hearing") as table:
        table.add_column(sa.Column("settled_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("settled_by", sa.Uuid(), nullable=True))
        table.create_foreign_key(op.f("fk_case_hearing_settled_by"), "staff", ["settled_by"], ["id"])
    op.execute(
        "UPDATE case_hearing SET settled_on = noted_on, settled_by = noted_by "
        "WHERE state_code = 'held' AND version = 1"
    )
    with op.batch_alter_table("case_hearing") as table:
        table.create_check_constraint("settled_by_somebody", "(settled_on IS NULL) = (settled_by IS NULL)")
        table.create_check_constraint("settled_has_ended", "settled_on IS NULL OR state_code <> 'set'")
    with op.batch_alter_table("taken_back") as table:
        table.add_column(sa.Column("hearing_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(op.f("fk_taken_back_hearing_id"), "case_hearing", ["hearing_id"], ["id"])
    _of_what(7, 9, f"{OF_BOTH}, 'held', 'postponed', 'cancelled'", ONE_OF_THREE)


def downgrade() -> None:
    op.execute("DELETE FROM taken_back WHERE hearing_id IS NOT NULL")
    _of_what(9, 7, OF_BOTH, ONE_OF_TWO)
    with op.batch_alter_table("taken_back") as table:
        table.drop_constraint(op.f("fk_taken_back_hearing_id"), type_="foreignkey")
        table.drop_column("hearing_id")
    with op.batch_alter_table("case_hearing") as table:
        table.drop_constraint("settled_has_ended", type_="check")
        table.drop_constraint("settled_by_somebody", type_="check")
        table.drop_constraint(op.f("fk_case_hearing_settled_by"), type_="foreignkey")
        table.drop_column("settled_by")
        table.drop_column("settled_on")
    op.drop_table("hearing_reminder")


def _of_what(was: int, now: int, codes: str, one: str) -> None:
    with op.batch_alter_table("taken_back") as table:
        table.drop_constraint("was_code_is_known", type_="check")
        table.drop_constraint("one_thing_is_taken_back", type_="check")
        table.alter_column(
            "was_code",
            existing_type=sa.String(length=was),
            type_=sa.String(length=now),
            existing_nullable=False,
        )
        table.create_check_constraint("was_code_is_known", f"was_code IN ({codes})")
        table.create_check_constraint("one_thing_is_taken_back", one)
