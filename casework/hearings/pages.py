"""The hearings of a track on the screen: noting one, and saying how it ended or to when it was put off."""

from datetime import date
from typing import Any, Final

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.errors import CaseAlreadyClosed, CaseChanged
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.hearings import actions
from casework.hearings.content import HearingWords
from casework.hearings.errors import HearingRefused
from casework.hearings.queries import ShownHearing, hearing_of, is_unlikely, same_hour
from casework.hearings.rules import (
    ENDS,
    GUARDS,
    HELD,
    KINDS,
    LONGEST_LINE,
    LONGEST_WORDS,
    ONLY_AFTER,
    POSTPONED,
    STATES,
    minute_in,
    refused,
)
from casework.hearings.wording import line_of, lines_listed, lines_of
from casework.showing import View, ViewDep
from casework.taking_back.queries import can_take_back, taken_of
from casework.taking_back.rules import ENDED_AS
from casework.timeline.queries import names_of
from casework.tracks.queries import Standing, track_of
from casework.tracks.wording import track_name
from casework.transactions import attempt
from office.errors import OfficeError
from office.languages import mark
from office.languages.registry import digits_read

router = desk_router()

ON_WHICH_DAY: Final = mark("Write on which day.")
NO_CLOCK: Final = mark("Write hour and minutes, as 9:30.")
PAST_UNLESS_HELD: Final = mark("This day is past. Tick that it was held, or write a day to come.")
NOT_YET: Final = mark("This day is still to come. Note this end on the day or later.")
TICK_IF_HELD: Final = mark("You wrote how it went. Tick that it was held, or leave that empty.")
REFUSALS: Final = (
    CaseChanged, CaseAlreadyClosed, HearingRefused, ConflictUndecided, AdviserKeepsOut,
)  # fmt: skip


@router.get("/{language}/cases/{number}/tracks/{track}/hearings")
def show_hearings(number: str, track: str, view: ViewDep) -> Response:
    """Show the hearings of a track, and the form for another."""
    case = case_for(view.session, view.act, number)
    return _list(view, case, track_of(view.session, case, track))


@router.post("/{language}/cases/{number}/tracks/{track}/hearings")
def add(number: str, track: str, view: ViewDep, form: FormDep) -> Response:
    """Note a hearing: one to come, or one that was held already."""
    case = case_for(view.session, view.act, number, to_change=True)
    one = track_of(view.session, case, track)
    checked, is_held = Checked(form, view.language), form.one("hearing_held") == HELD
    kind = checked.one("hearing_kind", tuple(KINDS))
    on, minute = _when(checked, view.act.on, is_held=is_held)
    told = {
        "place": checked.text("hearing_place", needed=False, most=LONGEST_LINE),
        "bring": checked.text("hearing_bring", needed=False, most=LONGEST_WORDS),
        "along": checked.text("hearing_along", needed=False, most=LONGEST_LINE),
        "ended": checked.text("hearing_went", needed=is_held, most=LONGEST_WORDS),
    }
    if told["ended"] and not is_held:
        checked.wrong("hearing_held", TICK_IF_HELD)
    if on is None or minute is None or not checked.is_right:
        return _list(view, case, one, checked)
    words = HearingWords.model_validate(told)
    try:
        with attempt(view.session):
            row = actions.add_hearing(
                view.session, case, one, kind, on, minute, words, view.act,
                version=checked.version(), is_held=is_held,
            )  # fmt: skip
    except REFUSALS as error:
        view.session.refresh(case)
        return _list(view, case, one, checked, changed=_refusal(view, error))
    return view.go(f"cases/{case.reference}/hearings/{row.id}", "hearing_noted")


@router.get("/{language}/cases/{number}/hearings/{hearing}")
def show_hearing(number: str, hearing: str, view: ViewDep) -> Response:
    """Show one hearing, and the form that says how it ended."""
    case = case_for(view.session, view.act, number)
    return _page(view, case, hearing_of(view.session, case, hearing, view.act))


