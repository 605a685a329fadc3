"""Which cases are read together, and what came to a leading case since; of a walled case, nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlmodel import Session, col, func, select

from casework.acts import Act
from casework.advice.tables import Advice, DutyDecision
from casework.appointments.tables import CaseAppointment
from casework.assessing.tables import CaseSheet
from casework.cases.access import case_for
from casework.cases.errors import CaseNotFound
from casework.cases.queries import may_open
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.competence.tables import CaseCompetence
from casework.conflicts.queries import called_of
from casework.conflicts.tables import CaseParty, NobodyKnown
from casework.corrections.tables import CaseCorrection
from casework.deadlines.tables import Deadline
from casework.documents.tables import CaseDocument
from casework.dossiers.tables import Dossier
from casework.harms.tables import CaseHarm
from casework.letters.tables import Letter
from casework.mediation.tables import Mediation
from casework.merges.content import MergeWords
from casework.merges.rules import is_of_the_person, may_be_undone
from casework.merges.standing import family_of, hold_together, is_put_under, merge_over, merges_under
from casework.merges.tables import CaseMerge
from casework.messages.content import ThreadEntry
from casework.messages.tables import CaseMessage
from casework.referrals.tables import Referral
from casework.staff.sessions import SignedIn
from casework.tasks.content import TaskWords
from casework.tasks.tables import CaseTask
from casework.tracks.rules import MEDIATED
from casework.tracks.tables import CaseTrack
from office.ids import CaseNumberInvalid, checked_case_number

COUNTED: Final[Mapping[str, tuple[Any, Any]]] = {
    "deadline": (Deadline, Deadline.made_on),
    "advice": (Advice, Advice.begun_on),
    "referral": (Referral, Referral.drafted_on),
    "duty": (DutyDecision, DutyDecision.decided_on),
    "sheet": (CaseSheet, CaseSheet.written_on),
    "harm": (CaseHarm, CaseHarm.noted_on),
    "mediation": (Mediation, Mediation.opened_on),
    "appointment": (CaseAppointment, CaseAppointment.made_on),
    "letter": (Letter, Letter.begun_on),
    "dossier": (Dossier, Dossier.begun_on),
    "document": (CaseDocument, CaseDocument.added_on),
    "competence": (CaseCompetence, CaseCompetence.decided_on),
    "nobody": (NobodyKnown, NobodyKnown.said_on),
    "correction": (CaseCorrection, CaseCorrection.noted_on),
}
"""What stays in the leading case, and the column that says since when it is there."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge in force with both its cases, the reason in clear, and whether it can still be undone."""

    row: CaseMerge
    leading: CaseFile
    under: CaseFile
    reason: str
    can_be_undone: bool


@dataclass(frozen=True, slots=True)
class Addition:
    """Something that came to a leading case since a merge, and can be placed in either of the two.

    Attributes:
        kind: a code of `rules.ADDED`.
        on: the day it came.
        code: of a task or track, which kind it is.
        text: what it says, in clear.
    """

    kind: str
    id: UUID
    on: date
    code: str = ""
    text: str = ""

    @property
    def field(self) -> str:
        """The name of its field in a form."""
        return f"place-{self.kind}-{self.id}"


def both_for(session: Session, act: Act, number: str, other: str) -> tuple[CaseFile, CaseFile]:
    """Return two cases through their doors, held with all that are read together with them.

    Raises:
        CaseNotFound: one of them is missing, mistyped or not theirs to open; which, is not said.
    """
    try:
        pair = (checked_case_number(number), checked_case_number(other))
    except CaseNumberInvalid:
        raise CaseNotFound from None
    seen = select(CaseFile.id).where(col(CaseFile.reference).in_(pair), may_open(act.who))
    ids = session.exec(seen).all()
    if len(ids) < len(set(pair)):
        raise CaseNotFound
    hold_together(session, frozenset().union(*(family_of(session, one) for one in ids)))
    return case_for(session, act, pair[0], to_change=True), case_for(session, act, pair[1], to_change=True)


def read_with(session: Session, act: Act, case: CaseFile) -> list[tuple[CaseMerge, CaseFile]]:
    """Return the cases that are read together with this one on its page, each through its own door.

    Nothing is told of one the reader may not open. A case put under another shows only itself.
    """
    found = []
    for row in merges_under(session, case.id):
        number = session.get_one(CaseFile, row.under_id).reference
        try:
            found.append((row, case_for(session, act, number)))
        except CaseNotFound:
            continue
    return found


