"""How the person of a case is reached without danger, on the screen."""

from typing import Final

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.content import has_contact
from casework.cases.errors import CaseChanged
from casework.cases.tables import CaseFile
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.safe_contact.actions import set_rule
from casework.safe_contact.asking import asked_rule, hour_shown, offered
from casework.safe_contact.content import SafeWords
from casework.safe_contact.queries import ways_of
from casework.safe_contact.rules import BY_NOTICE, LONGEST_WORDS, WAYS, Window
from casework.showing import View, ViewDep
from casework.transactions import attempt
from office.languages import mark

router = desk_router()

WORDS_TOO_LONG: Final = mark("Write at most %(count)s characters.")


@router.get("/{language}/cases/{number}/safe-contact")
def show_ways(number: str, view: ViewDep) -> Response:
    """Show which ways are safe, on the record."""
    case = case_for(view.session, view.act, number)
    return _page(view, case)


@router.post("/{language}/cases/{number}/safe-contact")
def note_way(number: str, view: ViewDep, form: FormDep) -> Response:
    """Note what holds for one way, with the reason."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    way = checked.one("way", tuple(WAYS))
    words, reason = checked.text("safe_words", needed=False), checked.text("safe_reason")
    rule, window = asked_rule(checked, words, "safe_words")
    for field, written in (("safe_words", words), ("safe_reason", reason)):
        if len(written) > LONGEST_WORDS:
            checked.wrong(field, WORDS_TOO_LONG, count=LONGEST_WORDS)
    if not checked.is_right:
        return _page(view, case, form, checked)
    try:
        with attempt(view.session):
            kept = SafeWords(words=words, reason=reason)
            version = checked.version()
            ended = set_rule(view.session, case, way, rule, kept, view.act, version=version, window=window)
    except CaseChanged as error:
        view.session.refresh(case)
        return _page(view, case, form, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/safe-contact", "tasks_ended" if ended else "safe_contact_set")


def _in_words(view: View, window: Window | None) -> str:
    if window is None:
        return ""
    names = view.language.days_of_week()
    days = view.language.listed([names[int(day) - 1] for day in window.days])
    first, last = hour_shown(view, window.from_hour), hour_shown(view, window.to_hour)
    return view.text("%(days)s, %(first)s to %(last)s", days=days, first=first, last=last)


def _page(
    view: View,
    case: CaseFile,
    given: dict[str, list[str]] | None = None,
    checked: Checked | None = None,
    *,
    changed: str = "",
) -> Response:
    leave_trace(view.session, case, view.act)
    shown = ways_of(view.session, case, view.act)
    return view.render(
        "safe_contact.html",
        409 if changed else 422 if checked else 200,
        case=case,
        shown_ways=shown,
        has_contact=has_contact(view.session, case),
        ways={code: view.text(sentence) for code, sentence in WAYS.items()},
        windows={one.way: _in_words(view, one.row.window if one.row else None) for one in shown},
        by_notice=BY_NOTICE,
        given=given or {},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
        **offered(view),
    )