@router.post("/{language}/cases/{number}/hearings/{hearing}")
def end(number: str, hearing: str, view: ViewDep, form: FormDep) -> Response:
    """Note how a hearing ended, or to when it was put off."""
    case = case_for(view.session, view.act, number, to_change=True)
    one = hearing_of(view.session, case, hearing, view.act)
    checked = Checked(form, view.language)
    code = checked.one("hearing_end", ENDS)
    ended = checked.text("hearing_went", most=LONGEST_WORDS)
    place = checked.text("hearing_place", needed=False, most=LONGEST_LINE)
    if code in ONLY_AFTER and one.row.on_day > view.act.on:
        checked.wrong("hearing_end", NOT_YET)
    on, minute = _when(checked, view.act.on) if code == POSTPONED else (None, None)
    if not checked.is_right:
        return _page(view, case, one, checked)
    session, version = view.session, checked.version()
    try:
        with attempt(session):
            if on is not None and minute is not None:
                row = actions.postpone(
                    session, case, one, on, minute, place, ended, view.act, version=version
                )
            else:
                actions.end_hearing(session, case, one, code, ended, view.act, version=version)
                row = one.row
    except REFUSALS as error:
        session.refresh(case)
        now = hearing_of(session, case, hearing, view.act)
        return _page(view, case, now, checked, changed=_refusal(view, error))
    return view.go(f"cases/{case.reference}/hearings/{row.id}", "hearing_ended")


def _when(checked: Checked, today: date, *, is_held: bool = False) -> tuple[date | None, int | None]:
    """Return the day and the minute a form tells; what is not right is noted in `checked`."""
    on = checked.day("hearing_on", needed=False)
    if on is None:
        checked.wrong("hearing_on", ON_WHICH_DAY)
    elif is_held:
        checked.day_back("hearing_on", today)
    elif on < today:
        checked.wrong("hearing_on", PAST_UNLESS_HELD)
    else:
        checked.day_ahead("hearing_on", today)
    minute = minute_in(digits_read(checked.form.one("hearing_at")))
    if minute is None:
        checked.wrong("hearing_at", NO_CLOCK)
    return on, minute


def _refusal(view: View, error: OfficeError) -> str:
    return view.text(GUARDS.get(error.detail.get("guard", ""), error.sentence))


def _typed(checked: Checked | None, changed: str) -> dict[str, Any]:
    return {
        "given": checked.form if checked else {},
        "corrections": checked.corrections if checked else {},
        "numbers": checked.numbers if checked else {},
        "changed": changed,
    }


def _list(
    view: View, case: CaseFile, one: Standing, checked: Checked | None = None, *, changed: str = ""
) -> Response:
    leave_trace(view.session, case, view.act)
    guard = refused(one.track.kind_code, one.state)
    return view.render(
        "hearings.html",
        409 if changed else 422 if checked else 200,
        case=case,
        track=one.track,
        called=track_name(view, one.track),
        lines=lines_of(view, case, one.track),
        first=view.text(GUARDS[guard]) if guard else "",
        kinds=[(code, view.text(told)) for code, told in KINDS.items()],
        **_typed(checked, changed),
    )


def _page(
    view: View, case: CaseFile, one: ShownHearing, checked: Checked | None = None, *, changed: str = ""
) -> Response:
    session, act = view.session, view.act
    leave_trace(session, case, act)
    standing = track_of(session, case, str(one.row.track_id))
    is_open = one.row.is_open and not case.is_closed
    following = hearing_of(session, case, str(one.row.next_id), act) if one.row.next_id else None
    names = names_of(session, [who for who in (one.row.noted_by, one.row.settled_by) if who])
    return view.render(
        "hearing.html",
        409 if changed else 422 if checked else 200,
        case=case,
        track=standing.track,
        called=track_name(view, standing.track),
        one=one,
        line=line_of(view, one.row, place=one.words.place),
        following=line_of(view, following.row) if following else None,
        is_unlikely=is_open and is_unlikely(session, act.city, standing.track, one.row.on_day),
        clashing=lines_listed(view, same_hour(session, case, one.row, act.who)) if is_open else [],
        ends=[(code, view.text(STATES[code])) for code in ENDS] if is_open or checked else [],
        noted_by=names.get(one.row.noted_by, ""),
        ended_by=names.get(one.row.settled_by, "") if one.row.settled_by else "",
        may_take_back=can_take_back(case, one.row, act),
        taken=taken_of(session, case, act, [one.row.id])[one.row.id],
        ended_as={code: view.text(words) for code, words in ENDED_AS.items()},
        **_typed(checked, changed),
    )
