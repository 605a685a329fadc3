"""The languages staff work in, and a directory of interpreters.

Going back drops both. What was sealed with an appointment or with advice keeps the names it had.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038_interpreters"
down_revision = "0037_hearings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_language",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("language_code", sa.String(length=40), nullable=False),
        sa.Column("level_code", sa.String(length=7), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(language_code) <= 40", name="language_code_size"),
        sa.CheckConstraint("level_code IN ('advises', 'greets')", name="level_code_is_known"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_language_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", "language_code", name=op.f("pk_staff_language")),
    )
    op.create_table(
        "interpreter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("is_service", sa.Boolean(), nullable=False),
        sa.Column("language_codes", sa.String(length=300), nullable=False),
        sa.Column("kind_codes", sa.String(length=200), nullable=False),
        sa.Column("is_in_person", sa.Boolean(), nullable=False),
        sa.Column("is_remote", sa.Boolean(), nullable=False),
        sa.Column("way", sa.String(length=300), nullable=False),
        sa.Column("undertaking_on", sa.Date(), nullable=True),
        sa.Column("ask_first", sa.Boolean(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("checked_by", sa.Uuid(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("is_in_person OR is_remote", name="comes_or_calls"),
        sa.CheckConstraint("length(name) <= 160", name="name_size"),
        sa.CheckConstraint("length(language_codes) <= 300", name="language_codes_size"),
        sa.CheckConstraint("length(kind_codes) <= 200", name="kind_codes_size"),
        sa.CheckConstraint("length(way) <= 300", name="way_size"),
        sa.ForeignKeyConstraint(["checked_by"], ["staff.id"], name=op.f("fk_interpreter_checked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interpreter")),
    )


def downgrade() -> None:
    op.drop_table("interpreter")
    op.drop_table("staff_language")
