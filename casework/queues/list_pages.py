"""The list of cases on the screen and as a file. What is asked for stands in the address."""

from collections.abc import Mapping
from typing import Final

from starlette.responses import Response

from casework.cases.limits import is_near
from casework.cases.queries import given_without_a_key
from casework.cases.renewing import renew_some
from casework.cases.rules import MOVES
from casework.deadlines.lists import without_scan
from casework.deadlines.rules import scan_due_before
from casework.deadlines.still_open import first_open, scanned
from casework.doors import FormDep, desk_router, require
from casework.forms import Checked
from casework.listing.asked import WHOSE, Read
from casework.listing.pages import by_words, corrections_of, exported, misread_in, note_read
from casework.lists import UNKNOWN
from casework.promises.queries import late_counts
from casework.queues import views
from casework.queues.absences import covered_total
from casework.queues.conditions import Today
from casework.queues.exporting import NAMES, rows_of
from casework.queues.queries import MOST_COUNTED, advisers_of, cases_of, counts
from casework.queues.rules import ENDED, LISTS, OPEN_STATES, QUEUES, SORTS, Asked, read_query
from casework.receipts.actions import take_over_some
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.states.rules import STATES
from casework.walls.keeping_out import end_after_the_years
from office.languages import mark

router = desk_router()

NAME_TOO_LONG: Final = mark("This name is too long. Forty characters are enough.")
TURNED_ROUND: Final = mark("%(order)s, the other way round")


@router.get("/{language}/cases")
def show_cases(view: ViewDep) -> Response:
    """Show my cases, or all I may open. Which page was looked at is on the record."""
    require(view.act.who, Permission.CASES)
    return list_page(view)


@router.get("/{language}/cases.csv")
def export_cases(view: ViewDep) -> Response:
    """Give exactly what the list shows, all its pages, as a file of numbers, codes and days."""
    require(view.act.who, Permission.CASES)
    read = read_of(view, view.request.url.query)
    if not read.is_right:
        return list_page(view, status=422)
    found = cases_of(view.session, view.act.who, read.asked, today_of(view), areas_of(view), limit=None)
    numbers = [case.reference for line in found.lines for case in (line.case, *line.under)]
    return exported(view, read.asked, NAMES, list(rows_of(found.lines)), numbers)


@router.post("/{language}/cases/views")
def keep_view(view: ViewDep, form: FormDep) -> Response:
    """Keep the present address under a name."""
    require(view.act.who, Permission.CASES)
    read, checked = read_of(view, form.one("query")), Checked(form, view.language)
    name = checked.text("view_name")
    if len(name) > views.LONGEST_NAME:
        checked.wrong("view_name", NAME_TOO_LONG)
    if not checked.is_right or not read.is_right:  # a filter that says nothing is not left out unseen
        return list_page(view, form, checked, 422)
    if not views.keep(view.session, name, read.asked, view.act):
        checked.wrong("view_name", views.TOO_MANY, count=views.MOST)
        return list_page(view, form, checked, 422)
    return view.go(f"cases?{read.asked.query}", "view_kept")


@router.post("/{language}/cases/views/removal")
def remove_view(view: ViewDep, form: FormDep) -> Response:
    """Forget a view of one's own."""
    require(view.act.who, Permission.CASES)
    query = read_of(view, form.one("query")).asked.query
    is_gone = views.remove(view.session, form.one("view"), view.act)
    return view.go(f"cases?{query}", "view_removed" if is_gone else "")


def read_of(view: View, query: str) -> Read[Asked]:
    """Return what an address asks for."""
    lists = view.desk.lists.by_name
    codes = {name: {*(one.code for one in lists[of]), UNKNOWN} for name, of in LISTS.items()}
    return read_query(query, codes, supervises=view.act.who.may(Permission.SUPERVISE))


def today_of(view: View) -> Today:
    """Return the day by which lists are sorted."""
    return Today(view.act.on, view.desk.city)


def list_page(
    view: View,
    form: Mapping[str, list[str]] | None = None,
    checked: Checked | None = None,
    status: int = 200,
    *,
    corrections: Mapping[str, str] | None = None,
) -> Response:
    """Return the list that the address asks for, or the form under it with what to correct."""
    session, who, today = view.session, view.act.who, today_of(view)
    end_after_the_years(session, view.act)
    renew_some(session, view.act)
    take_over_some(session, view.act)
    query = form["query"][0] if form and form.get("query") else view.request.url.query
    read = read_of(view, query)
    asked = read.asked
    found = cases_of(session, who, asked, today, areas_of(view))
    note_read(view, asked, len(found.lines))
    shown = [line.case.id for line in found.lines]
    counted = counts(session, who, asked, today)
    due_before = scan_due_before(today.city.calendar, today.on)
    supervises = who.may(Permission.SUPERVISE)
    late = sum(late_counts(session, today.city, today.on, who).values()) if supervises else 0
    wrong = corrections_of(read, view)
    return view.render(
        "cases.html",
        422 if wrong else status,
        found=found,
        asked=asked,
        query=query,
        is_near=is_near,
        first={key: row.state for key, row in first_open(session, shown).items()},
        scan_due_before=due_before,
        unscanned=without_scan(session, who, due_before, only_own=asked.only_own),
        scanned=scanned(session, shown),
        counts=counted,
        more=[code for code in ENDED if counted[code] == MOST_COUNTED],
        queue_names={code: view.text(words) for code, words in QUEUES.items()},
        whose_names={code: view.text(words) for code, words in WHOSE.items()},
        covered=covered_total(session, view.act),
        without_key=given_without_a_key(session, who),
        late=late,
        supervises=supervises,
        views=views.of(session, view.act),
        choices_of=_choices(view, asked),
        sorts=_sorts(view, asked),
        filters=read.filled,
        given=form or {},
        misread=misread_in(read, view),
        corrections=wrong | (checked.corrections if checked else {}) | dict(corrections or {}),
        numbers=checked.numbers if checked else {},
    )


def areas_of(view: View) -> list[str]:
    """Return the areas of life in the order of their words."""
    vocabulary = view.desk.lists.by_name["areas"]
    return by_words({code: view.label("areas", code) for code in (*vocabulary.codes, UNKNOWN)})


def _sorts(view: View, asked: Asked) -> list[tuple[str, str]]:
    """Return the orders to choose from, and the one that is asked for if it is one turned round."""
    found = [(code, view.text(words)) for code, words in SORTS.items()]
    if asked.sort.startswith("-"):
        words = view.text(SORTS[asked.sort.removeprefix("-")])
        found.append((asked.sort, view.text(TURNED_ROUND, order=words)))
    return found


def _choices(view: View, asked: Asked) -> dict[str, list[tuple[str, str]]]:
    lists, tag = view.desk.lists, view.language.tag
    found = {}
    for name, of in LISTS.items():
        if name == "stage":
            found[name] = [(code, lists.label(of, code, tag)) for code in MOVES if code != "closed"]
            continue
        codes = lists.kept(of, view.act.on, also=[getattr(asked, name)] if getattr(asked, name) else ())
        found[name] = [(code, lists.label(of, code, tag)) for code in codes]
    found["state"] = [(code, view.text(STATES[code])) for code in OPEN_STATES]
    people = advisers_of(view.session, view.act.who)
    return {**found, "adviser": [(str(own), name) for own, name in people]}
