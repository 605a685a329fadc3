"""A case opened in error is void: closed without an outcome, by two. Letters are kept as DOCX too.

Going back closes void cases with an unknown outcome and forgets what was asked about them: an older desk
counts them again. Letters kept as DOCX go; the same letters as PDF stay.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026_void"
down_revision = "0025_city_sign_in"
branch_labels = None
depends_on = None

BEFORE = "(closed_on IS NULL) = (outcome_code IS NULL)"
NOW = (
    "(closed_on IS NULL) = (outcome_code IS NULL AND voided_on IS NULL)"
    " AND (outcome_code IS NULL OR voided_on IS NULL)"
)
IS_VOID = sa.text("voided_on IS NOT NULL")
KINDS = "kind_code IN ('closing', 'void', 'back')"


FORMATS = {3: "format_code IN ('pdf')", 4: "format_code IN ('pdf', 'docx')"}


def _formats(was: int, now: int) -> None:
    """Let finished letters be kept in other formats; the key is the longest name of one."""
    with op.batch_alter_table("letter_file") as letter:
        letter.drop_constraint("format_code_is_known", type_="check")
        letter.alter_column(
            "format_code",
            existing_type=sa.String(length=was),
            type_=sa.String(length=now),
            existing_nullable=False,
        )
        letter.create_check_constraint("format_code_is_known", FORMATS[now])


def upgrade() -> None:
    _formats(3, 4)
    with op.batch_alter_table("case_file") as case:
        case.add_column(sa.Column("voided_on", sa.Date(), nullable=True))
        case.drop_constraint("closed_with_an_outcome", type_="check")
        case.create_check_constraint("closed_with_an_outcome_or_void", NOW)
    op.create_index(
        "case_file_void", "case_file", ["voided_on"], sqlite_where=IS_VOID, postgresql_where=IS_VOID
    )
    with op.batch_alter_table("closing_request") as request:
        request.add_column(
            sa.Column("kind_code", sa.String(length=7), nullable=False, server_default="closing")
        )
        request.add_column(sa.Column("goes_on_id", sa.Uuid(), nullable=True))
        request.create_check_constraint("kind_code_is_known", KINDS)
        request.create_foreign_key(op.f("fk_closing_request_goes_on_id"), "case_file", ["goes_on_id"], ["id"])
    with op.batch_alter_table("closing_request") as request:
        request.alter_column("kind_code", existing_type=sa.String(length=7), server_default=None)


def downgrade() -> None:
    op.execute("DELETE FROM letter_file WHERE format_code = 'docx'")
    _formats(4, 3)
    op.execute("DELETE FROM closing_request WHERE kind_code <> 'closing'")
    with op.batch_alter_table("closing_request") as request:
        request.drop_constraint(op.f("fk_closing_request_goes_on_id"), type_="foreignkey")
        request.drop_constraint("kind_code_is_known", type_="check")
        request.drop_column("goes_on_id")
        request.drop_column("kind_code")
    op.drop_index("case_file_void", "case_file")
    with op.batch_alter_table("case_file") as case:
        case.drop_constraint("closed_with_an_outcome_or_void", type_="check")
    op.execute("UPDATE case_file SET outcome_code = 'unknown_outcome' WHERE voided_on IS NOT NULL")
    with op.batch_alter_table("case_file") as case:
        case.drop_column("voided_on")
        case.create_check_constraint("closed_with_an_outcome", BEFORE)
