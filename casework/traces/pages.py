"""Who opened what, and why: the data protection officer's page. Each question is itself on the timeline."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from starlette.responses import Response

from casework.doors import desk_router, require
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.timeline.actions import record
from casework.timeline.rules import OFFICE
from casework.timeline.verified import Verified, last_verified
from casework.timeline.wording import told
from casework.traces.queries import Trace, Traces, case_numbers, case_of, staff_choices, traces
from casework.traces.rules import WHAT, sort_of, span_of
from office.clock import month_of
from office.ids import CaseNumberInvalid, checked_case_number
from office.languages import mark

router = desk_router()

MONTHS_BACK: Final = 60
"""Months that can be chosen, the present one first."""
NO_SUCH_NUMBER: Final = mark(
    "This is not a case number: nine letters and digits, and the last one checks the others."
)
ASK_SOMETHING: Final = mark("Write a case number, or choose somebody.")
CHOOSE_A_MONTH: Final = mark("Choose a month.")

SHOWN: Final = ("to", "assigned_to", "subject", "cover", "looked_at", "file", "keys", "lost")
"""Details that are told here: who and which list. What was coded, decided or written is content."""
WITH_REASON: Final = (
    "contact_read", "case_reassigned", "case_given_back", "case_reopened", "receipt_reissued",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One trace in words."""

    seq: int
    at: datetime
    number: str
    who: str
    instead_of: str
    sort: str
    sentence: str
    about: str


@router.get("/{language}/traces")
def show_traces(view: ViewDep) -> Response:
    """Show what was done about a number, or by somebody, in a month."""
    require(view.act.who, Permission.TRACES)
    asked = view.request.query_params
    given = {name: [asked.get(name, "").strip()] for name in ("number", "month", "staff")}
    if not any(asked.get(name) for name in ("number", "staff", "month")):
        return _page(view, {**given, "month": [month_of(view.act.on)]})
    corrections: dict[str, str] = {}
    number = _number(given["number"][0])
    if number is None:
        corrections["number"] = view.text(NO_SUCH_NUMBER)
    staff_id = _staff(view, given["staff"][0])
    span = span_of(given["month"][0], view.act.zone)
    if span is None:
        corrections["month"] = view.text(CHOOSE_A_MONTH)
    if not number and staff_id is None:
        corrections.setdefault("number", view.text(ASK_SOMETHING))
    if corrections or number is None or span is None:
        return _page(view, given, corrections=corrections)
    found = traces(
        view.session, span, view.act.zone, number=number, staff_id=staff_id, after=asked.get("after", "")
    )
    _on_record(view, number, given["month"][0], staff_id)
    return _page(view, given, found)


def _on_record(view: View, number: str, month: str, staff_id: UUID | None) -> None:
    act, case_id = view.act, case_of(view.session, number)
    record(
        view.session,
        "traces_read",
        at=act.at,
        by=act.who.id,
        case_id=case_id,
        month=month,
        subject=str(staff_id) if staff_id else None,
        number=number if number and case_id is None else None,
    )


def _number(written: str) -> str | None:
    """Return the number that was typed, empty if none was; None if it is none."""
    if not written:
        return ""
    try:
        return checked_case_number(written)
    except CaseNumberInvalid:
        return None


def _staff(view: View, written: str) -> UUID | None:
    known = {own for own, _ in staff_choices(view.session)}
    return UUID(written) if written in known else None


def _page(
    view: View,
    given: dict[str, list[str]],
    found: Traces | None = None,
    *,
    corrections: dict[str, str] | None = None,
) -> Response:
    verified = last_verified(view.desk.settings.heads)
    following = found.next if found else None
    return view.render(
        "traces.html",
        422 if corrections else 200,
        lines=[_line(one, view) for one in found.found] if found else (),
        is_asked=found is not None,
        next=following,
        sorts={code: view.text(words) for code, words in WHAT.items()},
        months=[(month, view.language.month(month)) for month in _months(view.act.on)],
        staff=staff_choices(view.session),
        verified=verified,
        verified_at=verified.at.astimezone(view.act.zone) if verified else None,
        wrong=_wrong(view, verified),
        given=given,
        corrections=corrections or {},
    )


def _line(one: Trace, view: View) -> Line:
    entry = one.entry
    only = (*SHOWN, "reason") if entry.kind in WITH_REASON else SHOWN
    words = told(entry, view, only=only)
    return Line(
        words.seq,
        words.at,
        one.number,
        words.who,
        one.instead_of,
        sort_of(entry.kind),
        words.sentence,
        words.about,
    )


def _wrong(view: View, verified: Verified | None) -> list[tuple[str, int]]:
    """Return the number of the case, or nothing for the office's own chain, and the row that is wrong."""
    wrong = verified.wrong if verified else ()
    numbers = case_numbers(view.session, [chain for chain, _ in wrong if chain != OFFICE])
    return [(numbers.get(chain, "" if chain == OFFICE else chain), seq) for chain, seq in wrong]


def _months(today: date) -> list[str]:
    found, day = [], today.replace(day=1)
    for _ in range(MONTHS_BACK):
        found.append(month_of(day))
        day = (day - timedelta(days=1)).replace(day=1)
    return found
