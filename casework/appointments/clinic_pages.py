"""Mobile clinics on the screen: the days to come, and one day for whoever runs it."""

from uuid import UUID

from sqlmodel import col, select
from starlette.responses import Response

from casework.appointments import actions, slots
from casework.appointments.agenda_pages import asked_hours, lengths
from casework.appointments.errors import AppointmentChanged, HourTaken, OneAtATime, SiteNotFound
from casework.appointments.pages import hand_of, words
from casework.appointments.queries import booked_between, clinics, sites, slots_of_clinic
from casework.appointments.rules import SLOT_STATES, clock
from casework.appointments.tables import Clinic
from casework.appointments.waiting import open_row
from casework.appointments.walk_ins import give_kept_hours, keep_for_number, release_kept_hour
from casework.cases.access import case_for
from casework.cases.errors import CaseAlreadyClosed, CaseNotFound
from casework.cases.holders import possible_advisers
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.doors import FormDep, desk_router, require
from casework.forms import Checked
from casework.showing import View, ViewDep
from casework.staff.rules import MAY, Permission, may
from casework.states.errors import ClosingAsked
from casework.timeline.actions import record
from casework.transactions import attempt
from casework.written import id_in
from office.ids import CaseNumberInvalid, checked_case_number
from office.languages import mark
from office.sealing.public_keys import NoActiveKey
from office.stores.keyroom import Staff

router = desk_router()

MOST_DESKS = 8
MOST_WALK_INS = 40
NOT_A_NUMBER = mark("Write a number from %(first)s to %(last)s.")
CLINIC_THERE = mark("There is a clinic at this place on this day already.")
NOT_OF_A_RECEIPT = mark("This is no case number. It stands on the receipt, with nine letters and digits.")
NO_SUCH_CASE = mark("You hold no case with this number.")


@router.get("/{language}/clinics")
def show_clinics(view: ViewDep) -> Response:
    """Show the clinics of the last month and those to come."""
    _require_to_see(view)
    return _list(view)


@router.post("/{language}/clinics")
def make(view: ViewDep, form: FormDep) -> Response:
    """Open a clinic at a place on a day."""
    require(view.act.who, Permission.SUPERVISE)
    checked = Checked(form, view.language)
    site = checked.one("clinic_site", tuple(str(one.id) for one in sites(view.session)))
    run_by = checked.one("run_by", tuple(own for own, _ in _staff(view)))
    hours = asked_hours(checked, view.act.on)
    desks = _number(checked, "desks", 1, MOST_DESKS)
    walk_ins = _number(checked, "walk_ins", 0, MOST_WALK_INS)
    if hours is None or not checked.is_right:
        return _list(view, checked)
    try:
        made = slots.make_clinic(
            view.session, hours, view.act, site_id=UUID(site), desks=desks, walk_ins=walk_ins,
            run_by=UUID(run_by),
        )  # fmt: skip
    except HourTaken:
        checked.wrong("clinic_site", CLINIC_THERE)
        return _list(view, checked)
    return view.go(f"clinics/{made.id}", "clinic_opened")


@router.get("/{language}/clinics/{clinic}")
def show_clinic(clinic: str, view: ViewDep) -> Response:
    """Show the day of a clinic: hours, and cases where the reader may open them; no names."""
    _require_to_see(view)
    return _day(view, _clinic(view, clinic))


