"""The sheets of a case: indications for each harm, the checklist of bias, the assessment of needs.

Going back drops them: an older desk has no place for them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014_proof_and_needs"
down_revision = "0013_patterns_and_merges"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_sheet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind_code", sa.String(length=5), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind_code IN ('proof', 'bias', 'needs')", name="kind_code_is_known"),
        sa.CheckConstraint("place = 1 OR kind_code = 'proof'", name="one_of_each_other_kind"),
        sa.CheckConstraint("(kind_code = 'needs') = (task_id IS NOT NULL)", name="needs_are_looked_at_again"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_sheet_case_id")),
        sa.ForeignKeyConstraint(["written_by"], ["staff.id"], name=op.f("fk_case_sheet_written_by")),
        sa.ForeignKeyConstraint(["task_id"], ["case_task.id"], name=op.f("fk_case_sheet_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_sheet")),
        sa.UniqueConstraint(
            "case_id",
            "kind_code",
            "place",
            "number",
            name=op.f("uq_case_sheet_case_id_kind_code_place_number"),
        ),
    )


def downgrade() -> None:
    op.drop_table("case_sheet")
