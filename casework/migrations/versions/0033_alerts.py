"""Reminders of deadlines by mail, and what was taken back.

Somebody who works here may leave an address at which they are reminded; what was sent is written down, so
that it goes once. How a deadline or a task had ended is kept when that is taken back. Going back forgets who
was reminded, and what was noted by mistake stays in the timeline alone.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033_alerts"
down_revision = "0032_clock_of_track"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reminder_address",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=True),
        sa.CheckConstraint("length(address) <= 254", name="address_size"),
        sa.CheckConstraint("length(language) <= 20", name="language_size"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_reminder_address_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_reminder_address")),
    )
    op.create_table(
        "deadline_reminder",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("deadline_id", sa.Uuid(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("tried_on", sa.Date(), nullable=False),
        sa.Column("again_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_sent", sa.Boolean(), nullable=False),
        sa.CheckConstraint("days >= 0", name="warned_before_the_end"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_deadline_reminder_staff_id")),
        sa.ForeignKeyConstraint(
            ["deadline_id"], ["deadline.id"], name=op.f("fk_deadline_reminder_deadline_id")
        ),
        sa.PrimaryKeyConstraint("staff_id", "deadline_id", "days", name=op.f("pk_deadline_reminder")),
    )
    op.create_table(
        "taken_back",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("deadline_id", sa.Uuid(), nullable=True),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.Column("was_code", sa.String(length=7), nullable=False),
        sa.Column("noted_by", sa.Uuid(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("waived_by_code", sa.String(length=8), nullable=True),
        sa.Column("taken_by", sa.Uuid(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "was_code IN ('met', 'missed', 'waived', 'done', 'dropped')", name="was_code_is_known"
        ),
        sa.CheckConstraint(
            "waived_by_code IN ('person', 'guardian', 'office')", name="waived_by_code_is_known"
        ),
        sa.CheckConstraint("(deadline_id IS NULL) <> (task_id IS NULL)", name="one_thing_is_taken_back"),
        sa.CheckConstraint("(key_version IS NULL) = (sealed IS NULL)", name="sealed_with_a_key"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_taken_back_{name}"))
            for name, table in (
                ("case_id", "case_file"),
                ("deadline_id", "deadline"),
                ("task_id", "case_task"),
                ("noted_by", "staff"),
                ("taken_by", "staff"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taken_back")),
    )
    op.create_index(op.f("ix_taken_back_case_id"), "taken_back", ["case_id"])


def downgrade() -> None:
    for table in ("taken_back", "deadline_reminder", "reminder_address"):
        op.drop_table(table)
