"""The harms of a case on the screen: noting another, changing and removing one, and who had which part."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Final

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.errors import CaseChanged
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.conflicts.queries import ShownParty, people_of
from casework.conflicts.rules import RESPONDENT
from casework.doors import FormDep, desk_router
from casework.forms import DAY_IS_TO_COME, FIRST_YEAR, NO_SUCH_DAY, Checked
from casework.harms import actions
from casework.harms.codes import HarmCodes
from casework.harms.content import HarmWords
from casework.harms.errors import FirstHarmStays, HarmNotFound, TooManyHarms
from casework.harms.queries import Named, ShownHarm, harm_of
from casework.harms.rules import DEGREES, GRADES, PARTS, Precision, day_known
from casework.harms.tables import CaseHarm
from casework.harms.wording import THE_PERSON, called, line_of, shown_harms
from casework.showing import View, ViewDep
from casework.transactions import attempt
from casework.written import id_in
from office.languages.registry import digits_read

router = desk_router()

REFUSALS: Final = (
    CaseChanged, ConflictUndecided, AdviserKeepsOut, FirstHarmStays, TooManyHarms,
)  # fmt: skip
THE_PERSON_OF_THE_CASE: Final = "person"


@router.get("/{language}/cases/{number}/harms")
def show_harms(number: str, view: ViewDep) -> Response:
    """Show what was done to whom in a case, and the form for another harm."""
    case = case_for(view.session, view.act, number)
    return _list(view, case)


@router.post("/{language}/cases/{number}/harms")
def add(number: str, view: ViewDep, form: FormDep) -> Response:
    """Note another harm."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    codes = _codes(view, checked, None)
    told = _told(view, case, checked, None)
    if not checked.is_right:
        return _list(view, case, checked)
    try:
        with attempt(view.session):
            harm = actions.add_harm(view.session, case, codes, told, view.act, version=checked.version())
    except REFUSALS as error:
        view.session.refresh(case)
        return _list(view, case, checked, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/harms/{harm.place}", "harm_added")


@router.get("/{language}/cases/{number}/harms/{place}")
def show_harm(number: str, place: str, view: ViewDep) -> Response:
    """Show one harm: what it is, who had which part in it, and the forms that change that."""
    case = case_for(view.session, view.act, number)
    return _page(view, case, harm_of(view.session, case, place, view.act))


@router.post("/{language}/cases/{number}/harms/{place}")
def change(number: str, place: str, view: ViewDep, form: FormDep) -> Response:
    """Change what is noted of a harm."""
    case = case_for(view.session, view.act, number, to_change=True)
    one = harm_of(view.session, case, place, view.act)
    checked = Checked(form, view.language)
    codes = None if one.is_first else _codes(view, checked, one.row)
    told = _told(view, case, checked, one)
    if not checked.is_right:
        return _page(view, case, one, checked)
    act = partial(actions.change_harm, view.session, case, one.row, codes, told, view.act)
    return _done(view, case, one, checked, "harm_changed", act)


@router.post("/{language}/cases/{number}/harms/{place}/removal")
def remove(number: str, place: str, view: ViewDep, form: FormDep) -> Response:
    """Take a harm out of the case, with why."""
    case = case_for(view.session, view.act, number, to_change=True)
    one = harm_of(view.session, case, place, view.act)
    checked = Checked(form, view.language)
    reason = checked.text("harm_removed_because")
    if not checked.is_right:
        return _page(view, case, one, checked)
    act = partial(actions.remove_harm, view.session, case, one.row, reason, view.act)
    return _done(view, case, one, checked, "harm_removed", act)


@router.post("/{language}/cases/{number}/harms/{place}/parts")
def involve(number: str, place: str, view: ViewDep, form: FormDep) -> Response:
    """Note which part a respondent of the case had in a harm."""
    case = case_for(view.session, view.act, number, to_change=True)
    one = harm_of(view.session, case, place, view.act)
    checked = Checked(form, view.language)
    party = id_in(checked.one("party", [code for code, _ in _respondents(_people(view, case))]))
    part, degree = checked.one("part", tuple(PARTS)), checked.one("degree", tuple(DEGREES))
    grade = checked.one("grade", tuple(GRADES))
    if party is None or not checked.is_right:
        return _page(view, case, one, checked)
    act = partial(actions.involve, view.session, case, one.row, party, part, degree, grade, view.act)
    return _done(view, case, one, checked, "harm_involved", act)


@router.post("/{language}/cases/{number}/harms/{place}/parts/removal")
def end_part(number: str, place: str, view: ViewDep, form: FormDep) -> Response:
    """Take back that somebody had a part in a harm."""
    case = case_for(view.session, view.act, number, to_change=True)
    one = harm_of(view.session, case, place, view.act)
    checked = Checked(form, view.language)
    party = id_in(form.one("party"))
    if party is None:
        raise HarmNotFound(case=case.reference)
    act = partial(actions.end_involvement, view.session, case, one.row, party, view.act)
    return _done(view, case, one, checked, "harm_part_ended", act)


def _codes(view: View, checked: Checked, before: CaseHarm | None) -> HarmCodes:
    lists, day = view.desk.lists, view.act.on

    def allowed(name: str, kept: str) -> tuple[str, ...]:
        return lists.kept(name, day, also=kept.split())

    return HarmCodes(
        ground_codes=checked.some("grounds", allowed("grounds", before.ground_codes if before else "")),
        conduct_codes=checked.some("conduct", allowed("conduct", before.conduct_codes if before else "")),
        area_code=checked.one("area", allowed("areas", before.area_code if before else "")),
    )


def _told(view: View, case: CaseFile, checked: Checked, before: ShownHarm | None) -> actions.Told:
    others = [code for code, _ in _others(view, _people(view, case), before)]
    who = checked.one("harm_person", (THE_PERSON_OF_THE_CASE, *others))
    on, precision = _day(checked, "harm_on", view.act.on)
    words = HarmWords(
        done=checked.text("harm_done", needed=before is None or not before.is_first),
        right=checked.text("harm_right", needed=False),
        consequence=checked.text("harm_consequence", needed=False),
        happened_on=on,
        precision=precision,
    )
    return actions.Told(None if who == THE_PERSON_OF_THE_CASE else id_in(who), words)


def _day(checked: Checked, name: str, today: date) -> tuple[date | None, Precision | None]:
    """Return the day, month or year that is written in three fields, and how well it is known."""
    day, month, year = (
        digits_read(checked.form.one(f"{name}-{part}").strip()) for part in ("day", "month", "year")
    )
    if not (day or month or year):
        return None, None
    try:
        on, precision = day_known(day, month, year)
    except ValueError:
        checked.wrong(name, NO_SUCH_DAY)
        return None, None
    if on.year < FIRST_YEAR:
        checked.wrong(name, NO_SUCH_DAY)
    elif on > today:
        checked.wrong(name, DAY_IS_TO_COME)
    return on, precision


def _people(view: View, case: CaseFile) -> list[ShownParty]:
    return people_of(view.session, case, view.act)


def _respondents(people: list[ShownParty]) -> list[tuple[str, str]]:
    return [(str(one.party.id), one.called.name) for one in people if one.party.role_code == RESPONDENT]


def _others(view: View, people: list[ShownParty], before: ShownHarm | None) -> list[tuple[str, str]]:
    """Return who else it may have been done to; also who was taken out of the case since it was noted."""
    found = {
        str(one.party.id): called(view, Named(one.party.id, one.called.name, one.party.role_code, False))
        for one in people
        if one.party.role_code != RESPONDENT
    }
    if before is not None and before.person is not None:
        found.setdefault(str(before.person.id), called(view, before.person))
    return list(found.items())


def _forms(view: View, case: CaseFile, one: ShownHarm | None) -> dict[str, object]:
    lists, day, tag = view.desk.lists, view.act.on, view.language.tag
    people = _people(view, case)
    row = one.row if one else None
    return {
        "grounds": lists.choices("grounds", day, tag, also=row.ground_codes.split() if row else ()),
        "conduct": lists.choices("conduct", day, tag, also=row.conduct_codes.split() if row else ()),
        "areas": lists.choices("areas", day, tag, also=[row.area_code] if row else ()),
        "people": [(THE_PERSON_OF_THE_CASE, view.text(THE_PERSON)), *_others(view, people, one)],
        "respondents": _respondents(people),
        "part_choices": _words(view, PARTS),
        "degrees": _words(view, DEGREES),
        "grades": _words(view, GRADES),
    }


def _words(view: View, codes: dict[str, str]) -> list[tuple[str, str]]:
    return [(code, view.text(sentence)) for code, sentence in codes.items()]


def _list(view: View, case: CaseFile, checked: Checked | None = None, *, changed: str = "") -> Response:
    leave_trace(view.session, case, view.act)
    return view.render(
        "harms.html",
        409 if changed else 422 if checked else 200,
        case=case,
        harms=shown_harms(view, case),
        given=checked.form if checked else {"harm_person": [THE_PERSON_OF_THE_CASE]},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
        **_forms(view, case, None),
    )


def _done(
    view: View, case: CaseFile, one: ShownHarm, checked: Checked, done: str, act: Callable[..., None]
) -> Response:
    """Do something to a harm; if that is refused, return its page as the harm stands now."""
    place = str(one.row.place)
    try:
        with attempt(view.session):
            act(version=checked.version())
    except REFUSALS as error:
        view.session.refresh(case)
        fresh = harm_of(view.session, case, place, view.act)
        return _page(view, case, fresh, checked, changed=view.text(error.sentence))
    is_there = one.row.removed_on is None
    return view.go(f"cases/{case.reference}/harms{'/' + place if is_there else ''}", done)


def _page(
    view: View, case: CaseFile, one: ShownHarm, checked: Checked | None = None, *, changed: str = ""
) -> Response:
    leave_trace(view.session, case, view.act)
    return view.render(
        "harm.html",
        409 if changed else 422 if checked else 200,
        case=case,
        one=line_of(view, one),
        given=_given(one, checked),
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
        **_forms(view, case, one),
    )


def _given(one: ShownHarm, checked: Checked | None) -> dict[str, list[str]]:
    """Return what stands in the forms: what was typed in the one that was sent, else what is noted."""
    if checked is not None and "harm_person" in checked.form:
        return checked.form
    return _as_noted(one) | (checked.form if checked else {})


def _as_noted(one: ShownHarm) -> dict[str, list[str]]:
    row = one.row
    noted = {
        "grounds": row.ground_codes.split(),
        "conduct": row.conduct_codes.split(),
        "area": [row.area_code],
        "harm_person": [str(row.party_id) if row.party_id else THE_PERSON_OF_THE_CASE],
        "harm_done": [one.words.done],
        "harm_right": [one.words.right],
        "harm_consequence": [one.words.consequence],
    }
    return noted | _day_noted(one.words)


def _day_noted(words: HarmWords) -> dict[str, list[str]]:
    if words.happened_on is None:
        return {}
    known = {"day": ("day", "month", "year"), "month": ("month", "year"), "year": ("year",)}
    return {
        f"harm_on-{part}": [str(getattr(words.happened_on, part))] for part in known[words.precision or "day"]
    }
