"""The dossiers of a case on the screen: what is in one, the person's consent, and handing it out."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from fastapi import Depends
from starlette.responses import Response, StreamingResponse

from casework.attachments.access import Held
from casework.attachments.actions import note_damage
from casework.attachments.errors import FileDamaged, FileIncomplete
from casework.attachments.queries import original
from casework.cases.access import case_for
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.conflicts.guards import require_free_to_go_on
from casework.doors import FormDep, desk_router
from casework.dossiers import actions
from casework.dossiers.blacking import not_found
from casework.dossiers.content import DossierText
from casework.dossiers.errors import (
    DossierChanged,
    DossierConsentMissing,
    DossierCopiesChanged,
    DossierEmpty,
)
from casework.dossiers.making import Enclosed, archive, gathered, pdf_of_dossier, texts_of
from casework.dossiers.parts import files_of, misplaced, parts_of, require_copies
from casework.dossiers.queries import dossier_for, shown_dossier
from casework.dossiers.rules import IN, LANGUAGES, LEFT_OUT, SHORTEST, TO, phrases_in
from casework.dossiers.tables import Dossier
from casework.dossiers.withdrawing import revoke
from casework.dossiers.wording import Given, dossier_list, dossier_page
from casework.forms import Checked
from casework.messages.incoming import apply_consents
from casework.referrals.rules import EVIDENCE
from casework.showing import View, ViewDep
from casework.transactions import attempt
from office.errors import OfficeError
from office.handover.report import SentFile
from office.languages import mark
from office.paper.printing import NoPdf, make_ready

router = desk_router()

CASE: Final = "/{language}/cases/{number}/dossiers"
ONE: Final = CASE + "/{dossier_id}"
REFUSALS: Final = (
    DossierChanged,
    DossierConsentMissing,
    DossierCopiesChanged,
    DossierEmpty,
    NoPdf,
    ConflictUndecided,
    AdviserKeepsOut,
)
NOWHERE: Final = mark(
    "This stands in none of the texts that were chosen: %(phrases)s. Write it as it stands there."
)
TOO_SHORT: Final = mark("One letter alone cannot be blacked out.")
WHICH_DAY: Final = mark("Write on which day.")
INERT: Final = "default-src 'none'; sandbox"


@router.get(CASE)
def show_dossiers(number: str, view: ViewDep) -> Response:
    """Show the dossiers of a case and the form that begins one, on the record."""
    case = case_for(view.session, view.act, number)
    return dossier_list(view, case)


@router.post(CASE)
def begin(number: str, view: ViewDep, form: FormDep) -> Response:
    """Begin a dossier, with everything the person told and nothing between adviser and client."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    to = checked.one("dossier_to", tuple(TO))
    if not checked.is_right:
        return dossier_list(view, case, form, checked, 422)
    chosen = tuple(one.key for one in parts_of(view, case, LANGUAGES[0]) if not one.is_privileged)
    try:
        with attempt(view.session):
            row = actions.begin(view.session, case, to, DossierText(parts=chosen), view.act)
    except REFUSALS as error:
        return dossier_list(view, case, form, None, 409, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/dossiers/{row.id}", "dossier_kept")


@router.get(ONE)
def show_dossier(number: str, dossier_id: str, view: ViewDep) -> Response:
    """Show one dossier, on the record."""
    case = case_for(view.session, view.act, number)
    return dossier_page(view, case, dossier_for(view.session, case, dossier_id))


@router.post(ONE + "/text")
def write(number: str, dossier_id: str, view: ViewDep, form: FormDep) -> Response:
    """Keep for whom a dossier is, what is in it and what is blacked out."""
    case, row = _opened(view, number, dossier_id)
    checked = Checked(form, view.language)
    text = _asked(view, case, checked)
    if not checked.is_right:
        return dossier_page(view, case, row, form, checked, 422)
    made = shown_dossier(view.session, case, row, view.act).text.made
    kept = text.model_copy(update={"made": made})
    return _done(
        view,
        case,
        row,
        form,
        "dossier_kept",
        lambda: actions.write(view.session, case, row, kept, view.act, version=checked.version()),
    )


@router.post(ONE + "/consent")
def consent(number: str, dossier_id: str, view: ViewDep, form: FormDep) -> Response:
    """Note the person's consent to exactly this dossier for exactly this recipient."""
    case, row = _opened(view, number, dossier_id)
    apply_consents(view.session, view.act, case)
    checked = Checked(form, view.language)
    evidence = checked.one("evidence", tuple(EVIDENCE))
    words = checked.text("evidence_words", needed=False)
    on, until = checked.day_back("consented_on", view.act.on), checked.day_ahead("consent_until", view.act.on)
    for name, day in (("consented_on", on), ("consent_until", until)):
        if day is None:
            checked.wrong(name, WHICH_DAY)
    if on is None or until is None or not checked.is_right:
        return dossier_page(view, case, row, form, checked, 422)
    return _done(
        view,
        case,
        row,
        form,
        "dossier_consented",
        lambda: actions.note_consent(
            view.session,
            case,
            row,
            evidence,
            words,
            on,
            until,
            _agreed(view, case, row),
            view.act,
            version=checked.version(),
        ),
    )


@router.post(ONE + "/withdrawal")
def take_back(number: str, dossier_id: str, view: ViewDep) -> Response:
    """Note that the person took their consent back; it works at once, whatever the page showed."""
    case, row = _opened(view, number, dossier_id)
    revoke(view.session, row, by=view.act.who.id, at=view.act.at, on=view.act.on)
    return view.go(f"cases/{case.reference}/dossiers/{row.id}", "dossier_revoked")


@router.get(ONE + "/preview", dependencies=[Depends(make_ready)])
def preview(number: str, dossier_id: str, view: ViewDep) -> Response:
    """Show a dossier as it would be, marked as a draft, on the record."""
    case = case_for(view.session, view.act, number)
    row = dossier_for(view.session, case, dossier_id)
    actions.note_looked(view.session, row, view.act)
    text = shown_dossier(view.session, case, row, view.act).text
    try:
        with attempt(view.session):
            whole = gathered(view, case, text)
            pdf = pdf_of_dossier(view, case, text, whole, to=TO[row.to_code], is_draft=True)
    except NoPdf as error:
        return dossier_page(view, case, row, status=503, changed=view.text(error.sentence))
    return _paper(pdf, "inline")


@router.post(ONE + "/making", dependencies=[Depends(make_ready)])
def make(number: str, dossier_id: str, view: ViewDep, form: FormDep) -> Response:
    """Hand out the dossier as a PDF; its fingerprint and its index are kept, and the PDF is not."""
    case, row = _opened(view, number, dossier_id)
    apply_consents(view.session, view.act, case)
    version = Checked(form, view.language).version()
    try:
        with attempt(view.session):
            text = shown_dossier(view.session, case, row, view.act).text
            require_copies(view, case, text)
            whole = gathered(view, case, text)
            actions.require_consent(view.session, case, row, whole.fingerprint, view.act)
            pdf = pdf_of_dossier(view, case, text, whole, to=TO[row.to_code], is_draft=False)
            actions.make(view.session, case, row, pdf, whole, view.act, version=version)
    except REFUSALS as error:
        return _refused(view, case, row, form, error)
    return _paper(pdf, "attachment")


@router.post(ONE + "/files")
def take_files(number: str, dossier_id: str, view: ViewDep, form: FormDep) -> Response:
    """Hand out the files of a dossier as an archive; each was read whole before the first byte leaves."""
    case, row = _opened(view, number, dossier_id)
    apply_consents(view.session, view.act, case)
    text = shown_dossier(view.session, case, row, view.act).text
    whole = gathered(view, case, text)
    enclosed = whole.enclosed
    try:
        with attempt(view.session):
            require_copies(view, case, text)
            require_free_to_go_on(view.session, case)
            actions.require_consent(view.session, case, row, whole.fingerprint, view.act)
    except REFUSALS as error:
        return _refused(view, case, row, form, error)
    for one in enclosed:
        try:
            original(view.session, one.file, case.reference)
        except (FileIncomplete, FileDamaged) as error:
            note_damage(view.session, Held(one.file, case.reference, case), error, view.act)
            return dossier_page(view, case, row, status=409, changed=view.text(error.sentence))
    actions.note_files(view.session, row, view.act)
    headers = {
        "Content-Disposition": 'attachment; filename="files.zip"',
        "Content-Security-Policy": INERT,
    }
    return StreamingResponse(
        _archived(view, enclosed, case.reference), 200, headers, media_type="application/zip"
    )


def _archived(view: View, enclosed: Sequence[Enclosed], reference: str) -> Iterator[bytes]:
    """Yield the archive; each file is read in a short transaction of its own.

    The request's has ended by then, and whoever downloads slowly keeps nobody waiting.
    """

    def clear_of(file: SentFile) -> bytes:
        with view.desk.sessions.begin() as session:
            return original(session, file, reference)

    yield from archive(enclosed, clear_of)


def _agreed(view: View, case: CaseFile, row: Dossier) -> str:
    """Return the fingerprint to which a person can consent; to what goes nowhere they cannot."""
    text = shown_dossier(view.session, case, row, view.act).text
    require_copies(view, case, text)
    return gathered(view, case, text).fingerprint


def _paper(pdf: bytes, how: str) -> Response:
    headers = {"Content-Disposition": f'{how}; filename="dossier.pdf"', "Content-Security-Policy": INERT}
    return Response(pdf, 200, headers, "application/pdf")


def _asked(view: View, case: CaseFile, checked: Checked) -> DossierText:
    """Return what was typed; what is to be blacked out and stands nowhere is a correction."""
    tag = checked.one("dossier_language", LANGUAGES)
    keys = [one.key for one in parts_of(view, case, tag if tag in LANGUAGES else LANGUAGES[0])]
    files = {
        str(one.file_id): checked.one(f"file-{one.file_id}", (IN, *LEFT_OUT)) for one in files_of(view, case)
    }
    for own, sentence in misplaced(view, case, files).items():
        checked.wrong(f"file-{own}", sentence)
    text = DossierText(
        language=tag if tag in LANGUAGES else LANGUAGES[0],
        recipient=checked.text("dossier_for"),
        their_number=checked.text("their_number", needed=False),
        parts=checked.some("parts", keys, needed=False),
        files=files,
        blacked=checked.text("blacked_out", needed=False),
    )
    phrases = phrases_in(text.blacked)
    if any(len(one) < SHORTEST for one in phrases):
        checked.wrong("blacked_out", TOO_SHORT)
    elif nowhere := not_found(texts_of(view, case, text), phrases):
        checked.wrong("blacked_out", NOWHERE, phrases=view.language.listed([f"«{one}»" for one in nowhere]))
    return text


def _opened(view: View, number: str, dossier_id: str) -> tuple[CaseFile, Dossier]:
    case = case_for(view.session, view.act, number, to_change=True)
    return case, dossier_for(view.session, case, dossier_id, to_change=True)


def _done(
    view: View, case: CaseFile, row: Dossier, form: Given, done: str, act: Callable[[], None]
) -> Response:
    try:
        with attempt(view.session):
            act()
    except REFUSALS as error:
        return _refused(view, case, row, form, error)
    return view.go(f"cases/{case.reference}/dossiers/{row.id}", done)


def _refused(view: View, case: CaseFile, row: Dossier, form: Given, error: OfficeError) -> Response:
    view.session.refresh(row)
    status = 403 if isinstance(error, DossierConsentMissing) else 409
    return dossier_page(view, case, row, form, None, status, changed=view.text(error.sentence))
