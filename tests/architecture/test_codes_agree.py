"""A code that the code names stands in the office's list too, and what is handed over fits where it goes."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from casework.cases.rules import MOVES
from casework.cases.tables import CaseFile
from casework.states.events import EVENTS
from casework.timeline.sentences import SENTENCES
from office.handover.fact import Fact
from office.handover.reply import StateCode
from office.handover.report import CodedRecord, ConsentCode
from office.keys.events import Kind
from office.stores.columns import ROUTINGS, URGENCIES
from office.stores.facts import Fact as FactRow
from office.vocabulary import load

CASEWORK = Path(__file__).parents[2] / "casework"


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("urgency", URGENCIES),
        ("routing", ROUTINGS),
        ("states", get_args(StateCode)),
        ("consents", get_args(ConsentCode)),
        ("stages", ("registered", *MOVES, "statistics_only")),
    ],
)
def test_what_the_code_names_is_the_list(name: str, codes: tuple[str, ...]) -> None:
    assert load(name).codes == codes


def test_a_case_moves_only_between_stages_of_the_list() -> None:
    assert {to for moves in MOVES.values() for to in moves} <= set(MOVES)
    assert CaseFile.__table__.c.stage_code.info["codes"] == tuple(MOVES)  # type: ignore[attr-defined]


def test_every_stage_a_record_is_given_is_one_of_the_list() -> None:
    written = {
        node.value.value if isinstance(node, ast.keyword) else None
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == "stage_code" and isinstance(node.value, ast.Constant)
    }
    defaults = {model.model_fields["stage_code"].default for model in (CodedRecord, Fact)}
    assert written | defaults <= set(load("stages").codes)
    assert "closed" in written


def test_a_fact_has_a_column_for_everything_handed_over_and_no_other() -> None:
    columns = FactRow.__table__.c  # type: ignore[attr-defined]
    assert set(columns.keys()) == set(Fact.model_fields)
    for name, field in Fact.model_fields.items():
        may_be_missing = field.default is None
        assert columns[name].nullable == may_be_missing, name


def test_every_kind_of_event_has_a_sentence() -> None:
    # `note` is that of `casework.referrals.withdrawing`, `_note` that of letters and of dossiers, `_record`
    # that of harms; what became of a request about the end of a case has a table of its own
    place = {"record": 1, "note": 2, "_note": 1, "_record": 1}
    recorded = {
        part.value
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in place
        for argument in node.args[place[node.func.id] : place[node.func.id] + 1]
        if not (isinstance(argument, ast.Call) and ast.unparse(argument.func) == "event_of")
        for part in ast.walk(argument)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }
    assert "case_read" in recorded
    assert recorded | set(EVENTS.values()) | set(get_args(Kind)) == set(SENTENCES)


def trees() -> Iterator[ast.Module]:
    for path in sorted(CASEWORK.rglob("*.py")):
        yield ast.parse(path.read_text("utf-8"))