def leading_of(session: Session, who: SignedIn, case: CaseFile) -> CaseFile | None:
    """Return the case under which this one is read, if the reader may open that one too."""
    over = merge_over(session, case.id)
    if over is None:
        return None
    return session.exec(select(CaseFile).where(CaseFile.id == over.case_id, may_open(who))).first()


def open_leading_of(session: Session, who: SignedIn, case: CaseFile) -> CaseFile | None:
    """Return the open case in which is done what is about the event, if this one is read under it."""
    leading = leading_of(session, who, case)
    return leading if leading is not None and is_put_under(session, case) else None


def merged_with(session: Session, act: Act, case: CaseFile) -> list[Merged]:
    """Return the merges in force of a case of which the reader may open both cases."""
    over, leading = merge_over(session, case.id), leading_of(session, act.who, case)
    if over is not None:
        return [_merged(session, over, leading, case, act)] if leading is not None else []
    return [_merged(session, row, case, under, act) for row, under in read_with(session, act, case)]


def _merged(session: Session, row: CaseMerge, leading: CaseFile, under: CaseFile, act: Act) -> Merged:
    return Merged(
        row, leading, under, words_of(session, leading, row, act).reason, may_be_undone(row.merged_on, act.on)
    )


def words_of(session: Session, leading: CaseFile, row: CaseMerge, act: Act) -> MergeWords:
    """Return why two cases were put together, and why they were parted."""
    return MergeWords.model_validate_json(open_rows(session, leading, [row], act)[0])


def additions_of(session: Session, leading: CaseFile, since: date, act: Act) -> list[Addition]:
    """Return what came to a leading case since a day, that day included, and can be placed."""
    found = [
        *_tasks(session, leading, since, act),
        *_tracks(session, leading, since),
        *_parties(session, leading, since, act),
        *_notes(session, leading, since, act),
    ]
    return sorted(found, key=lambda one: (one.on, one.kind, one.id))


def staying(session: Session, leading: CaseFile, since: date) -> list[str]:
    """Return of which kinds something came since a day that stays in the leading case."""
    found = []
    for kind, (table, day) in COUNTED.items():
        wanted = select(func.count()).select_from(table).where(table.case_id == leading.id, day >= since)
        if session.exec(wanted).one():
            found.append(kind)
    if any(is_of_the_person(row.kind_code, row.with_code) for row in _task_rows(session, leading, since)):
        found.append("task")
    return found


def _task_rows(session: Session, leading: CaseFile, since: date) -> Sequence[CaseTask]:
    return session.exec(
        select(CaseTask).where(CaseTask.case_id == leading.id, CaseTask.made_on >= since)
    ).all()


def _tasks(session: Session, leading: CaseFile, since: date, act: Act) -> list[Addition]:
    rows = [
        row
        for row in _task_rows(session, leading, since)
        if not is_of_the_person(row.kind_code, row.with_code)
    ]
    return [
        Addition("task", row.id, row.made_on, row.kind_code, TaskWords.model_validate_json(clear).text)
        for row, clear in zip(rows, open_rows(session, leading, rows, act), strict=True)
    ]


def _tracks(session: Session, leading: CaseFile, since: date) -> list[Addition]:
    rows = session.exec(
        select(CaseTrack).where(
            CaseTrack.case_id == leading.id,
            CaseTrack.opened_on >= since,
            CaseTrack.kind_code != MEDIATED,
        )
    )
    return [Addition("track", row.id, row.opened_on, row.kind_code) for row in rows]


def _parties(session: Session, leading: CaseFile, since: date, act: Act) -> list[Addition]:
    rows = session.exec(
        select(CaseParty).where(
            CaseParty.case_id == leading.id, CaseParty.added_on >= since, col(CaseParty.removed_on).is_(None)
        )
    ).all()
    return [
        Addition("party", row.id, row.added_on, text=called_of(session, leading, row, act).name)
        for row in rows
    ]


def _notes(session: Session, leading: CaseFile, since: date, act: Act) -> list[Addition]:
    """Return the notes; one about files of the case stays with these."""
    rows = session.exec(
        select(CaseMessage).where(
            CaseMessage.case_id == leading.id,
            CaseMessage.direction == "note",
            CaseMessage.written_on >= since,
        )
    ).all()
    opened = [ThreadEntry.model_validate_json(clear) for clear in open_rows(session, leading, rows, act)]
    return [
        Addition("note", row.id, row.written_on, text=entry.text)
        for row, entry in zip(rows, opened, strict=True)
        if not entry.files
    ]
