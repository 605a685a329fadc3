"""What a wall takes from whom, said before anybody says yes to it; and where they go on afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlmodel import Session, col, func, select
from starlette.responses import Response

from casework.appointments.waiting import open_row
from casework.cases.actions import leave_trace
from casework.cases.queries import may_open
from casework.cases.tables import CaseFile
from casework.drafts.tables import StaffDraft
from casework.showing import View
from casework.tasks.still_open import open_tasks
from casework.timeline.queries import names_of
from casework.walls.raising import Confirmed, Rise, rise_of
from casework.walls.rules import UNNAMED, UNNAMED_WORDS, codes_of, service_of_respondent
from casework.walls.standing import APART
from casework.written import id_in
from office.web.forms import Form

YES: Final = "yes"
BACK: Final = "back"
OWN_FIELDS: Final = ("wall", "wall_service", "wall_taker", "draft_version", "draft_of")
"""Fields of the question itself, and of the draft: everything else that was typed goes along with it."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What whoever acts loses with the case: so many tasks and drafts, and the days of what is booked."""

    tasks: int
    drafts: int
    booked_on: Sequence[date]


def goes_back(form: Form) -> bool:
    """Say whether somebody chose not to wall the case off: the form is shown again as it was."""
    return form.one("wall") == BACK


def confirmed_in(form: Form, view: View) -> Confirmed | None:
    """Return what somebody said yes to, or None if they did not."""
    if form.one("wall") != YES:
        return None
    service = form.one("wall_service")
    return Confirmed(service if service in codes_of(view.act.city) else "", id_in(form.one("wall_taker")))


def ask(view: View, case: CaseFile, form: Form, sent_to: str, *, service: str, title: str) -> Response:
    """Return the page that asks, with everything that was typed; nothing has been changed.

    Args:
        view: who acts.
        case: as it was before.
        form: what was typed.
        sent_to: the address of the form, below the case's own.
        service: the service it seems to be about, until somebody chooses another.
        title: what is about to be done, in the language of the page.

    Raises:
        WallBeyondReach, NobodyMayHold: see `raising.rise_of`.
    """
    chosen = form.one("wall_service", service)
    chosen = chosen if chosen in codes_of(view.act.city) else ""
    rise = rise_of(view.session, case, view.act, chosen)
    leave_trace(view.session, case, view.act)
    me = view.act.who.id
    advisers = names_of(view.session, [one.assigned_to for one in rise.cases])
    return view.render(
        "wall_asking.html",
        case=case,
        cases=rise.cases,
        numbers=[view.shown(one.reference) for one in rise.cases],
        title=title,
        sent_to=sent_to,
        sent=[(name, value) for name, values in form.items() if name not in OWN_FIELDS for value in values],
        rise=rise,
        loses=not rise.keeps(me),
        loss=_loss(view.session, rise, me),
        adviser=advisers.get(case.assigned_to, ""),
        is_own=case.assigned_to == me,
        holders=[one.display_name for one in rise.holders(None)],
        takers=[(str(one.id), one.display_name) for one in rise.takers],
        services=service_choices(view),
        given={
            "wall_service": [chosen],
            "wall_taker": [form.one("wall_taker") or (str(rise.takers[0].id) if rise.takers else "")],
        },
        corrections={},
    )


def service_choices(view: View) -> list[tuple[str, str]]:
    """Return the city's services with their names in the language of the page, and the one nobody named."""
    tag = view.language.tag
    return [
        *((one.code, one.label_in(tag)) for one in view.act.city.services),
        (UNNAMED, view.text(UNNAMED_WORDS)),
    ]


def services_at_the_door(view: View, routing_code: str, respondent_code: str) -> list[tuple[str, str]]:
    """Return what whoever takes a report against the city up is asked; nothing where the report says it."""
    if routing_code != APART or service_of_respondent(respondent_code, view.act.city):
        return []
    return service_choices(view)


def service_name(view: View, code: str) -> str:
    """Return what a service is called, also one that left the city's list: by its code then."""
    return dict(service_choices(view)).get(code, code)


def go_on(view: View, case: CaseFile, rest: str, done: str, *, was_apart: bool) -> Response:
    """Go on after an act that may have walled the case off: to the list, if it is out of their hands."""
    if case.routing_code == "normal":
        return view.go(rest, done)
    own = select(CaseFile.id).where(CaseFile.id == case.id, may_open(view.act.who))
    if view.session.exec(own).first() is not None:
        return view.go(rest, done if was_apart else "wall_risen")
    return view.go("cases", "wall_risen_away")


def _loss(session: Session, rise: Rise, staff_id: UUID) -> Loss:
    numbers = [one.reference for one in rise.cases]
    drafts = select(func.count()).where(
        StaffDraft.staff_id == staff_id, col(StaffDraft.case_number).in_(numbers)
    )
    tasks = [task for one in rise.cases for task in open_tasks(session, one.id) if task.staff_id == staff_id]
    booked = (open_row(session, one.id) for one in rise.cases if one.assigned_to == staff_id)
    days = sorted(row.on_day for row in booked if row is not None and row.on_day is not None)
    return Loss(len(tasks), session.exec(drafts).one(), days)
