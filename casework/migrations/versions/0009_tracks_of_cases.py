"""Tracks of cases with their steps, remedies with the looks at them.

Going back drops them: an older desk has no place for them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009_tracks_of_cases"
down_revision = "0008_advice_on_a_case"
branch_labels = None
depends_on = None


KINDS = (
    "'administrative', 'labour', 'civil', 'contentious', 'criminal', 'ombudsman', 'equality_body',"
    " 'online_removal', 'consumer', 'strategic'"
)
STEPS = (
    "'prepared', 'mandate_signed', 'filed', 'acknowledged', 'silent', 'resolved', 'appealed', 'final',"
    " 'withdrawn', 'proposed', 'committee', 'accepted', 'declined', 'running', 'ruling', 'follow_up',"
    " 'taken_back'"
)
RESULTS = "'favourable', 'partly', 'unfavourable', 'settled', 'inadmissible', 'archived'"
RESOLVED = "(step_code IN ('resolved', 'ruling')) = (result_code IS NOT NULL)"


def upgrade() -> None:
    op.create_table(
        "case_track",
        *_of_a_case("case_track"),
        sa.Column("kind_code", sa.String(length=14), nullable=False),
        sa.Column("route_code", sa.String(length=60), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        *_pointer("case_track", "opened_by", "staff"),
        sa.CheckConstraint(f"kind_code IN ({KINDS})", name="kind_code_is_known"),
        sa.CheckConstraint("length(route_code) <= 60", name="route_code_size"),
    )
    op.create_table(
        "track_step",
        *_of_a_case("track_step"),
        *_pointer("track_step", "track_id", "case_track"),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("step_code", sa.String(length=14), nullable=False),
        sa.Column("result_code", sa.String(length=12), nullable=True),
        *_pointer("track_step", "takes_back", "track_step", nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        *_pointer("track_step", "noted_by", "staff"),
        *_sealed(),
        sa.CheckConstraint(
            "(step_code = 'taken_back') = (takes_back IS NOT NULL)", name="a_step_back_names_a_step"
        ),
        sa.CheckConstraint(RESOLVED, name="a_resolution_has_a_result"),
        sa.CheckConstraint(f"step_code IN ({STEPS})", name="step_code_is_known"),
        sa.CheckConstraint(f"result_code IN ({RESULTS})", name="result_code_is_known"),
        sa.UniqueConstraint("track_id", "seq", name=op.f("uq_track_step_track_id_seq")),
        sa.UniqueConstraint("takes_back", name=op.f("uq_track_step_takes_back")),
    )
    op.create_table(
        "remedy",
        *_of_a_case("remedy"),
        *_pointer("remedy", "track_id", "case_track"),
        sa.Column("type_code", sa.String(length=60), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("check_on", sa.Date(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        *_pointer("remedy", "noted_by", "staff"),
        *_sealed(),
        sa.CheckConstraint("length(type_code) <= 60", name="type_code_size"),
    )
    op.create_table(
        "remedy_check",
        *_of_a_case("remedy_check"),
        *_pointer("remedy_check", "remedy_id", "remedy"),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("complied_code", sa.String(length=6), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        *_pointer("remedy_check", "noted_by", "staff"),
        *_sealed(),
        sa.CheckConstraint("complied_code IN ('yes', 'partly', 'no')", name="complied_code_is_known"),
        sa.CheckConstraint(
            "complied_code = 'yes' OR next_on IS NOT NULL", name="looks_again_until_it_is_done"
        ),
        sa.UniqueConstraint("remedy_id", "seq", name=op.f("uq_remedy_check_remedy_id_seq")),
    )
    for name in ("case_track", "track_step", "remedy", "remedy_check"):
        op.create_index(op.f(f"ix_{name}_case_id"), name, ["case_id"])


def downgrade() -> None:
    for name in ("remedy_check", "remedy", "track_step", "case_track"):
        op.drop_table(name)


def _of_a_case(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *_pointer(table, "case_id", "case_file"),
    )


def _pointer(table: str, name: str, to: str, *, nullable: bool = False) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column(name, sa.Uuid(), nullable=nullable),
        sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}")),
    )


def _sealed() -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
    )
