"""The languages in which somebody of the office works, on a page of their own."""

from starlette.responses import Response

from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.interpreters.rules import LEVELS
from casework.interpreters.speaking import note_own_languages, own_languages
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.transactions import attempt

router = desk_router()

Given = dict[str, list[str]]


@router.get("/{language}/my-languages")
def show_own_languages(view: ViewDep) -> Response:
    """Show somebody the languages they said they work in."""
    given: Given = {level: [] for level in LEVELS}
    for row in own_languages(view.session, view.act.who.id):
        given[row.level_code].append(row.language_code)
    return _page(view, given)


@router.post("/{language}/my-languages")
def keep_own_languages(view: ViewDep, form: FormDep) -> Response:
    """Keep them: of a language ticked twice the better counts."""
    checked = Checked(form, view.language)
    allowed = [code for code, _ in languages_of(view)]
    levels: dict[str, str] = {}
    for level in LEVELS:
        for code in checked.some(level, allowed, needed=False):
            levels.setdefault(code, level)
    if not checked.is_right:
        return _page(view, form, checked, 422)
    with attempt(view.session):
        note_own_languages(view.session, levels, view.act)
    return view.go("my-languages", "own_languages_noted")


def languages_of(view: View) -> list[tuple[str, str]]:
    """Return the languages somebody can speak or sign: one written easily is no other tongue."""
    every = view.desk.lists.choices("languages", view.act.on, view.language.tag)
    return [(one.value, one.text) for one in every if "-x-" not in one.value]


def _page(view: View, given: Given, checked: Checked | None = None, status: int = 200) -> Response:
    return view.render(
        "my_languages.html",
        status,
        is_own_page=True,
        may_read_directory=view.act.who.may(Permission.CASES),
        levels=[(code, view.text(words)) for code, words in LEVELS.items()],
        tongues=languages_of(view),
        given=given,
        corrections=checked.corrections if checked else {},
    )
