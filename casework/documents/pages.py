"""The documents of a case on the screen: their list, adding one, one with its file, and noting a mistake."""

from typing import Final
from uuid import UUID

from starlette.responses import Response

from casework.attachments import pages as files
from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.documents import actions
from casework.documents.access import file_of_document
from casework.documents.copies import originals
from casework.documents.errors import AlreadyVoid, KindNotTaken
from casework.documents.queries import ShownDocument, document_of
from casework.documents.receiving import FILE, Upload, UploadDep
from casework.documents.rules import KINDS, LARGEST, NO_WORDS, ORIGINS, PRIVILEGES
from casework.documents.wording import WITHOUT_WORDS, lines_of, shown_documents
from casework.doors import FormDep, desk_router
from casework.forms import DAY_IS_TO_COME, NOT_ON_THE_LIST, Checked
from casework.showing import View, ViewDep, size_shown
from casework.transactions import attempt
from office.languages import mark

router = desk_router()

CASE: Final = "/{language}/cases/{number}/documents"
ONE: Final = CASE + "/{place}"
REFUSALS: Final = (AlreadyVoid, ConflictUndecided, AdviserKeepsOut)
ALL: Final = ""

CHOOSE_A_FILE: Final = mark("Choose a file.")
CHOOSE_AGAIN: Final = mark("Choose the file again: a page that comes back does not keep it.")
IS_EMPTY: Final = mark("This file is empty.")
NOT_TAKEN: Final = mark(
    "A file of this kind is not taken. Taken are PDF, JPEG, PNG and WebP, Word (docx), OpenDocument (odt), "
    "plain text, MP3, M4A and Ogg, MP4, and e-mails (eml)."
)
TOO_LARGE: Final = mark(
    "This file is too large: it may have %(most)s at most. Nothing of it was kept. What you wrote is below."
)
NOT_WHOLE: Final = mark("The file did not arrive whole, so nothing of it was kept. Choose it again.")


@router.get(CASE)
def show_documents(number: str, view: ViewDep) -> Response:
    """Show the documents of a case, and the form that adds one."""
    case = case_for(view.session, view.act, number)
    return _list(view, case)


