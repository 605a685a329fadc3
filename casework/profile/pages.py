"""What somebody is, on the screen: noted by the adviser of the case, opened by a supervisor with a reason."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from starlette.responses import Response

from casework.cases.actions import leave_trace
from casework.cases.errors import CaseAlreadyClosed, CaseChanged
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.profile import actions
from casework.profile.access import Door, needs_reason, profile_door
from casework.profile.content import EntryWords, OpeningWords
from casework.profile.errors import ProfileFull, ProfileKeyAway, ProfileNotFound
from casework.profile.queries import Read, destroyed_of, read_profile
from casework.profile.rules import (
    LONGEST_REASON,
    LONGEST_WORDS,
    NEEDED_FOR,
    NEVER_NOTED,
    SHORTEST_REASON,
    is_reason,
)
from casework.profile.tables import CaseProfile
from casework.showing import View, ViewDep
from casework.timeline.queries import names_of
from casework.transactions import attempt
from casework.written import id_in
from office.languages import mark
from office.web.parts import Choice

router = desk_router()

REFUSALS: Final = (CaseChanged, CaseAlreadyClosed, ProfileFull, ProfileKeyAway)
WHEN_ASKED: Final = mark("Write on which day the person said yes.")
WHEN_WITHDRAWN: Final = mark("Write on which day the person withdrew it.")
ASK_FIRST: Final = mark("Ask the person first. Without their yes nothing is noted here.")
NOT_BEFORE: Final = mark("The person said yes on %(day)s: it was not withdrawn before.")
SAY_WHY: Final = mark("Write why, in at least %(count)s letters.")
DESTROY: Final = mark("Tick that it is to be destroyed. It cannot be brought back.")


@router.get("/{language}/cases/{number}/profile")
def show_profile(number: str, view: ViewDep) -> Response:
    """Show what is noted, or ask a supervisor why they want to open it."""
    return _page(view, profile_door(view.session, view.act, number))


@router.post("/{language}/cases/{number}/profile")
def note(number: str, view: ViewDep, form: FormDep) -> Response:
    """Note something the person says they are."""
    door = profile_door(view.session, view.act, number, to_change=True)
    if not door.is_adviser:
        raise ProfileNotFound(case=door.case.reference)
    checked = Checked(form, view.language)
    consented_on = _consent(view, checked) if door.profile is None else None
    ground = checked.one("profile_ground", [one.value for one in _grounds(view)])
    words = checked.text("profile_words", most=LONGEST_WORDS)
    needed_for = checked.some("needed_for", tuple(NEEDED_FOR))
    if not checked.is_right:
        return _page(view, door, checked)
    kept = EntryWords(ground=ground, words=words, needed_for=list(needed_for))
    version = checked.version()
    try:
        with attempt(view.session):
            actions.note_entry(view.session, door, kept, consented_on, view.act, version=version)
    except REFUSALS as error:
        return _again(view, number, checked, view.text(error.sentence))
    return view.go(f"cases/{door.case.reference}/profile", "profile_noted")


@router.post("/{language}/cases/{number}/profile/removal")
def take_out(number: str, view: ViewDep, form: FormDep) -> Response:
    """Take one entry out, which destroys its words."""
    door = profile_door(view.session, view.act, number, to_change=True)
    checked, entry = Checked(form, view.language), id_in(form.one("entry"))
    if entry is None or not door.is_adviser:
        raise ProfileNotFound(case=door.case.reference)
    try:
        with attempt(view.session):
            actions.take_out(view.session, door, entry, view.act, version=checked.version())
    except CaseChanged as error:
        return _again(view, number, checked, view.text(error.sentence))
    return view.go(f"cases/{door.case.reference}/profile", "profile_taken_out")


@router.post("/{language}/cases/{number}/profile/withdrawal")
def withdraw(number: str, view: ViewDep, form: FormDep) -> Response:
    """Destroy what is noted, because the person withdrew their consent."""
    door = profile_door(view.session, view.act, number, to_change=True)
    if door.profile is None:
        raise ProfileNotFound(case=door.case.reference)
    checked, said_yes = Checked(form, view.language), door.profile.consented_on
    on = checked.day_back("withdrawn", view.act.on)
    if on is None:
        checked.wrong("withdrawn", WHEN_WITHDRAWN)
    elif on < said_yes:
        checked.wrong("withdrawn", NOT_BEFORE, day=view.language.short_date(said_yes))
    if form.one("destroy") != "yes":
        checked.wrong("destroy", DESTROY)
    if on is None or not checked.is_right:
        return _page(view, door, checked)
    try:
        with attempt(view.session):
            actions.withdraw(view.session, door, on, view.act, version=checked.version())
    except CaseChanged as error:
        return _again(view, number, checked, view.text(error.sentence))
    return view.go(f"cases/{door.case.reference}/profile", "profile_destroyed")


@router.post("/{language}/cases/{number}/profile/opening")
def open_with_reason(number: str, view: ViewDep, form: FormDep) -> Response:
    """Keep why a supervisor opens it. Only the next page opens anything, when this is on record."""
    door = profile_door(view.session, view.act, number, to_change=True)
    if door.is_adviser:  # the case has become theirs since they were asked: they read without a reason
        return view.go(f"cases/{door.case.reference}/profile")
    if door.profile is None:
        raise ProfileNotFound(case=door.case.reference)
    checked = Checked(form, view.language)
    reason = checked.text("open_reason", most=LONGEST_REASON)
    if reason and not is_reason(reason):
        checked.wrong("open_reason", SAY_WHY, count=SHORTEST_REASON)
    if not checked.is_right:
        return _page(view, door, checked)
    try:
        with attempt(view.session):
            actions.say_why(view.session, door, OpeningWords(reason=reason), view.act)
    except ProfileKeyAway as error:
        return _again(view, number, checked, view.text(error.sentence))
    return view.go(f"cases/{door.case.reference}/profile", "profile_opened")


def _consent(view: View, checked: Checked) -> date | None:
    if checked.form.one("consent") != "yes":
        checked.wrong("consent", ASK_FIRST)
    on = checked.day_back("consented", view.act.on)
    if on is None:
        checked.wrong("consented", WHEN_ASKED)
    return on


def _grounds(view: View) -> list[Choice]:
    """Return the grounds something may be noted by: not nationality, nor whether somebody may live here."""
    choices = view.desk.lists.choices("grounds", view.act.on, view.language.tag)
    return [one for one in choices if one.value not in NEVER_NOTED]


def _again(view: View, number: str, checked: Checked, changed: str) -> Response:
    """Return the page as it is now, with why something was refused and everything typed."""
    view.session.expire_all()
    return _page(view, profile_door(view.session, view.act, number), checked, changed=changed)


def _page(view: View, door: Door, checked: Checked | None = None, *, changed: str = "") -> Response:
    session, case = view.session, door.case
    asks_why = needs_reason(session, door, view.act)
    read = Read((), ())
    if door.grant is not None and not asks_why:
        read = read_profile(session, door, view.act)
    else:
        leave_trace(session, case, view.act)
    destroyed = destroyed_of(session, case)
    is_away = door.profile is not None and door.grant is None
    return view.render(
        "profile_reason.html" if asks_why else "profile.html",
        409 if changed else 422 if checked else 200,
        case=case,
        profile=door.profile,
        may_write=door.is_adviser and not case.is_closed and not is_away,
        key_away=view.text(ProfileKeyAway.sentence) if is_away else "",
        is_adviser=door.is_adviser,
        read=read,
        opened_at=[view.language.moment(*_minute(view, one.at)) for one in read.openings],
        destroyed=destroyed,
        names=names_of(session, _noted_by(door, destroyed)),
        grounds=_grounds(view),
        needs=[(code, view.text(sentence)) for code, sentence in NEEDED_FOR.items()],
        given=checked.form if checked else {},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )


def _noted_by(door: Door, destroyed: Sequence[CaseProfile]) -> list[UUID]:
    ids = [door.profile.consent_noted_by] if door.profile is not None else []
    return ids + [one.withdrawn_noted_by for one in destroyed if one.withdrawn_noted_by is not None]


def _minute(view: View, at: datetime) -> tuple[date, int]:
    """Return the city's day of an instant, and its minute of the day."""
    here = at.astimezone(view.act.zone)
    return here.date(), here.hour * 60 + here.minute
