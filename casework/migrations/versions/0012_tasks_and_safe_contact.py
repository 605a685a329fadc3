"""What there is to do in a case, who acts next, and which ways of contact are safe.

Going back drops them: an older desk has no place for them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012_tasks_and_safe_contact"
down_revision = "0011_queues_and_cover"
branch_labels = None
depends_on = None

KINDS = "'call', 'message', 'email', 'sms', 'letter', 'meet', 'visit', 'read', 'file', 'other'"
SETTLED = "(state_code = 'open') = (settled_on IS NULL) AND (settled_on IS NULL) = (settled_by IS NULL)"


def upgrade() -> None:
    _tasks()
    op.create_table(
        "case_next_action",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("who_code", sa.String(length=10), nullable=False),
        sa.Column("by_on", sa.Date(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "who_code IN ('adviser', 'supervisor', 'person', 'body')", name="who_code_is_known"
        ),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_next_action_case_id")),
        sa.ForeignKeyConstraint(["set_by"], ["staff.id"], name=op.f("fk_case_next_action_set_by")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_next_action")),
    )
    op.create_table(
        "safe_contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("way_code", sa.String(length=7), nullable=False),
        sa.Column("rule_code", sa.String(length=7), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "way_code IN ('phone', 'sms', 'email', 'letter', 'visit', 'receipt')", name="way_code_is_known"
        ),
        sa.CheckConstraint(
            "rule_code IN ('allowed', 'window', 'neutral', 'never')", name="rule_code_is_known"
        ),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_safe_contact_case_id")),
        sa.ForeignKeyConstraint(["set_by"], ["staff.id"], name=op.f("fk_safe_contact_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safe_contact")),
        sa.UniqueConstraint("case_id", "way_code", name=op.f("uq_safe_contact_case_id_way_code")),
    )


def _tasks() -> None:
    op.create_table(
        "case_task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind_code", sa.String(length=7), nullable=False),
        sa.Column("with_code", sa.String(length=6), nullable=False),
        sa.Column("interpreter_code", sa.String(length=5), nullable=True),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state_code", sa.String(length=7), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(SETTLED, name="settled_by_name_and_day"),
        sa.CheckConstraint(f"kind_code IN ({KINDS})", name="kind_code_is_known"),
        sa.CheckConstraint("with_code IN ('person', 'other')", name="with_code_is_known"),
        sa.CheckConstraint("interpreter_code IN ('self', 'named')", name="interpreter_code_is_known"),
        sa.CheckConstraint("state_code IN ('open', 'done', 'dropped')", name="state_code_is_known"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_task_case_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_case_task_staff_id")),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_case_task_made_by")),
        sa.ForeignKeyConstraint(["settled_by"], ["staff.id"], name=op.f("fk_case_task_settled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_task")),
    )
    op.create_index(op.f("ix_case_task_case_id"), "case_task", ["case_id"])
    is_open = sa.text("state_code = 'open'")
    op.create_index(
        "case_task_open",
        "case_task",
        ["staff_id", "due_on", "id"],
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def downgrade() -> None:
    for name in ("safe_contact", "case_next_action", "case_task"):
        op.drop_table(name)
