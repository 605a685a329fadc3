"""How each track ended when closing was asked for, and strategic litigation with a pattern, step by step.

What one person had accepted waits now for a second; what was declined may be proposed anew. Going back
forgets what was said of tracks that were open, and the words and later steps of strategic litigation.
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from office.ids import new_id

revision = "0040_strategic"
down_revision = "0039_hearing_reminders"
branch_labels = None
depends_on = None

ENDS = (
    "end_code IN ('favourable', 'partly', 'unfavourable', 'settled', 'inadmissible', 'archived', 'silent',"
    " 'withdrawn', 'left_open')"
)

RESULTS = "'favourable', 'partly', 'unfavourable', 'settled', 'inadmissible', 'archived'"
STEPS = "'proposed', 'committee', 'accepted', 'declined', 'running', 'ruling', 'follow_up', 'ended'"
CHECKS = {
    "a_voice_is_about_a_proposal": "(step_code IN ('committee', 'accepted', 'declined'))"
    " = (voice_code IS NOT NULL) AND (voice_code IS NULL) = (proposed_by IS NULL)",
    "another_person_spoke": "proposed_by IS NULL OR proposed_by <> noted_by",
    "two_people_decided": "(step_code IN ('accepted', 'declined')) = (first_by IS NOT NULL)"
    " AND (first_by IS NULL OR (first_by <> noted_by AND first_by <> proposed_by))",
    "a_ruling_has_a_result": "(step_code = 'ruling') = (result_code IS NOT NULL)",
    "step_code_is_known": f"step_code IN ({STEPS})",
    "voice_code_is_known": "voice_code IN ('for', 'against')",
    "result_code_is_known": f"result_code IN ({RESULTS})",
}
WHOLE = (
    "(proposal_code IS NULL) = (proposed_on IS NULL) AND (proposal_code IS NULL) = (proposed_by IS NULL)"
    " AND (decided_on IS NULL) = (decided_by IS NULL)"
)
PROPOSALS = "proposal_code IN ('proposed', 'accepted', 'declined')"
OF_PROPOSAL = ("proposal_code", "proposed_on", "proposed_by", "decided_on", "decided_by")

PATTERN = sa.table(
    "case_pattern",
    sa.column("id", sa.Uuid()),
    sa.column("proposal_code", sa.String()),
    sa.column("proposed_on", sa.Date()),
    sa.column("proposed_by", sa.Uuid()),
    sa.column("decided_on", sa.Date()),
    sa.column("decided_by", sa.Uuid()),
)
STEP = sa.table(
    "litigation_step",
    sa.column("id", sa.Uuid()),
    sa.column("pattern_id", sa.Uuid()),
    sa.column("seq", sa.Integer()),
    sa.column("step_code", sa.String()),
    sa.column("voice_code", sa.String()),
    sa.column("happened_on", sa.Date()),
    sa.column("noted_on", sa.Date()),
    sa.column("noted_by", sa.Uuid()),
    sa.column("proposed_by", sa.Uuid()),
)


def upgrade() -> None:
    _tracks()
    _steps()
    for row in op.get_bind().execute(sa.select(PATTERN).where(PATTERN.c.proposal_code != "declined")):
        told = row._mapping
        _note(told["id"], 1, "proposed", told["proposed_on"], told["proposed_by"])
        if told["proposal_code"] == "accepted":
            voice = {"voice_code": "for", "proposed_by": told["proposed_by"]}
            _note(told["id"], 2, "committee", told["decided_on"], told["decided_by"], **voice)
    with op.batch_alter_table("case_pattern") as pattern:
        pattern.drop_constraint("a_proposal_is_whole", type_="check")
        pattern.drop_constraint("proposal_code_is_known", type_="check")
        for name in ("proposed_by", "decided_by"):
            pattern.drop_constraint(op.f(f"fk_case_pattern_{name}"), type_="foreignkey")
        for name in OF_PROPOSAL:
            pattern.drop_column(name)


def _note(pattern_id: Any, seq: int, code: str, on: Any, by: Any, **more: Any) -> None:
    row = {"id": new_id(), "pattern_id": pattern_id, "seq": seq, "step_code": code}
    op.execute(STEP.insert().values(**row, happened_on=on, noted_on=on, noted_by=by, **more))


def _steps() -> None:
    op.create_table(
        "litigation_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pattern_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("step_code", sa.String(length=9), nullable=False),
        sa.Column("voice_code", sa.String(length=7), nullable=True),
        sa.Column("result_code", sa.String(length=12), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("noted_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("first_by", sa.Uuid(), nullable=True),
        *(sa.CheckConstraint(rule, name=name) for name, rule in CHECKS.items()),
        sa.ForeignKeyConstraint(
            ["pattern_id"], ["case_pattern.id"], name=op.f("fk_litigation_step_pattern_id")
        ),
        *(
            sa.ForeignKeyConstraint([name], ["staff.id"], name=op.f(f"fk_litigation_step_{name}"))
            for name in ("noted_by", "proposed_by", "first_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_litigation_step")),
        sa.UniqueConstraint("pattern_id", "seq", name=op.f("uq_litigation_step_pattern_id_seq")),
    )
    op.create_table(
        "litigation_words",
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.ForeignKeyConstraint(
            ["step_id"], ["litigation_step.id"], name=op.f("fk_litigation_words_step_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_litigation_words_case_id")),
        sa.PrimaryKeyConstraint("step_id", "case_id", name=op.f("pk_litigation_words")),
    )
    op.create_index(op.f("ix_litigation_words_case_id"), "litigation_words", ["case_id"])


def _tracks() -> None:
    op.create_table(
        "closing_track",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("track_id", sa.Uuid(), nullable=False),
        sa.Column("end_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint(ENDS, name="end_code_is_known"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["closing_request.id"], name=op.f("fk_closing_track_request_id")
        ),
        sa.ForeignKeyConstraint(["track_id"], ["case_track.id"], name=op.f("fk_closing_track_track_id")),
        sa.PrimaryKeyConstraint("request_id", "track_id", name=op.f("pk_closing_track")),
    )
    op.create_index(op.f("ix_closing_track_track_id"), "closing_track", ["track_id"])


def downgrade() -> None:
    with op.batch_alter_table("case_pattern") as pattern:
        pattern.add_column(sa.Column("proposal_code", sa.String(length=8), nullable=True))
        for name in ("proposed", "decided"):
            pattern.add_column(sa.Column(f"{name}_on", sa.Date(), nullable=True))
            pattern.add_column(sa.Column(f"{name}_by", sa.Uuid(), nullable=True))
            pattern.create_foreign_key(op.f(f"fk_case_pattern_{name}_by"), "staff", [f"{name}_by"], ["id"])
        pattern.create_check_constraint("a_proposal_is_whole", WHOLE)
        pattern.create_check_constraint("proposal_code_is_known", PROPOSALS)
    newest: dict[Any, Mapping[str, Any]] = {}
    for row in op.get_bind().execute(sa.select(STEP).order_by(STEP.c.seq)):
        newest[row.pattern_id] = {**newest.get(row.pattern_id, {}), **_as_before(row._mapping)}
    for pattern_id, told in newest.items():
        op.execute(PATTERN.update().where(PATTERN.c.id == pattern_id).values(**told))
    op.drop_index(op.f("ix_litigation_words_case_id"), "litigation_words")
    op.drop_table("litigation_words")
    op.drop_table("litigation_step")
    op.drop_index(op.f("ix_closing_track_track_id"), "closing_track")
    op.drop_table("closing_track")


def _as_before(step: Mapping[Any, Any]) -> Mapping[str, Any]:
    """Return what a step was as one decision of one person."""
    on, by, code = step["noted_on"], step["noted_by"], step["step_code"]
    if code == "proposed":
        told = {"proposed_on": on, "proposed_by": by, "decided_on": None, "decided_by": None}
        return {"proposal_code": code, **told}
    if code in ("accepted", "declined"):
        return {"proposal_code": code, "decided_on": on, "decided_by": by}
    return {}
