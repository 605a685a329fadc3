"""The cases of a pattern to which all agreed, and strategic litigation with them."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from starlette.responses import Response

from casework.cases.tables import CaseFile
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.patterns import litigation, litigation_words
from casework.patterns.errors import (
    CannotDecideOwnProposal,
    PatternChanged,
    PatternNotFound,
)
from casework.patterns.litigation import Noted, keeps_out, may_speak, steps_of
from casework.patterns.litigation_rules import (
    COMMITTEE,
    NEXT,
    NOTED,
    PROPOSED,
    RULING,
    STATES,
    VOICES,
    may_be_proposed,
)
from casework.patterns.litigation_tables import LitigationStep
from casework.patterns.litigation_words import StepWords
from casework.patterns.queries import group_for
from casework.patterns.rules import KINDS
from casework.showing import View, ViewDep
from casework.timeline.actions import record
from casework.timeline.queries import names_of
from casework.tracks.rules import RESULTS
from casework.transactions import attempt
from casework.written import id_in
from office.errors import Conflict
from office.languages import mark

router = desk_router()

REFUSED: Final = (PatternChanged, CannotDecideOwnProposal)
ON_WHICH_DAY: Final = mark("Write on which day this happened.")
TOO_EARLY: Final = mark("This day is before the step that came last. Write that day or a later one.")


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One step in words. `words` is None where nothing was written, `is_shut` where the reader has no key."""

    row: LitigationStep
    name: str
    voice: str
    result: str
    by: str
    words: StepWords | None
    is_shut: bool


@router.get("/{language}/patterns/{own}")
def show_pattern(own: str, view: ViewDep) -> Response:
    """Show the cases of a pattern to which all have agreed, on the record."""
    return _group(view, pattern_id(own))


@router.post("/{language}/patterns/{own}/proposal")
def propose(own: str, view: ViewDep, form: FormDep) -> Response:
    """Propose strategic litigation, with question, aim and risk."""
    ours = pattern_id(own)
    group_for(view.session, view.act.who, ours)
    checked = Checked(form, view.language)
    words = StepWords(
        question=checked.text("litigation_question"),
        aim=checked.text("litigation_aim"),
        risk=checked.text("litigation_risk"),
    )
    if not checked.is_right:
        return _group(view, ours, checked=checked)
    try:
        with attempt(view.session):
            litigation.propose(view.session, ours, words, view.act, version=checked.version())
    except REFUSED as error:
        return _group(view, ours, error, checked)
    return view.go(f"patterns/{ours}", "litigation_proposed")


@router.post("/{language}/patterns/{own}/voice")
def speak(own: str, view: ViewDep, form: FormDep) -> Response:
    """Say as one of two whether a proposal is accepted."""
    ours = pattern_id(own)
    group_for(view.session, view.act.who, ours)
    checked = Checked(form, view.language)
    voice = checked.one("voice", tuple(VOICES))
    words = StepWords(text=checked.text("voice_words"))
    if not checked.is_right:
        return _group(view, ours, checked=checked)
    try:
        with attempt(view.session):
            litigation.speak(view.session, ours, voice, words, view.act, version=checked.version())
    except REFUSED as error:
        return _group(view, ours, error, checked)
    return view.go(f"patterns/{ours}", "litigation_voiced")


@router.post("/{language}/patterns/{own}/steps")
def note(own: str, view: ViewDep, form: FormDep) -> Response:
    """Note what happened once it was accepted."""
    ours = pattern_id(own)
    group_for(view.session, view.act.who, ours)
    checked = Checked(form, view.language)
    code = checked.one("litigation_step", NEXT)
    result = checked.one("litigation_result", tuple(RESULTS)) if code == RULING else None
    on = checked.day_back("litigation_on", view.act.on)
    words = StepWords(text=checked.text("litigation_words", needed=False))
    steps = steps_of(view.session, ours)
    if on is None:
        checked.wrong("litigation_on", ON_WHICH_DAY)
    elif steps and on < steps[-1].happened_on:
        checked.wrong("litigation_on", TOO_EARLY)
    if on is None or not checked.is_right:
        return _group(view, ours, checked=checked)
    try:
        with attempt(view.session):
            noted = Noted(code, on, result)
            litigation.note(view.session, ours, noted, words, view.act, version=checked.version())
    except REFUSED as error:
        return _group(view, ours, error, checked)
    return view.go(f"patterns/{ours}", "litigation_step")


def pattern_id(written: str) -> UUID:
    """Return the id in an address; raise PatternNotFound if it is none."""
    found = id_in(written)
    if found is None:
        raise PatternNotFound
    return found


def _group(view: View, ours: UUID, error: Conflict | None = None, checked: Checked | None = None) -> Response:
    session, act = view.session, view.act
    group = group_for(session, act.who, ours)
    pattern = group.asked.pattern
    session.refresh(pattern)
    steps = steps_of(session, pattern.id)
    record(session, "pattern_read", at=act.at, by=act.who.id, pattern=str(pattern.id), rows=len(group.lines))
    state = steps[-1].step_code if steps else None
    is_out = keeps_out(session, pattern.id, act)
    return view.render(
        "pattern.html",
        409 if error else 422 if checked else 200,
        group=group,
        kinds={code: view.text(words) for code, words in KINDS.items()},
        state=state,
        states={code: view.text(words) for code, words in STATES.items()},
        steps=_shown(view, steps, [case for case, _ in group.lines]),
        may_propose=may_be_proposed(state) and not is_out,
        may_speak=may_speak(session, steps, act) and not is_out,
        waits=state in (PROPOSED, COMMITTEE),
        voices={code: view.text(words) for code, words in VOICES.items()},
        next_steps={code: view.text(STATES[code]) for code in NOTED.get(state or "", ()) if not is_out},
        results={code: view.text(words) for code, words in RESULTS.items()},
        given=checked.form if checked else {},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=view.text(error.sentence) if error else "",
    )


def _shown(view: View, steps: list[LitigationStep], cases: list[CaseFile]) -> list[ShownStep]:
    names = names_of(view.session, [one.noted_by for one in steps])
    written = litigation_words.read(view.session, steps, cases, view.act)
    return [
        ShownStep(
            one,
            view.text(STATES[one.step_code]),
            view.text(VOICES[one.voice_code]) if one.voice_code else "",
            view.text(RESULTS[one.result_code]) if one.result_code else "",
            names.get(one.noted_by, ""),
            written.get(one.id),
            one.id in written and written[one.id] is None,
        )
        for one in steps
    ]
