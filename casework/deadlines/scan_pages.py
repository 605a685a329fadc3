"""Going through the limits that may run in a case: keep those that do, or say why none applies."""

from typing import Final

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.actions import read_case
from casework.cases.errors import CaseAlreadyClosed, CaseChanged
from casework.cases.tables import CaseFile
from casework.deadlines.actions import save_scan
from casework.deadlines.errors import NothingRuns, StartNotKnown
from casework.deadlines.proposals import Proposal, proposed, told_of
from casework.deadlines.recounting import event_in, start_in
from casework.deadlines.seats import seat_in
from casework.deadlines.starts import Days, events_asked, is_scanned
from casework.deadlines.wording import amount, seats_of, span
from casework.doors import FormDep, desk_router
from casework.forms import NOT_ON_THE_LIST, Checked
from casework.showing import View, ViewDep
from casework.transactions import attempt
from office.deadlines.calendar import CalendarYearMissing
from office.deadlines.limits import law_of, limits_of
from office.deadlines.warnings import told_on
from office.languages import mark
from office.vocabulary import load
from office.web.parts import Choice

router = desk_router()

FIELDS: Final = ("route", "other_route", "further_route")
TICK_OR_SAY_WHY: Final = mark("Tick what may run, or write below why none does.")


@router.get("/{language}/cases/{number}/limits")
def show_scan(number: str, view: ViewDep) -> Response:
    """Show which limits may run."""
    case = case_for(view.session, view.act, number)
    return _page(view, case)


@router.post("/{language}/cases/{number}/limits")
def save(number: str, view: ViewDep, form: FormDep) -> Response:
    """Keep the clocks that were ticked, or that none applies."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    chosen = [code for field in FIELDS for code in form.all(field) if code]
    known = {one.code for one in load("routes", view.act.city) if is_scanned(one)}
    if not known.issuperset(chosen):
        checked.wrong(FIELDS[0], NOT_ON_THE_LIST)
    days = _days(view, checked) if chosen else None
    reason = checked.text("scan_reason", needed=False)
    if not chosen and not reason:
        checked.wrong(FIELDS[0], TICK_OR_SAY_WHY)
    if not checked.is_right or (chosen and days is None):
        return _page(view, case, form, checked, days)
    try:
        with attempt(view.session):
            save_scan(view.session, case, chosen, days, reason, view.act, version=checked.version())
    except (CaseChanged, CaseAlreadyClosed) as error:
        view.session.refresh(case)
        return _page(view, case, form, None, days, changed=view.text(error.sentence))
    except (NothingRuns, StartNotKnown, CalendarYearMissing) as error:
        checked.wrong("event", error.sentence)
        return _page(view, case, form, checked, days)
    return view.go(f"cases/{case.reference}", "limits_scanned")


def _page(
    view: View,
    case: CaseFile,
    given: dict[str, list[str]] | None = None,
    checked: Checked | None = None,
    days: Days | None = None,
    *,
    changed: str = "",
) -> Response:
    story = read_case(view.session, case, view.act)
    event = told_on(story.when, view.act.on)
    known = days or (Days(event) if event else None)
    found = proposed(told_of(case, story), known, view.act)
    groups = (
        [one for one in found if one.why],
        [one for one in found if not one.why and not one.is_tied],
        [one for one in found if not one.why and one.is_tied],
    )
    if given is None:
        given = {}
        told = {"event": event.earliest, "event_until": event.latest} if event else {}
        for name, day in told.items():
            if name == "event" or (event and not event.is_exact):
                given |= {f"{name}-{part}": [str(getattr(day, part))] for part in ("day", "month", "year")}
    given = view.drafts().into(given)
    return view.render(
        "limits.html",
        409 if changed else 422 if checked else 200,
        case=case,
        story=story,
        groups=[
            (name, [_choice(view, one) for one in ones]) for name, ones in zip(FIELDS, groups, strict=True)
        ],
        starts=[(f"from_{code}", view.label("limit_events", code)) for code in _events(view)],
        seats=seats_of(view),
        other_days=any(name.startswith("from_") and any(values) for name, values in given.items()),
        given=given,
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )


def _days(view: View, checked: Checked) -> Days | None:
    """Return the days that the form tells; None if that of the facts is missing or wrong."""
    today = view.act.on
    happened = event_in(checked, today)
    others = {code: start_in(checked, f"from_{code}", today, needed=False) for code in _events(view)}
    seat = seat_in(checked, view.act.city)
    return Days(happened, {code: day for code, day in others.items() if day}, seat) if happened else None


def _events(view: View) -> tuple[str, ...]:
    return events_asked(load("routes", view.act.city))


def _choice(view: View, one: Proposal) -> Choice:
    """Return a proposal as a choice: how long, until when, which law, and why it is proposed."""
    language, tag = view.language, view.language.tag
    limits = limits_of(one.route, one.due.counted_from.earliest if one.due else view.act.on)
    lengths = [amount(limit.unit, limit.count, language) for limit in limits]
    parts = [language.listed(list(dict.fromkeys(lengths)), "or")]
    if one.due:
        parts.append(view.text(mark("until %(day)s"), day=span(one.due.on, one.due.latest_on, language)))
    parts.append("; ".join(law_of(one.route, one.due.limit if one.due else limits[0])))
    if one.waits_for:
        events = [view.label("limit_events", code) for code in one.waits_for]
        parts.append(view.text(mark("waits for: %(what)s"), what=language.listed(events, "or")))
    if one.why:
        told = [view.desk.lists.label(name, code, tag) for name, code in one.why]
        parts.append(view.text(mark("told: %(what)s"), what=language.listed(list(dict.fromkeys(told)))))
    return Choice(one.route.code, one.route.label_in(tag), " · ".join(parts))
