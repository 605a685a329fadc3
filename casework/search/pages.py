"""The page on which cases are looked for. What is typed comes by POST and stands in no address and no log."""

from typing import Final

from starlette.responses import Response

from casework.conflicts.blind_index import has_letters
from casework.conflicts.errors import NamesKeyNeeded
from casework.conflicts.rules import LONGEST_NAME, NOT_EXACT, ROLES
from casework.doors import FormDep, desk_router, require
from casework.forms import WRITE_SOMETHING, Checked
from casework.search.queries import Results, Wanted, by_codes, by_name, by_number, by_words
from casework.search.rules import LONGEST_SOUGHT, folded
from casework.seeing import Seen
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.timeline.actions import record
from casework.timeline.queries import names_of
from casework.transactions import attempt
from office.languages import mark

router = desk_router()

WAYS: Final = {
    "number": mark("Number"),
    "codes": mark("Codes and days"),
    "name": mark("Name of somebody"),
    "words": mark("Words in what was told or written"),
}
PLACES: Final = {
    "story": mark("in what the person told"),
    "in": mark("in a message of the person"),
    "out": mark("in a message to the person"),
    "note": mark("in a note"),
    "advice": mark("in advice"),
    "track": mark("in a track or a remedy"),
    "deadline": mark("at a deadline"),
    "competence": mark("in what is said of who is competent"),
    "task": mark("in a task or what is next"),
    "letter": mark("in a letter that was sent"),
    "document": mark("in the title of a document, or in the note on it"),
}
CODES: Final = {
    "area": "areas",
    "respondent": "respondents",
    "district": "districts",
    "ground": "grounds",
    "conduct": "conduct",
    "stage": "stages",
}
"""Fields of codes, and the list each belongs to."""
NO_LETTERS: Final = mark("Write a name with letters or digits, so that it can be found.")
TOO_LONG_TO_SEEK: Final = mark("This is too long to search for. Write fewer words.")
NEEDS_THE_KEY: Final = mark("You need the key Names to search for a name. Ask a colleague who holds it.")
LAST_BEFORE_FIRST: Final = mark("The last day is before the first.")


@router.get("/{language}/search")
def show_search(view: ViewDep) -> Response:
    """Show the form of one way to search."""
    require(view.act.who, Permission.CASES)
    return _page(view, _way(view.request.query_params.get("how", "")))


@router.post("/{language}/search")
def search(view: ViewDep, form: FormDep) -> Response:
    """Look for cases and show what was found; that somebody looked is on the record, without the words."""
    require(view.act.who, Permission.CASES)
    how, checked, after = _way(form.one("how")), Checked(form, view.language), form.one("after")
    if how == "number":
        return _number(view, checked)
    if how == "codes":
        return _codes(view, checked, after)
    if how == "name":
        return _name(view, checked, after)
    return _words(view, checked, after)


def _number(view: View, checked: Checked) -> Response:
    typed = _sought(checked, "number")
    if checked.corrections:
        return _page(view, "number", checked, status=422)
    seen = by_number(view.session, view.act.who, typed)
    _on_record(view, "number", [one.number for one in seen])
    return _page(view, "number", checked, seen=seen)


def _codes(view: View, checked: Checked, after: str) -> Response:
    lists, day = view.desk.lists, view.act.on
    chosen = {name: checked.form.one(name) for name in CODES}
    for name, code in chosen.items():
        if code and code not in lists.kept(CODES[name], day):
            checked.one(name, lists.kept(CODES[name], day))
    first, last = checked.day("first", needed=False), checked.day("last", needed=False)
    if first and last and last < first:
        checked.wrong("last", LAST_BEFORE_FIRST)
    if not any(chosen.values()) and not (first or last):
        checked.wrong("area", WRITE_SOMETHING)
    if checked.corrections:
        return _page(view, "codes", checked, status=422)
    results = by_codes(view.session, view.act.who, Wanted(**chosen, first=first, last=last), after)
    _on_record(view, "codes", _numbers(results))
    return _page(view, "codes", checked, results)


def _name(view: View, checked: Checked, after: str) -> Response:
    name = _sought(checked, "name", longest=LONGEST_NAME)
    if name and not has_letters((name,), is_organisation=False):
        checked.wrong("name", NO_LETTERS)
    if checked.corrections:
        return _page(view, "name", checked, status=422)
    try:
        with attempt(view.session):
            results = by_name(view.session, name, view.act, after)
    except NamesKeyNeeded:
        return _page(view, "name", checked, status=403, changed=view.text(NEEDS_THE_KEY))
    _on_record(view, "name", _numbers(results))
    return _page(view, "name", checked, results)


def _words(view: View, checked: Checked, after: str) -> Response:
    words = _sought(checked, "words")
    if words and not folded(words):
        checked.wrong("words", WRITE_SOMETHING)
    if checked.corrections:
        return _page(view, "words", checked, status=422)
    results = by_words(view.session, words, view.act, after)
    _on_record(view, "words", _numbers(results), opened=results.opened)
    return _page(view, "words", checked, results)


def _sought(checked: Checked, field: str, *, longest: int = LONGEST_SOUGHT) -> str:
    """Return what was typed; a number of a document in it is kept nowhere, so nobody is asked about it."""
    typed = checked.form.one(field).strip()
    if not typed:
        checked.wrong(field, WRITE_SOMETHING)
    elif len(typed) > longest:
        checked.wrong(field, TOO_LONG_TO_SEEK)
    return typed


def _on_record(view: View, how: str, found: list[str], opened: int | None = None) -> None:
    """Keep that somebody looked and what was found; a search for a name is told apart."""
    act = view.act
    if how == "name":
        record(view.session, "names_searched", at=act.at, by=act.who.id, how=how, found=found)
    else:
        record(view.session, "cases_searched", at=act.at, by=act.who.id, how=how, found=found, opened=opened)


def _numbers(results: Results) -> list[str]:
    return [one.case.reference for one in results.found]


def _way(how: str) -> str:
    return how if how in WAYS else next(iter(WAYS))


def _page(
    view: View,
    how: str,
    checked: Checked | None = None,
    results: Results | None = None,
    *,
    seen: list[Seen] | None = None,
    status: int = 200,
    changed: str = "",
) -> Response:
    lists, day, tag = view.desk.lists, view.act.on, view.language.tag
    found = results.found if results else ()
    given = checked.form if checked else {}
    return view.render(
        "search.html",
        status,
        how=how,
        ways=[(code, view.text(words)) for code, words in WAYS.items()],
        choices_of={name: [(one.value, one.text) for one in lists.choices(of, day, tag)]
                    for name, of in CODES.items()},
        results=results,
        seen=seen,
        advisers=names_of(view.session, [one.case.assigned_to for one in found]),
        places={code: view.text(words) for code, words in PLACES.items()},
        not_exact={code: view.text(words) for code, words in NOT_EXACT.items()},
        roles={code: view.text(words) for code, words in ROLES.items()},
        onwards=[(name, value) for name, values in given.items() if name != "after" for value in values],
        changed=changed,
        given=given,
        corrections=checked.corrections if checked else {},
    )  # fmt: skip
