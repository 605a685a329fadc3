"""What members of staff wrote about a case, a row each, sealed under the case's key: in, out, and anew.

Each kind of row stands once in `KINDS`. What is not there would stay under the old key when somebody
loses the case; a test compares the list with the tables.
"""

from collections.abc import Mapping, Sequence
from typing import Final, cast

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.advice.tables import AdviceStep, AdviceTranslation, AdviceVersion, DutyDecision
from casework.appointments.tables import CaseAppointment
from casework.assessing.tables import CaseSheet
from casework.cases.keys import case_key, case_public_key
from casework.cases.tables import CaseFile
from casework.competence.tables import CaseCompetence
from casework.conflicts.tables import CaseParty, ConflictCheck, NobodyKnown, WallDown
from casework.corrections.tables import CaseCorrection
from casework.deadlines.tables import DeadlineWords
from casework.documents.tables import CaseDocument
from casework.dossiers.tables import Dossier
from casework.harms.tables import CaseHarm, HarmInvolvement
from casework.hearings.tables import CaseHearing
from casework.letters.tables import Letter, LetterFile
from casework.mediation.tables import MediationStep
from casework.merges.tables import CaseMerge
from casework.messages.tables import CaseMessage
from casework.patterns.litigation_tables import LitigationWords
from casework.referrals.tables import ReferralWords
from casework.safe_contact.tables import SafeContact
from casework.states.tables import ClosingRequest
from casework.supervision.tables import ClosureReview
from casework.taking_back.tables import TakenBack
from casework.tasks.tables import CaseTask, NextAction
from casework.tracks.tables import Remedy, RemedyCheck, TrackStep
from casework.walls.tables import CityWall
from office.sealing.boxes import SealingKey, seal, unseal

SealedRow = (
    CaseMessage
    | DeadlineWords
    | CaseParty
    | ConflictCheck
    | AdviceVersion
    | AdviceTranslation
    | AdviceStep
    | TrackStep
    | Remedy
    | RemedyCheck
    | DutyDecision
    | ReferralWords
    | CaseTask
    | NextAction
    | SafeContact
    | CaseSheet
    | ClosureReview
    | MediationStep
    | CaseMerge
    | CityWall
    | ClosingRequest
    | CaseAppointment
    | Letter
    | LetterFile
    | Dossier
    | CaseHarm
    | HarmInvolvement
    | TakenBack
    | CaseDocument
    | CaseHearing
    | LitigationWords
    | WallDown
    | NobodyKnown
    | CaseCompetence
    | CaseCorrection
)

KINDS: Final[Mapping[type[SealedRow], str]] = {
    CaseMessage: "message",
    DeadlineWords: "deadline",
    CaseParty: "party",
    ConflictCheck: "conflict",
    AdviceVersion: "advice",
    AdviceTranslation: "translation",
    AdviceStep: "advice-step",
    TrackStep: "track",
    Remedy: "remedy",
    RemedyCheck: "remedy-check",
    DutyDecision: "duty",
    ReferralWords: "referral",
    CaseTask: "task",
    NextAction: "next-action",
    SafeContact: "safe-contact",
    CaseSheet: "sheet",
    ClosureReview: "closure-review",
    MediationStep: "mediation",
    CaseMerge: "merge",
    CityWall: "city-wall",
    ClosingRequest: "closing-request",
    CaseAppointment: "appointment",
    Letter: "letter",
    LetterFile: "letter-file",
    Dossier: "dossier",
    CaseHarm: "harm",
    HarmInvolvement: "harm-part",
    TakenBack: "taken-back",
    CaseDocument: "document",
    CaseHearing: "hearing",
    LitigationWords: "litigation",
    WallDown: "wall-down",
    NobodyKnown: "nobody-known",
    CaseCompetence: "competence",
    CaseCorrection: "correction",
}
"""Tables with `case_id`, `key_version` and `sealed`, and what is said to be sealed in them."""


def seal_row(session: Session, case: CaseFile, row: SealedRow, clear: bytes) -> None:
    """Seal what a row says under the present key of its case, and add the row."""
    row.sealed = seal(clear, case_public_key(session, case), about=about_of(case, type(row)))
    row.key_version = case.key_version
    session.add(row)


def open_rows(session: Session, case: CaseFile, rows: Sequence[SealedRow], act: Act) -> list[bytes]:
    """Return what each row says; nothing where nothing was written.

    Raises:
        CaseNotFound: whoever acts does not hold the case.
        CannotOpen: one of them is damaged.
    """
    versions = {row.key_version for row in rows if row.sealed is not None}
    keys = {version: case_key(session, act.who, case, version) for version in versions}
    return [
        b""
        if row.sealed is None
        else unseal(row.sealed, keys[row.key_version], about=about_of(case, type(row)))
        for row in rows
    ]


def move_rows(session: Session, case: CaseFile, to: CaseFile, rows: Sequence[SealedRow], act: Act) -> None:
    """Put rows of one case into another: opened with the key of the one, sealed under that of the other.

    Where nothing was written, nothing is sealed.

    Raises:
        CaseNotFound: whoever acts does not hold the case.
        CannotOpen: one of them is damaged.
    """
    for row, clear in zip(rows, open_rows(session, case, rows, act), strict=True):
        row.case_id = to.id
        session.add(row)
        if row.sealed is not None:
            seal_row(session, to, row, clear)
    session.flush()


def reseal_rows(session: Session, case: CaseFile, old_keys: Mapping[int, SealingKey]) -> None:
    """Seal every row of a case to its present key.

    Raises:
        CannotOpen: one of them is damaged.
    """
    public = case_public_key(session, case)
    for table in KINDS:
        found = session.exec(select(table).where(col(table.case_id) == case.id)).all()
        for row in cast("Sequence[SealedRow]", found):
            if row.sealed is None or row.key_version is None:
                continue
            about = about_of(case, type(row))
            clear = unseal(row.sealed, old_keys[row.key_version], about=about)
            row.sealed, row.key_version = seal(clear, public, about=about), case.key_version
            session.add(row)
    session.flush()


def about_of(case: CaseFile, table: type[SealedRow]) -> str:
    """Return what a row of this table of this case is sealed for."""
    return f"{KINDS[table]}/{case.reference}"
