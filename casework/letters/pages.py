"""The letters of a case on the screen: begun, filled in, looked at on paper, made, sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from fastapi import Depends
from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.errors import CaseAlreadyClosed
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.doors import FormDep, desk_router
from casework.forms import LONGEST_TEXT, Checked
from casework.letters import actions
from casework.letters.content import LetterText
from casework.letters.drawing import MISSING, body_of, pdf_of_letter
from casework.letters.errors import (
    AddressNotSafe,
    LetterChanged,
    LetterIncomplete,
    LetterNotForCase,
    LetterNotFound,
    LetterTooLarge,
    TemplateBroken,
)
from casework.letters.filling import Filled, filled, fits, suggested
from casework.letters.queries import file_of, letter_for, shown_letter
from casework.letters.rules import (
    FIELDS,
    FORMATS,
    LONGEST_LINE,
    VIAS,
)
from casework.letters.shelf import Template, templates
from casework.letters.tables import Letter
from casework.letters.word.filling import filled_word, word_of_body
from casework.letters.wording import Given, letter_list, letter_page, offered, tongues_of, typed_fields
from casework.safe_contact.errors import WayNotSafe
from casework.showing import View, ViewDep
from casework.states.errors import ClosingAsked
from casework.transactions import attempt
from office.languages import Language, language, mark
from office.paper.printing import NoPdf, make_ready

router = desk_router()

CASE: Final = "/{language}/cases/{number}/letters"
ONE: Final = CASE + "/{letter_id}"
REFUSALS: Final = (
    LetterChanged,
    LetterIncomplete,
    LetterNotForCase,
    LetterTooLarge,
    AddressNotSafe,
    TemplateBroken,
    WayNotSafe,
    NoPdf,
    CaseAlreadyClosed,
    ClosingAsked,
    ConflictUndecided,
    AdviserKeepsOut,
)
NOT_IN_IT: Final = mark("This template has no text in that language. Choose one of: %(languages)s.")
ON_WHICH_DAY: Final = mark("Write on which day it left.")
BEFORE_IT_WAS_MADE: Final = mark("The letter was made later than this day.")


@router.get(CASE)
def show_letters(number: str, view: ViewDep) -> Response:
    """Show the letters of a case and the form that begins one, on the record."""
    case = case_for(view.session, view.act, number)
    return letter_list(view, case)


@router.post(CASE)
def begin(number: str, view: ViewDep, form: FormDep) -> Response:
    """Begin a letter from a template, filled with what the case tells."""
    case = case_for(view.session, view.act, number, to_change=True)
    shelf, checked = offered(view, case), Checked(form, view.language)
    name, tag = checked.one("template", shelf), checked.one("letter_language", tongues_of(view))
    template = shelf.get(name)
    if template is not None and checked.is_right and tag not in template.languages:
        told = ", ".join(view.label("languages", one) for one in template.languages)
        checked.wrong("letter_language", NOT_IN_IT, languages=told)
    if template is None or not checked.is_right:
        return letter_list(view, case, form, checked, 422)
    text = LetterText(language=tag, fields=suggested(view, case, template, tag))
    try:
        with attempt(view.session):
            letter = actions.begin(view.session, case, template, text, view.act)
    except REFUSALS as error:
        return letter_list(view, case, form, None, 409, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/letters/{letter.id}", "letter_begun")


@router.get(ONE)
def show_letter(number: str, letter_id: str, view: ViewDep) -> Response:
    """Show one letter with its fields, on the record."""
    case = case_for(view.session, view.act, number)
    return letter_page(view, case, letter_for(view.session, case, letter_id))


@router.post(ONE + "/text")
def write(number: str, letter_id: str, view: ViewDep, form: FormDep) -> Response:
    """Keep what was typed in the fields."""
    case, letter = _opened(view, number, letter_id)
    template = templates(view.desk.home).get(letter.template)
    checked = Checked(form, view.language)
    tag = shown_letter(view.session, case, letter, view.act).text.language
    typed = {
        code: checked.text(
            f"field_{code}", needed=False, most=LONGEST_LINE if FIELDS[code].rows == 1 else LONGEST_TEXT
        )
        for code in typed_fields(template, tag)
    }
    if not checked.is_right:
        return letter_page(view, case, letter, form, checked, 422)
    return _done(
        view,
        case,
        letter,
        form,
        "letter_kept",
        lambda: actions.write(view.session, case, letter, typed, view.act, version=checked.version()),
    )


@router.get(ONE + "/preview", dependencies=[Depends(make_ready)])
def preview(number: str, letter_id: str, view: ViewDep) -> Response:
    """Show a letter as it will be on paper, with what is missing marked in it; kept nowhere."""
    case = case_for(view.session, view.act, number)
    letter = letter_for(view.session, case, letter_id)
    try:
        clear = _drawn(_sheet(view, case, letter))
    except (TemplateBroken, NoPdf) as error:
        return letter_page(view, case, letter, status=409, changed=view.text(error.sentence))
    actions.note_opened(view.session, letter, view.act)
    return _paper(clear, "pdf", inline=True)


@router.get(ONE + "/word")
def take_word(number: str, letter_id: str, view: ViewDep) -> Response:
    """Hand out a letter as a document for a word processor, with what is missing marked; kept nowhere."""
    case = case_for(view.session, view.act, number)
    letter = letter_for(view.session, case, letter_id)
    try:
        clear = _written(_sheet(view, case, letter))
    except TemplateBroken as error:
        return letter_page(view, case, letter, status=409, changed=view.text(error.sentence))
    actions.note_taken(view.session, letter, view.act)
    return _paper(clear, "docx", inline=False)


@router.post(ONE + "/making", dependencies=[Depends(make_ready)])
def make(number: str, letter_id: str, view: ViewDep, form: FormDep) -> Response:
    """Make the finished letter and keep it, sealed."""
    case, letter = _opened(view, number, letter_id)
    version = Checked(form, view.language).version()
    template = templates(view.desk.home).get(letter.template)

    def act() -> None:
        if template is None:
            raise TemplateBroken
        if not fits(template, case, view.act.city):
            raise LetterNotForCase(case=case.reference)
        sheet = _sheet(view, case, letter)
        actions.require_whole(view.session, case, letter, sheet.found, version)
        files = {"pdf": _drawn(sheet), "docx": _written(sheet)}
        actions.make(view.session, case, letter, template, sheet.found, files, view.act, version=version)

    return _done(view, case, letter, form, "letter_made", act)


@router.post(ONE + "/sending")
def send(number: str, letter_id: str, view: ViewDep, form: FormDep) -> Response:
    """Note by which way and when the letter left."""
    case, letter = _opened(view, number, letter_id)
    checked = Checked(form, view.language)
    via, on = checked.one("via", tuple(VIAS)), checked.day_back("left_on", view.act.on)
    if on is None:
        checked.wrong("left_on", ON_WHICH_DAY)
    newest = shown_letter(view.session, case, letter, view.act).newest
    if on is not None and any(on < one.made_on for one in newest):
        checked.wrong("left_on", BEFORE_IT_WAS_MADE)
    if on is None or not checked.is_right:
        return letter_page(view, case, letter, form, checked, 422)
    return _done(
        view,
        case,
        letter,
        form,
        "letter_sent",
        lambda: actions.note_sent(view.session, case, letter, via, on, view.act, version=checked.version()),
    )


@router.get(ONE + "/files/{file_number}/{file_format}")
def show_file(number: str, letter_id: str, file_number: str, file_format: str, view: ViewDep) -> Response:
    """Hand out a finished file, on the record."""
    case = case_for(view.session, view.act, number)
    letter = letter_for(view.session, case, letter_id)
    if file_format not in FORMATS or not (file_number.isascii() and file_number.isdigit()):
        raise LetterNotFound(case=case.reference)
    clear = file_of(view.session, case, letter, int(file_number[:6]), file_format, view.act)
    note = actions.note_opened if file_format == "pdf" else actions.note_taken
    note(view.session, letter, view.act)
    return _paper(clear, file_format, inline=file_format == "pdf")


def _paper(clear: bytes, file_format: str, *, inline: bool) -> Response:
    """Return a paper; its name says nothing of the case, for it stays among somebody's downloads."""
    how = "inline" if inline else "attachment"
    headers = {
        "Content-Disposition": f'{how}; filename="letter.{file_format}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(clear, 200, headers, FORMATS[file_format])


def _opened(view: View, number: str, letter_id: str) -> tuple[CaseFile, Letter]:
    case = case_for(view.session, view.act, number, to_change=True)
    return case, letter_for(view.session, case, letter_id, to_change=True)


def _done(
    view: View, case: CaseFile, letter: Letter, form: Given, done: str, act: Callable[[], None]
) -> Response:
    try:
        with attempt(view.session):
            act()
    except REFUSALS as error:
        view.session.refresh(letter)
        return letter_page(view, case, letter, form, None, 409, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/letters/{letter.id}", done)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a letter is drawn from: its template, language and fields, and how what is missing is marked."""

    template: Template
    written: Language
    found: Filled
    missing: Mapping[str, str]

    def body(self) -> str:
        """Return the text as HTML."""
        return body_of(
            self.template.source(self.written.tag),
            self.found.values,
            self.written,
            missing=self.missing,
            blank=self.template.head.by_hand,
        )


def _sheet(view: View, case: CaseFile, letter: Letter) -> _Sheet:
    template = templates(view.desk.home).get(letter.template)
    if template is None:
        raise TemplateBroken
    text = shown_letter(view.session, case, letter, view.act).text
    found = filled(view, case, template, text.language, text.fields)
    missing = {code: view.text(MISSING, what=view.text(FIELDS[code].label)) for code in found.missing}
    return _Sheet(template, language(text.language, "office"), found, missing)


def _drawn(sheet: _Sheet) -> bytes:
    """Return a letter as PDF, with what is missing marked."""
    return pdf_of_letter(sheet.body(), sheet.written, sheet.found.values["office_name"])


def _written(sheet: _Sheet) -> bytes:
    """Return a letter as a document for a word processor: the office's own, or the text of the PDF."""
    title, own = sheet.found.values["office_name"], sheet.template.word(sheet.written.tag)
    if own is None:
        return word_of_body(sheet.body(), sheet.written, title)
    blank = sheet.template.head.by_hand
    return filled_word(own, sheet.found.values, sheet.written, title, missing=sheet.missing, blank=blank)
