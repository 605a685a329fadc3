"""Mediations with their steps, who mediates, and what a mediator keeps; a track for what was agreed.

Going back drops them with the tracks of agreements: an older desk has no place for them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017_mediation"
down_revision = "0016_supervision"
branch_labels = None
depends_on = None

SEALED = 1_114_112
OLD_KINDS = (
    "'administrative', 'labour', 'civil', 'contentious', 'criminal', 'ombudsman', 'equality_body',"
    " 'online_removal', 'consumer', 'strategic'"
)
STEPS = (
    "'screened', 'offered', 'person_consented', 'person_refused', 'invited', 'respondent_consented',"
    " 'respondent_refused', 'session', 'stepped_down', 'agreement', 'no_agreement', 'withdrawn',"
    " 'handed_over', 'taken_back'"
)
CONSENTED = "step_code IN ('person_consented', 'respondent_consented')"


def _pointer(table: str, name: str, to: str, *, nullable: bool = False) -> tuple[sa.Column, sa.Constraint]:
    return (
        sa.Column(name, sa.Uuid(), nullable=nullable),
        sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}")),
    )


def _identified(table: str) -> tuple[sa.Column, sa.Constraint]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _kinds_of_tracks(kinds: str) -> None:
    """Let tracks be of these kinds."""
    with op.batch_alter_table("case_track") as track:
        track.drop_constraint("kind_code_is_known", type_="check")
        track.create_check_constraint("kind_code_is_known", f"kind_code IN ({kinds})")


def upgrade() -> None:
    _kinds_of_tracks(f"{OLD_KINDS}, 'mediation'")
    op.create_table(
        "mediation",
        *_identified("mediation"),
        *_pointer("mediation", "case_id", "case_file"),
        sa.Column("reference", sa.String(), nullable=False),
        *_pointer("mediation", "mediator_id", "staff", nullable=True),
        sa.Column("respondent_language", sa.String(length=20), nullable=True),
        *_pointer("mediation", "track_id", "case_track", nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        *_pointer("mediation", "opened_by", "staff"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(reference) = 8", name="reference_size"),
        sa.CheckConstraint("length(respondent_language) <= 20", name="respondent_language_size"),
        sa.UniqueConstraint("reference", name=op.f("uq_mediation_reference")),
    )
    op.create_index(op.f("ix_mediation_case_id"), "mediation", ["case_id"])
    op.create_index("mediation_of_a_mediator", "mediation", ["mediator_id", "opened_on", "id"])
    op.create_table(
        "mediation_step",
        *_identified("mediation_step"),
        *_pointer("mediation_step", "case_id", "case_file"),
        *_pointer("mediation_step", "mediation_id", "mediation"),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("step_code", sa.String(length=20), nullable=False),
        sa.Column("said_codes", sa.String(length=300), nullable=False),
        sa.Column("open_codes", sa.String(length=300), nullable=False),
        sa.Column("evidence_code", sa.String(length=7), nullable=True),
        sa.Column("party_code", sa.String(length=10), nullable=True),
        *_pointer("mediation_step", "mediator_id", "staff", nullable=True),
        *_pointer("mediation_step", "takes_back", "mediation_step", nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        *_pointer("mediation_step", "noted_by", "staff"),
        sa.Column("key_version", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(step_code = 'taken_back') = (takes_back IS NOT NULL)", name="a_step_back_names_a_step"
        ),
        sa.CheckConstraint(f"({CONSENTED}) = (evidence_code IS NOT NULL)", name="a_consent_has_evidence"),
        sa.CheckConstraint(
            "(step_code = 'withdrawn') = (party_code IS NOT NULL)", name="a_withdrawal_has_a_party"
        ),
        sa.CheckConstraint(
            "(step_code = 'offered') = (mediator_id IS NOT NULL)", name="an_offer_has_a_mediator"
        ),
        sa.CheckConstraint("(sealed IS NULL) = (key_version IS NULL)", name="sealed_under_a_version"),
        sa.CheckConstraint(f"step_code IN ({STEPS})", name="step_code_is_known"),
        sa.CheckConstraint("evidence_code IN ('signed', 'written', 'said')", name="evidence_code_is_known"),
        sa.CheckConstraint(
            "party_code IN ('person', 'respondent', 'mediator', 'office')", name="party_code_is_known"
        ),
        sa.CheckConstraint("length(said_codes) <= 300", name="said_codes_size"),
        sa.CheckConstraint("length(open_codes) <= 300", name="open_codes_size"),
        sa.CheckConstraint(f"length(sealed) <= {SEALED}", name="sealed_size"),
        sa.UniqueConstraint("mediation_id", "seq", name=op.f("uq_mediation_step_mediation_id_seq")),
        sa.UniqueConstraint("takes_back", name=op.f("uq_mediation_step_takes_back")),
    )
    op.create_index(op.f("ix_mediation_step_case_id"), "mediation_step", ["case_id"])
    op.create_table(
        "mediator",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        *_pointer("mediator", "named_by", "staff"),
        sa.Column("named_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_mediator_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_mediator")),
    )
    op.create_table(
        "mediator_note",
        *_identified("mediator_note"),
        *_pointer("mediator_note", "mediation_id", "mediation"),
        *_pointer("mediator_note", "staff_id", "staff"),
        sa.Column("kind_code", sa.String(length=9), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind_code IN ('extract', 'note', 'agreement')", name="kind_code_is_known"),
        sa.CheckConstraint(f"length(sealed) <= {SEALED}", name="sealed_size"),
    )
    op.create_index(op.f("ix_mediator_note_mediation_id"), "mediator_note", ["mediation_id"])


def downgrade() -> None:
    for name in ("mediator_note", "mediator", "mediation_step", "mediation"):
        op.drop_table(name)
    agreed = "SELECT id FROM case_track WHERE kind_code = 'mediation'"
    remedies = f"SELECT id FROM remedy WHERE track_id IN ({agreed})"
    op.execute(f"DELETE FROM remedy_check WHERE remedy_id IN ({remedies})")
    for name in ("remedy", "track_step"):
        op.execute(f"DELETE FROM {name} WHERE track_id IN ({agreed})")
    op.execute("DELETE FROM case_track WHERE kind_code = 'mediation'")
    _kinds_of_tracks(OLD_KINDS)
