"""Requests to close a case, which a second person decides, and cases that were given back.

Going back drops them: an older desk closes a case at once and has no place for what was asked.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021_states_of_cases"
down_revision = "0020_people_who_work_here"
branch_labels = None
depends_on = None

SETTLED = "(settled_code IS NULL) = (settled_on IS NULL) AND (settled_code IS NULL) = (settled_by IS NULL)"
AGREED = "(agreed_by IS NULL) = (agreed_on IS NULL) AND (agreed_by IS NULL OR agreed_by <> asked_by)"
CLOSED = "settled_code IS NULL OR settled_code <> 'closed' OR settled_by <> asked_by OR agreed_by IS NOT NULL"
CODES = {"response_codes": 600, "outcome_code": 60, "reason_code": 60}
OPEN = sa.text("settled_on IS NULL")


def upgrade() -> None:
    op.create_table(
        "closing_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(length=most), nullable=False) for name, most in CODES.items()),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("agreed_by", sa.Uuid(), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("settled_code", sa.String(length=10), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(SETTLED, name="a_settlement_is_whole"),
        sa.CheckConstraint(AGREED, name="another_person_agreed"),
        sa.CheckConstraint(CLOSED, name="another_person_closed_it"),
        *(
            sa.CheckConstraint(f"length({name}) <= {most}", name=f"{name}_size")
            for name, most in CODES.items()
        ),
        sa.CheckConstraint(
            "settled_code IN ('closed', 'sent_back', 'taken_back')", name="settled_code_is_known"
        ),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_closing_request_case_id")),
        *(
            sa.ForeignKeyConstraint([name], ["staff.id"], name=op.f(f"fk_closing_request_{name}"))
            for name in ("asked_by", "agreed_by", "settled_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_request")),
    )
    op.create_table(
        "case_return",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("reason_code", sa.String(length=8), nullable=False),
        sa.Column("returned_by", sa.Uuid(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.CheckConstraint("reason_code IN ('load', 'language', 'subject')", name="reason_code_is_known"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_return_case_id")),
        sa.ForeignKeyConstraint(["returned_by"], ["staff.id"], name=op.f("fk_case_return_returned_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_return")),
    )
    for table in ("closing_request", "case_return"):
        op.create_index(op.f(f"ix_{table}_case_id"), table, ["case_id"])
        op.create_index(
            f"{table}_once", table, ["case_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
        )


def downgrade() -> None:
    for table in ("case_return", "closing_request"):
        op.drop_table(table)
