"""Referrals in words: items, what may be chosen, and what a form said."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from casework.attachments.access import files_in
from casework.cases.tables import CaseFile
from casework.forms import Checked
from casework.referrals.content import Pack
from casework.referrals.rules import DOCUMENT, EVIDENCE, ITEMS, MOST_DOCUMENTS, ConsentGiven
from office.languages import Language, mark
from office.web.parts import Choice

if TYPE_CHECKING:
    from casework.showing import View

LONGEST_LINE: Final = 300
LONGEST_SUMMARY: Final = 4_000
LINE_TOO_LONG: Final = mark("This is too long for one line.")
SUMMARY_TOO_LONG: Final = mark("This is too long: %(count)s characters, and %(most)s fit.")
TOO_MANY_FILES: Final = mark("Choose at most %(count)s documents.")
NOTHING_TO_TELL: Final = mark("Write at least one thing that could be told.")
DAY_IS_NEEDED: Final = mark("Write the day.")
FILE: Final = mark("Document %(number)s")


def item_name(code: str, language: Language) -> str:
    """Return what an item is called; a document has its number here and its name only where it is sealed."""
    if code.startswith(DOCUMENT):
        return language.gettext(FILE, number=code.removeprefix(DOCUMENT))
    return language.gettext(ITEMS[code]) if code in ITEMS else code


def items_named(codes: Iterable[str], language: Language) -> str:
    """Return items in words."""
    return language.listed([item_name(code, language) for code in codes])


def told_of(pack: Pack, view_label: Mapping[str, str], language: Language) -> list[tuple[str, str, str]]:
    """Return the items of a pack: code, name and what is told."""
    return [
        (code, item_name(code, language), view_label.get(value, value) if code == "language" else value)
        for code, value in pack.items.items()
    ]


def languages_of(view: "View") -> list[tuple[str, str]]:
    """Return the languages that may be chosen, by their codes."""
    tag = view.language.tag
    return [(one.value, one.text) for one in view.desk.lists.choices("languages", view.act.on, tag)]


def choices_of(view: "View", codes: Mapping[str, str], only: Sequence[str] | None = None) -> list[Choice]:
    """Return the choices of a closed list of this folder."""
    return [Choice(code, view.text(told)) for code, told in codes.items() if only is None or code in only]


def pack_in(checked: Checked, view: "View", case: CaseFile) -> Pack | None:
    """Return what a form says could be told, or None if it must be corrected."""
    names = files_in(view.session, view.act, case)
    name, phone, email = (line(checked, f"told_{field}") for field in ("name", "phone", "email"))
    known = [code for code, _ in languages_of(view)]
    language = checked.one("told_language", known) if checked.form.one("told_language") else ""
    chosen = checked.some("told_documents", [str(place) for place in range(len(names))], needed=False)
    summary = checked.text("told_summary", needed=False)
    if len(summary) > LONGEST_SUMMARY:
        checked.wrong("told_summary", SUMMARY_TOO_LONG, count=len(summary), most=LONGEST_SUMMARY)
    if len(chosen) > MOST_DOCUMENTS:
        checked.wrong("told_documents", TOO_MANY_FILES, count=MOST_DOCUMENTS)
    if not checked.is_right:
        return None
    documents = tuple(names[int(place)] for place in chosen)
    pack = Pack(name=name, phone=phone, email=email, language=language, summary=summary, documents=documents)
    if not pack.items:
        checked.wrong("told_name", NOTHING_TO_TELL)
        return None
    return pack


def typed_of(pack: Pack, names: Sequence[str]) -> dict[str, list[str]]:
    """Return a pack as its form holds it."""
    given = {f"told_{name}": [getattr(pack, name)] for name in ITEMS}
    given["told_documents"] = [str(names.index(name)) for name in pack.documents if name in names]
    return given


def consent_in(checked: Checked, view: "View", pack: Pack) -> ConsentGiven | None:
    """Return what a form says the person consented to, or None if it must be corrected."""
    items = checked.some("items", tuple(pack.items))
    asked_in = checked.one("asked_in", [code for code, _ in languages_of(view)])
    evidence = checked.one("evidence", tuple(EVIDENCE))
    on = needed(checked, "consented_on", checked.day_back("consented_on", view.act.on))
    until = needed(checked, "consent_until", checked.day_ahead("consent_until", view.act.on))
    if on is None or until is None or not checked.is_right:
        return None
    return ConsentGiven(items, asked_in, evidence, on, until)


def line(checked: Checked, name: str, *, most: int = LONGEST_LINE) -> str:
    """Return one line of a form that may be empty."""
    written = checked.text(name, needed=False)
    if len(written) > most:
        checked.wrong(name, LINE_TOO_LONG)
    return written


def needed(checked: Checked, name: str, day: date | None) -> date | None:
    """Return a day, and note a correction if there is none."""
    if day is None:
        checked.wrong(name, DAY_IS_NEEDED)
    return day


def day_typed(name: str, day: date) -> dict[str, list[str]]:
    """Return a day as a form holds it."""
    return {f"{name}-day": [str(day.day)], f"{name}-month": [str(day.month)], f"{name}-year": [str(day.year)]}