@router.post("/{language}/clinics/{clinic}/walk-ins")
def take_walk_in(clinic: str, view: ViewDep, form: FormDep) -> Response:
    """Give an hour of the clinic to somebody who came unasked and has a case."""
    require(view.act.who, Permission.CASES)
    one = _clinic(view, clinic)
    checked = Checked(form, view.language)
    free = [slot for slot in slots_of_clinic(view.session, one.id) if slot.state_code == "free"]
    slot = checked.one("slot", tuple(str(each.id) for each in free))
    try:
        case = case_for(view.session, view.act, form.one("walk_in"), to_change=True)
    except CaseNotFound:
        checked.wrong("walk_in", NO_SUCH_CASE)
    if not checked.is_right:
        return _day(view, one, checked)
    try:
        with attempt(view.session):
            give_kept_hours(hand_of(view, case))
            if open_row(view.session, case.id) is not None:
                raise OneAtATime(case=case.reference)
            actions.book(hand_of(view, case), UUID(slot), "", None, 0, is_walk_in=True)
    except (
        HourTaken, OneAtATime, AppointmentChanged, CaseAlreadyClosed, ClosingAsked, ConflictUndecided,
        AdviserKeepsOut,
    ) as error:  # fmt: skip
        return _day(view, one, checked, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/appointments", "walk_in_kept")


@router.post("/{language}/clinics/{clinic}/filed")
def keep_for_filed(clinic: str, view: ViewDep, form: FormDep) -> Response:
    """Give an hour to somebody who came without a case, by the number that filing for them gave."""
    require(view.act.who, Permission.ASSIST)
    one = _clinic(view, clinic)
    checked = Checked(form, view.language)
    free = [each for each in slots_of_clinic(view.session, one.id) if each.state_code == "free"]
    slot = checked.one("filed_hour", tuple(str(each.id) for each in free))
    try:
        number = checked_case_number(form.one("filed_number"))
    except CaseNumberInvalid:
        number = ""
        checked.wrong("filed_number", NOT_OF_A_RECEIPT)
    if not checked.is_right:
        return _day(view, one, checked)
    try:
        with attempt(view.session):
            keep_for_number(view.session, UUID(slot), number, view.act)
    except (HourTaken, NoActiveKey) as error:
        return _day(view, one, checked, changed=view.text(error.sentence))
    return view.go(f"clinics/{one.id}", "walk_in_filed")


@router.post("/{language}/clinics/{clinic}/filed/{slot}/release")
def release_filed(clinic: str, slot: str, view: ViewDep, form: FormDep) -> Response:
    """Take back an hour that was kept by a number."""
    require(view.act.who, Permission.ASSIST)
    one, own = _clinic(view, clinic), id_in(slot)
    try:
        with attempt(view.session):
            if own is None:
                raise HourTaken
            release_kept_hour(view.session, one.id, own, view.act)
    except HourTaken as error:
        return _day(view, one, changed=view.text(error.sentence))
    return view.go(f"clinics/{one.id}", "walk_in_released")


def _require_to_see(view: View) -> None:
    """Let in whoever has cases, and outreach workers, who see hours and no case."""
    if not view.act.who.may(Permission.ASSIST):
        require(view.act.who, Permission.CASES)


def _clinic(view: View, written: str) -> Clinic:
    own = id_in(written)
    found = view.session.get(Clinic, own) if own else None
    if found is None:
        raise SiteNotFound
    return found


def _number(checked: Checked, name: str, first: int, last: int) -> int:
    written = checked.form.one(name).strip()
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 4 else -1
    if not first <= number <= last:
        checked.wrong(name, NOT_A_NUMBER, first=first, last=last)
    return number


def _staff(view: View) -> list[tuple[str, str]]:
    """Return who may run a clinic, by name: advisers, and outreach workers."""
    outreach = select(Staff).where(
        col(Staff.active), col(Staff.role_code).in_([role for role in MAY if may(role, Permission.ASSIST)])
    )
    able = [*possible_advisers(view.session, routing_code="normal"), *view.session.exec(outreach)]
    return [(str(one.id), one.display_name) for one in sorted(able, key=lambda one: one.display_name)]


def _list(view: View, checked: Checked | None = None) -> Response:
    found = clinics(view.session, view.act.on)
    record(view.session, "list_read", at=view.act.at, by=view.act.who.id, list="clinics", rows=len(found))
    return view.render(
        "clinics.html",
        422 if checked else 200,
        clinics=found,
        sites=[(str(one.id), one.name) for one in sites(view.session)],
        staff=_staff(view),
        lengths=lengths(view),
        has_cases=view.act.who.may(Permission.CASES),
        supervises=view.act.who.may(Permission.SUPERVISE),
        given=checked.form if checked else {"length": ["30"], "desks": ["1"], "walk_ins": ["2"]},
        corrections=checked.corrections if checked else {},
    )


def _day(view: View, clinic: Clinic, checked: Checked | None = None, *, changed: str = "") -> Response:
    session, act = view.session, view.act
    every = slots_of_clinic(session, clinic.id)
    booked, _ = booked_between(session, act, clinic.on_day, clinic.on_day)
    record(session, "list_read", at=act.at, by=act.who.id, list="clinic", rows=len(every))
    free = [slot for slot in every if slot.state_code == "free"]
    return view.render(
        "clinic.html",
        409 if changed else 422 if checked else 200,
        clinic=clinic,
        site=next((site for one, site, _ in clinics(session, clinic.on_day) if one.id == clinic.id), None),
        hours=[(slot, clock(slot.minute), booked.get(slot.id)) for slot in every],
        has_cases=act.who.may(Permission.CASES),
        assists=act.who.may(Permission.ASSIST),
        free=[(str(slot.id), view.language.clock(slot.minute)) for slot in free],
        slot_states={code: view.text(sentence) for code, sentence in SLOT_STATES.items()},
        given=checked.form if checked else {},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
        **words(view),
    )
