"""Hearings: the days and hours on which somebody who decides sees the person.

Going back drops them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037_hearings"
down_revision = "0036_profile"
branch_labels = None
depends_on = None

KINDS = "'hearing', 'trial', 'conciliation', 'declaration', 'other'"
STATES = "'set', 'held', 'postponed', 'cancelled', 'missed'"


def upgrade() -> None:
    op.create_table(
        "case_hearing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("track_id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("kind_code", sa.String(length=12), nullable=False),
        sa.Column("state_code", sa.String(length=9), nullable=False),
        sa.Column("next_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("noted_by", sa.Uuid(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("minute BETWEEN 0 AND 1439", name="minute_of_a_day"),
        sa.CheckConstraint("(state_code = 'postponed') = (next_id IS NOT NULL)", name="postponed_to_another"),
        sa.CheckConstraint(f"kind_code IN ({KINDS})", name="kind_code_is_known"),
        sa.CheckConstraint(f"state_code IN ({STATES})", name="state_code_is_known"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_hearing_case_id")),
        sa.ForeignKeyConstraint(["track_id"], ["case_track.id"], name=op.f("fk_case_hearing_track_id")),
        sa.ForeignKeyConstraint(["next_id"], ["case_hearing.id"], name=op.f("fk_case_hearing_next_id")),
        sa.ForeignKeyConstraint(["noted_by"], ["staff.id"], name=op.f("fk_case_hearing_noted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_hearing")),
        sa.UniqueConstraint("next_id", name=op.f("uq_case_hearing_next_id")),
    )
    op.create_index(op.f("ix_case_hearing_case_id"), "case_hearing", ["case_id"])
    op.create_index(op.f("ix_case_hearing_track_id"), "case_hearing", ["track_id"])
    op.create_index("case_hearing_day", "case_hearing", ["state_code", "on_day"])


def downgrade() -> None:
    op.drop_index("case_hearing_day", "case_hearing")
    op.drop_index(op.f("ix_case_hearing_track_id"), "case_hearing")
    op.drop_index(op.f("ix_case_hearing_case_id"), "case_hearing")
    op.drop_table("case_hearing")