@router.post(CASE)
def add(number: str, upload: UploadDep, view: ViewDep) -> Response:
    """Add a document; its form was read after the door (`receiving`)."""
    case = case_for(view.session, view.act, number, to_change=True)
    form = upload.form
    checked = Checked(form, view.language)
    noted = _noted(view, case, checked)
    clear = _file(view, checked, upload)
    if upload.is_too_large:
        return _list(view, case, checked, status=413)
    if clear is None or not checked.is_right:
        return _list(view, case, checked, status=422)
    try:
        with attempt(view.session):
            row = actions.add_document(view.session, case, noted, clear, upload.name, view.act)
    except KindNotTaken:
        checked.wrong(FILE, NOT_TAKEN)
        return _list(view, case, checked, status=422)
    except REFUSALS as error:
        checked.wrong(FILE, CHOOSE_AGAIN)
        return _list(view, case, checked, status=409, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/documents/{row.number}", "document_added")


@router.get(ONE)
def show_document(number: str, place: str, view: ViewDep) -> Response:
    """Show what is noted of one document; its file is opened on a page of its own, on the record."""
    case = case_for(view.session, view.act, number)
    return _page(view, case, document_of(view.session, case, place, view.act))


@router.post(ONE + "/voiding")
def void(number: str, place: str, view: ViewDep, form: FormDep) -> Response:
    """Note that a document was added by mistake, with why."""
    case = case_for(view.session, view.act, number, to_change=True)
    one = document_of(view.session, case, place, view.act)
    checked = Checked(form, view.language)
    reason = checked.text("document_void_reason")
    if not checked.is_right:
        return _page(view, case, one, checked, status=422)
    try:
        with attempt(view.session):
            actions.void_document(view.session, case, one, reason, view.act)
    except REFUSALS as error:
        return _page(view, case, one, checked, status=409, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/documents/{one.row.number}", "document_voided")


@router.get(ONE + "/file")
def show_file(number: str, place: str, view: ViewDep) -> Response:
    """Show a clean copy of the file of a document, on the record."""
    return files.shown(view, file_of_document(view.session, view.act, number, place))


@router.get(ONE + "/file/sound")
def play_file(number: str, place: str, view: ViewDep) -> Response:
    """Give a sound or film to the player of its page, on the record."""
    return files.played(view, file_of_document(view.session, view.act, number, place))


@router.get(ONE + "/file/original")
def download_file(number: str, place: str, view: ViewDep) -> Response:
    """Give out the file as it was added, byte for byte, on the record."""
    return files.downloaded(view, file_of_document(view.session, view.act, number, place))


def _noted(view: View, case: CaseFile, checked: Checked) -> actions.Noted:
    on = checked.day("document_on", needed=False)
    if on is not None and on > view.act.on:
        checked.wrong("document_on", DAY_IS_TO_COME)
    copy_of = checked.some("document_copy_of", [str(one) for one in originals(view, case)], needed=False)
    spoken = view.desk.lists.kept("languages", view.act.on, also=[case.language])
    return actions.Noted(
        title=checked.text("document_title"),
        kind=checked.one("document_kind", tuple(KINDS)),
        origin=checked.one("document_origin", tuple(ORIGINS)),
        who=checked.text("document_who", needed=False),
        on=on,
        language=checked.one("document_language", (*spoken, NO_WORDS)),
        privilege=checked.one("document_privilege", tuple(PRIVILEGES)),
        note=checked.text("document_note", needed=False),
        copy_of=UUID(copy_of[0]) if copy_of and checked.is_right else None,
    )


def _file(view: View, checked: Checked, upload: Upload) -> bytes | None:
    """Return the file that came; what is wrong with it is a correction, as is what a browser forgets."""
    if upload.is_too_large:
        checked.wrong(FILE, TOO_LARGE, most=size_shown(LARGEST, view.language))
    elif upload.is_broken:
        checked.wrong(FILE, NOT_WHOLE)
    elif upload.clear is None:
        checked.wrong(FILE, CHOOSE_A_FILE)
    elif not upload.clear:
        checked.wrong(FILE, IS_EMPTY)
    elif not checked.is_right:
        checked.wrong(FILE, CHOOSE_AGAIN)
    return upload.clear


def _list(
    view: View, case: CaseFile, checked: Checked | None = None, *, status: int = 200, changed: str = ""
) -> Response:
    leave_trace(view.session, case, view.act)
    asked = view.request.query_params.get("kind", ALL)
    lines, wrong = shown_documents(view, case), {}
    if asked and asked not in KINDS:
        wrong, status = {"kind": view.text(NOT_ON_THE_LIST)}, 422
    lists, tag = view.desk.lists, view.language.tag
    tongues = lists.choices("languages", view.act.on, tag, also=[case.language])
    return view.render(
        "documents.html",
        status,
        case=case,
        documents=[one for one in lines if asked not in KINDS or one.words.kind == asked],
        total=len(lines),
        asked=asked,
        kinds=_choices(view, KINDS),
        origins=_choices(view, ORIGINS),
        privileges=_choices(view, PRIVILEGES),
        tongues=[(one.value, one.text) for one in tongues] + [(NO_WORDS, view.text(WITHOUT_WORDS))],
        originals=[(str(one), name) for one, name in originals(view, case).items()],
        largest=LARGEST,
        given={"document_language": [case.language], **(checked.form if checked else {})},
        corrections=checked.corrections if checked else wrong,
        numbers=checked.numbers if checked else {},
        changed=changed,
    )


def _choices(view: View, codes: dict[str, str]) -> list[tuple[str, str]]:
    return [(code, view.text(sentence)) for code, sentence in codes.items()]


def _page(
    view: View,
    case: CaseFile,
    one: ShownDocument,
    checked: Checked | None = None,
    *,
    status: int = 200,
    changed: str = "",
) -> Response:
    leave_trace(view.session, case, view.act)
    (line,) = lines_of(view, case, [one])
    return view.render(
        "document.html",
        status,
        case=case,
        one=line,
        given=checked.form if checked else {},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )
