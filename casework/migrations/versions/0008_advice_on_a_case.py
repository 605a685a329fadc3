"""Advice on a case: its texts, translations and steps, and decisions about a duty to report, in sealed rows.

Going back drops them: an older desk has no place for them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008_advice_on_a_case"
down_revision = "0007_people_and_conflicts"
branch_labels = None
depends_on = None


DELIVERY = (
    "(kind_code = 'delivered') = (way_code IS NOT NULL)"
    " AND (kind_code = 'delivered') = (understood_code IS NOT NULL)"
    " AND (kind_code = 'delivered') = (is_read_back IS NOT NULL)"
    " AND (kind_code = 'delivered' OR translation_id IS NULL)"
)
DECISION = (
    "(kind_code = 'decided') = (decision_code IS NOT NULL)"
    " AND (mandate_code IS NULL OR decision_code = 'go_on')"
)
READ = (
    "(reading_code IS NULL) = (read_by IS NULL) AND (reading_code IS NULL) = (read_on IS NULL)"
    " AND (read_by IS NULL OR read_by <> decided_by)"
)
WAYS = "'receipt', 'in_person', 'outreach', 'phone', 'video', 'messaging', 'email', 'post'"


def upgrade() -> None:
    op.create_table(
        "advice",
        *_of_case("advice"),
        sa.Column("state_code", sa.String(length=9), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        _known("state_code", "'draft', 'reviewed', 'delivered', 'withdrawn'"),
    )
    op.create_index(op.f("ix_advice_case_id"), "advice", ["case_id"])
    _texts()
    _translations()
    _steps()
    _duties()


def _texts() -> None:
    op.create_table(
        "advice_version",
        *_of_case("advice_version"),
        *_of_advice("advice_version"),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        *_sealed(),
        _points("advice_version", "written_by", "staff.id"),
        sa.UniqueConstraint("advice_id", "number", name=op.f("uq_advice_version_advice_id_number")),
    )
    op.create_index(op.f("ix_advice_version_case_id"), "advice_version", ["case_id"])


def _translations() -> None:
    op.create_table(
        "advice_translation",
        *_of_case("advice_translation"),
        *_of_advice("advice_translation"),
        sa.Column("is_machine", sa.Boolean(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("check_entered_by", sa.Uuid(), nullable=True),
        *_sealed(),
        sa.CheckConstraint("(checked_on IS NULL) = (check_entered_by IS NULL)", name="a_check_is_whole"),
        _points("advice_translation", "entered_by", "staff.id"),
        _points("advice_translation", "check_entered_by", "staff.id"),
    )
    op.create_index(op.f("ix_advice_translation_case_id"), "advice_translation", ["case_id"])
    op.create_index(op.f("ix_advice_translation_advice_id"), "advice_translation", ["advice_id"])


def _steps() -> None:
    op.create_table(
        "advice_step",
        *_of_case("advice_step"),
        *_of_advice("advice_step"),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind_code", sa.String(length=9), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("way_code", sa.String(length=9), nullable=True),
        sa.Column("translation_id", sa.Uuid(), nullable=True),
        sa.Column("understood_code", sa.String(length=11), nullable=True),
        sa.Column("is_read_back", sa.Boolean(), nullable=True),
        sa.Column("decision_code", sa.String(length=6), nullable=True),
        sa.Column("mandate_code", sa.String(length=40), nullable=True),
        *_sealed(),
        sa.CheckConstraint(DELIVERY, name="a_delivery_is_whole"),
        sa.CheckConstraint(DECISION, name="a_decision_is_whole"),
        _known("kind_code", "'sent_back', 'reviewed', 'delivered', 'decided', 'withdrawn'"),
        _known("way_code", WAYS),
        _known("understood_code", "'speaks', 'interpreter', 'in_writing'"),
        _known("decision_code", "'go_on', 'not', 'thinks'"),
        sa.CheckConstraint("length(mandate_code) <= 40", name="mandate_code_size"),
        _points("advice_step", "entered_by", "staff.id"),
        _points("advice_step", "translation_id", "advice_translation.id"),
    )
    op.create_index(op.f("ix_advice_step_case_id"), "advice_step", ["case_id"])
    op.create_index(op.f("ix_advice_step_advice_id"), "advice_step", ["advice_id"])


def _duties() -> None:
    op.create_table(
        "duty_decision",
        *_of_case("duty_decision"),
        sa.Column("basis_code", sa.String(length=13), nullable=False),
        sa.Column("decision_code", sa.String(length=6), nullable=False),
        sa.Column("is_person_told", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("reading_code", sa.String(length=9), nullable=True),
        sa.Column("read_by", sa.Uuid(), nullable=True),
        sa.Column("read_on", sa.Date(), nullable=True),
        *_sealed(),
        sa.CheckConstraint(READ, name="another_person_read_it"),
        sa.CheckConstraint(
            "basis_code <> 'minors' OR decision_code = 'report'", name="of_a_minor_it_is_reported"
        ),
        _known("basis_code", "'official_duty', 'secrecy', 'law_15_2022', 'minors'"),
        _known("decision_code", "'report', 'not'"),
        _known("reading_code", "'agrees', 'disagrees'"),
        _points("duty_decision", "decided_by", "staff.id"),
        _points("duty_decision", "read_by", "staff.id"),
    )
    op.create_index(op.f("ix_duty_decision_case_id"), "duty_decision", ["case_id"])


def _of_case(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        _points(table, "case_id", "case_file.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _of_advice(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("advice_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _points(table, "advice_id", "advice.id"),
    ]


def _sealed() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
    ]


def _points(table: str, name: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [to], name=op.f(f"fk_{table}_{name}"))


def _known(name: str, codes: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{name} IN ({codes})", name=f"{name}_is_known")


def downgrade() -> None:
    for name in ("duty_decision", "advice_step", "advice_translation", "advice_version", "advice"):
        op.drop_table(name)
