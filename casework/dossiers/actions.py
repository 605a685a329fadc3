"""Writing a dossier, the person's consent to it, and making it. Each act is one event; none commits."""

import hashlib
from datetime import date

from sqlmodel import Session

from casework.acts import Act
from casework.cases.sealed_rows import seal_row
from casework.cases.tables import CaseFile
from casework.conflicts.guards import require_free_to_go_on
from casework.dossiers.content import DossierText, MadeDossier
from casework.dossiers.errors import DossierChanged, DossierConsentMissing, DossierEmpty
from casework.dossiers.making import Whole
from casework.dossiers.queries import shown_dossier
from casework.dossiers.tables import Dossier
from casework.referrals.queries import change_waits
from casework.timeline.actions import record


def begin(session: Session, case: CaseFile, to: str, text: DossierText, act: Act) -> Dossier:
    """Begin a dossier; nothing of it leaves the office yet.

    Raises:
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
    """
    require_free_to_go_on(session, case)
    row = Dossier(case_id=case.id, to_code=to, begun_on=act.on, written_by=act.who.id)
    seal_row(session, case, row, text.as_bytes())
    session.flush()
    _note(session, "dossier_written", row, act)
    return row


def write(
    session: Session, case: CaseFile, row: Dossier, text: DossierText, act: Act, *, version: int
) -> None:
    """Keep what is in a dossier. A consent was for exactly what stood there, so it is asked for again.

    Raises:
        DossierChanged: it changed since `version`.
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
    """
    _require(session, case, row, version)
    row.state_code, row.written_by = "draft", act.who.id
    row.consented_on, row.consent_until, row.evidence_code, row.revoked_on = None, None, None, None
    _keep(session, case, row, text.model_copy(update={"evidence": "", "agreed": ""}))
    _note(session, "dossier_written", row, act)


def note_consent(
    session: Session,
    case: CaseFile,
    row: Dossier,
    evidence: str,
    words: str,
    on: date,
    until: date,
    agreed: str,
    act: Act,
    *,
    version: int,
) -> None:
    """Note that the person consented to this dossier, for this recipient, until a day.

    Raises:
        DossierEmpty: nobody is named, or nothing chosen: there is nothing to consent to.
        DossierConsentMissing: the consent is for days that are past or still to come, or a change waits.
        DossierChanged and others: see `write`.
    """
    _require(session, case, row, version)
    text = shown_dossier(session, case, row, act).text
    if not text.recipient or not (text.parts or "in" in text.files.values()):
        raise DossierEmpty(case=case.reference)
    if until < act.on or on > act.on or change_waits(session, case):
        raise DossierConsentMissing(case=case.reference)
    row.state_code, row.evidence_code, row.revoked_on = "consented", evidence, None
    row.consented_on, row.consent_until = on, until
    _keep(session, case, row, text.model_copy(update={"evidence": words, "agreed": agreed}))
    _note(session, "dossier_consented", row, act, last_on=until.isoformat())


def require_consent(session: Session, case: CaseFile, row: Dossier, fingerprint: str, act: Act) -> None:
    """Raise DossierConsentMissing unless the person consented to exactly this and no word of theirs waits."""
    stands = row.state_code in ("consented", "made")
    is_over = row.consent_until is None or row.consent_until < act.on
    agreed = shown_dossier(session, case, row, act).text.agreed
    if not stands or is_over or agreed != fingerprint or change_waits(session, case):
        raise DossierConsentMissing(case=case.reference)


def make(
    session: Session,
    case: CaseFile,
    row: Dossier,
    pdf: bytes,
    whole: Whole,
    act: Act,
    *,
    version: int,
) -> None:
    """Note that a dossier was made, with its fingerprint and its index; the PDF is handed out and not kept.

    Raises:
        DossierConsentMissing: see `require_consent`.
        DossierChanged and others: see `write`.
    """
    _require(session, case, row, version)
    require_consent(session, case, row, whole.fingerprint, act)
    text = shown_dossier(session, case, row, act).text
    made = MadeDossier(made_on=act.on, sha256=hashlib.sha256(pdf).hexdigest(), lines=whole.lines)
    row.state_code = "made"
    _keep(session, case, row, text.model_copy(update={"made": (*text.made, made)}))
    _note(session, "dossier_made", row, act)


def note_looked(session: Session, row: Dossier, act: Act) -> None:
    """Record that a dossier was looked at before it was made."""
    _note(session, "dossier_looked_at", row, act)


def note_files(session: Session, row: Dossier, act: Act) -> None:
    """Record that the files of a dossier were taken out."""
    _note(session, "dossier_files_taken", row, act)


def _require(session: Session, case: CaseFile, row: Dossier, version: int) -> None:
    require_free_to_go_on(session, case)
    if row.version != version:
        raise DossierChanged(case=case.reference)


def _keep(session: Session, case: CaseFile, row: Dossier, text: DossierText) -> None:
    row.version += 1
    seal_row(session, case, row, text.as_bytes())
    session.flush()


def _note(session: Session, kind: str, row: Dossier, act: Act, **detail: str) -> None:
    record(session, kind, at=act.at, by=act.who.id, case_id=row.case_id, dossier=row.to_code, **detail)
