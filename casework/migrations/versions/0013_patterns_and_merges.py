"""Requests about patterns, with what the adviser of each case answered.

Going back drops them: an older desk has no place for them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013_patterns_and_merges"
down_revision = "0012_tasks_and_safe_contact"
branch_labels = None
depends_on = None

PROPOSAL = (
    "(proposal_code IS NULL) = (proposed_on IS NULL) AND (proposal_code IS NULL) = (proposed_by IS NULL)"
    " AND (decided_on IS NULL) = (decided_by IS NULL)"
)
ANSWER = "(answer_code IS NULL) = (answered_on IS NULL) AND (answer_code IS NULL) = (answered_by IS NULL)"
CODES = ("respondent_code", "district_code", "conduct_code")


def upgrade() -> None:
    op.create_table(
        "case_pattern",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind_code", sa.String(length=10), nullable=False),
        *(sa.Column(name, sa.String(length=60), nullable=False) for name in CODES),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("proposal_code", sa.String(length=8), nullable=True),
        sa.Column("proposed_on", sa.Date(), nullable=True),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(PROPOSAL, name="a_proposal_is_whole"),
        sa.CheckConstraint("kind_code IN ('respondent', 'codes')", name="kind_code_is_known"),
        *(sa.CheckConstraint(f"length({name}) <= 60", name=f"{name}_size") for name in CODES),
        sa.CheckConstraint(
            "proposal_code IN ('proposed', 'accepted', 'declined')", name="proposal_code_is_known"
        ),
        *(
            sa.ForeignKeyConstraint([name], ["staff.id"], name=op.f(f"fk_case_pattern_{name}"))
            for name in ("asked_by", "proposed_by", "decided_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_pattern")),
    )
    op.create_table(
        "case_pattern_member",
        sa.Column("pattern_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("answer_code", sa.String(length=8), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(ANSWER, name="an_answer_is_whole"),
        sa.CheckConstraint("answer_code IN ('agreed', 'declined')", name="answer_code_is_known"),
        sa.ForeignKeyConstraint(
            ["pattern_id"], ["case_pattern.id"], name=op.f("fk_case_pattern_member_pattern_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_pattern_member_case_id")),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["staff.id"], name=op.f("fk_case_pattern_member_answered_by")
        ),
        sa.PrimaryKeyConstraint("pattern_id", "case_id", name=op.f("pk_case_pattern_member")),
    )
    op.create_index(op.f("ix_case_pattern_member_case_id"), "case_pattern_member", ["case_id"])


def downgrade() -> None:
    for name in ("case_pattern_member", "case_pattern"):
        op.drop_table(name)
