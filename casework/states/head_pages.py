"""Where no second supervisor has a case, the head of the office is the one who agrees that it is closed.

The head opens no case: the page tells the number, the codes and how much is open, and nothing that was told.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import select
from starlette.responses import Response

from casework.cases.errors import CaseNotFound
from casework.cases.tables import CaseFile
from casework.conflicts.guards import kept_out
from casework.deadlines.still_open import open_deadlines
from casework.doors import FormDep, desk_router, require
from casework.forms import Checked
from casework.mediation.queries import open_mediation
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.states import deciding
from casework.states.errors import ClosingSettled, MoreIsOpen, TooMuchOpen, TwiceUnseen
from casework.states.heads import needs_the_head, waiting_for_the_head
from casework.states.still_open import ids_open, listing_of, open_referrals
from casework.states.tables import VOID, ClosingRequest
from casework.states.void_counts import voids_for_head
from casework.states.void_rules import REASONS as VOID_REASONS
from casework.states.wording import void_lines
from casework.tasks.still_open import open_tasks
from casework.timeline.actions import record
from casework.timeline.queries import names_of
from casework.tracks.queries import open_tracks
from casework.transactions import attempt
from casework.written import id_in

router = desk_router()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request the head may agree to, and how many deadlines, tracks, mediations, tasks, referrals wait."""

    request: ClosingRequest
    case: CaseFile
    asked_by: str
    void_reason: str
    open_things: tuple[int, int, int, int, int]
    listed: str


@router.get("/{language}/closings")
def show_waiting(view: ViewDep) -> Response:
    """Show the requests for which there is no second supervisor. That it was looked at is on the record."""
    require(view.act.who, Permission.CLOSINGS)
    return _page(view, about=view.request.query_params.get("back", ""))


@router.post("/{language}/closings/{own}")
def decide(own: str, view: ViewDep, form: FormDep) -> Response:
    """Agree that a case is closed, or send the request back with words."""
    require(view.act.who, Permission.CLOSINGS)
    request, case = _request(view, own)
    checked = Checked(form, view.language)
    agrees = checked.one("do", ("agree", "back")) == "agree"
    words = "" if agrees else checked.text("back_words")
    if not checked.is_right:
        return _page(view, form, checked, about=own)
    try:
        with attempt(view.session):
            deciding.head_decides(
                view.session, case, request, words, view.act, agrees=agrees, listed=form.one("listed")
            )
    except (ClosingSettled, MoreIsOpen, TooMuchOpen, TwiceUnseen) as error:
        return _page(view, changed=view.text(error.sentence))
    return view.go("closings", "closing_agreed" if agrees else "closing_sent_back")


def _request(view: View, written: str) -> tuple[ClosingRequest, CaseFile]:
    session = view.session
    row = session.get(ClosingRequest, id_in(written) or UUID(int=0))
    if row is None:
        raise CaseNotFound
    case = session.exec(select(CaseFile).where(CaseFile.id == row.case_id).with_for_update()).one()
    session.refresh(row)  # somebody may have decided while this waited for the case
    if not needs_the_head(session, case, row) or view.act.who.id in kept_out(session, case.id):
        raise CaseNotFound(case=case.reference)
    return row, case


def _page(
    view: View,
    given: dict[str, list[str]] | None = None,
    checked: Checked | None = None,
    *,
    about: str = "",
    changed: str = "",
) -> Response:
    session = view.session
    found = waiting_for_the_head(session, view.act.who.id)
    names = names_of(session, [row.asked_by for row, _ in found])
    waiting = [
        Waiting(
            row,
            case,
            names.get(row.asked_by, ""),
            view.text(VOID_REASONS[row.reason_code]) if row.kind_code == VOID else "",
            (
                len(open_deadlines(session, case.id)),
                len(open_tracks(session, case.id)),
                int(open_mediation(session, case.id) is not None),
                len(open_tasks(session, case.id)),
                len(open_referrals(session, case.id)),
            ),
            listing_of(ids_open(session, case.id)),
        )
        for row, case in found
    ]
    record(session, "list_read", at=view.act.at, by=view.act.who.id, list="closings", rows=len(waiting))
    return view.render(
        "closings.html",
        409 if changed else 422 if checked else 200,
        waiting=waiting,
        voids=void_lines(view, voids_for_head(session, view.act.who.id, view.act.on)),
        about=about,
        given=given or {},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )
