"""A register of requests from authorities: what came, and the one signed answer to each.

Going back forgets the register, so whoever must keep it saves the two tables first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005_requests_from_authorities"
down_revision = "0004_a_case_and_its_first_limit"
branch_labels = None
depends_on = None

AUTHORITIES = "'police', 'immigration', 'prosecutor', 'court', 'labour', 'tax', 'city', 'ombudsman', 'other'"
ANSWERS = "'refused', 'not_confirmed', 'partly', 'given', 'passed'"


def upgrade() -> None:
    op.create_table(
        "authority_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("authority_code", sa.String(length=11), nullable=False),
        sa.Column("way_code", sa.String(length=10), nullable=False),
        sa.Column("asked_codes", sa.String(length=80), nullable=False),
        sa.Column("legal_basis", sa.String(length=300), nullable=False),
        sa.Column("proposed_code", sa.String(length=13), nullable=True),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint(f"authority_code IN ({AUTHORITIES})", name="authority_code_is_known"),
        sa.CheckConstraint("way_code IN ('letter', 'call', 'visit', 'electronic')", name="way_code_is_known"),
        sa.CheckConstraint(f"proposed_code IN ({ANSWERS})", name="proposed_code_is_known"),
        sa.CheckConstraint("length(asked_codes) <= 80", name="asked_codes_size"),
        sa.CheckConstraint("length(legal_basis) <= 300", name="legal_basis_size"),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["authority_request.id"], name=op.f("fk_authority_request_corrects_id")
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["staff.id"], name=op.f("fk_authority_request_entered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authority_request")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_authority_request_corrects_id")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_authority_request_year_number")),
        sa.UniqueConstraint("id", "entered_by", name=op.f("uq_authority_request_id_entered_by")),
    )
    op.create_table(
        "authority_answer",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=False),
        sa.Column("answer_code", sa.String(length=13), nullable=False),
        sa.Column("reasons", sa.String(length=2000), nullable=False),
        sa.Column("told_code", sa.String(length=9), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("signed_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint(f"answer_code IN ({ANSWERS})", name="answer_code_is_known"),
        sa.CheckConstraint("told_code IN ('yes', 'no', 'forbidden')", name="told_code_is_known"),
        sa.CheckConstraint("length(reasons) <= 2000", name="reasons_size"),
        sa.CheckConstraint("signed_by <> entered_by", name="signed_by_another"),
        sa.ForeignKeyConstraint(
            ["request_id", "entered_by"],
            ["authority_request.id", "authority_request.entered_by"],
            name=op.f("fk_authority_answer_request_id_entered_by"),
        ),
        sa.ForeignKeyConstraint(["signed_by"], ["staff.id"], name=op.f("fk_authority_answer_signed_by")),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_authority_answer")),
    )


def downgrade() -> None:
    op.drop_table("authority_answer")
    op.drop_table("authority_request")
