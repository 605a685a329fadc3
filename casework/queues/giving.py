"""Giving many cases to another adviser in one act: all of them, or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from casework.acts import Act
from casework.cases.access import case_for
from casework.cases.assigning import change_hands, require_can_take
from casework.cases.errors import CannotAssign, CaseAlreadyClosed, CaseChanged, CaseNotFound
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.conflicts.guards import waits_for_a_decision
from casework.merges.standing import go_along, hold_together, with_families
from casework.messages.actions import addressee
from casework.messages.content import ThreadEntry
from casework.messages.replies import say_text
from casework.messages.thread import add_to_thread
from casework.queues.errors import NotAllCanBeGiven
from casework.safe_contact.guards import can_be_told
from casework.timeline.actions import record
from casework.transactions import attempt
from office.errors import OfficeError
from office.handover.notice import ANOTHER_ADVISER
from office.languages import UnknownLanguage, language, mark
from office.sealing.boxes import CannotOpen
from office.stores.keyroom import Staff

TELL: Final = "tell"
NOTICES: Final = {
    "nobody": mark("Tell nobody yet"),
    TELL: mark("Tell each person that another adviser of the office looks after their case now"),
}
"""What the people are told when their cases change hands."""

NOT_THERE: Final = mark("There is no such case, or you may not open it.")
REFUSALS: Final = (
    CaseNotFound, CaseChanged, CaseAlreadyClosed, CannotAssign, AdviserKeepsOut, ConflictUndecided,
    CannotOpen,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """How many cases changed hands, and how many people were told: only those with a receipt can be."""

    cases: int
    told: int


def give_all(
    session: Session, versions: Mapping[str, int], adviser: Staff, reason_code: str, act: Act, *, notice: str
) -> Given:
    """Give every case to `adviser`, each under a new key and with an event of its own.

    Args:
        session: the request's transaction; whoever calls undoes it when this raises.
        versions: the version of each case that the page was made from, by number.
        adviser: who is to have them.
        reason_code: why.
        act: who gives them, and when.
        notice: one of `NOTICES`.

    Raises:
        NotAllCanBeGiven: some cannot be given; nothing is sealed before all have been looked at.
    """
    refused: dict[str, str] = {}
    found: list[CaseFile] = []
    hold_together(session, with_families(session, versions))  # two such acts do not wait for each other
    for number in sorted(versions):
        try:
            with attempt(session):
                case = case_for(session, act, number, to_change=True)
                require_can_take(session, case, adviser, act, version=versions[number])
                both = (case, *go_along(session, case))
                if notice == TELL and any(waits_for_a_decision(session, one.id) for one in both):
                    raise ConflictUndecided(case=case.reference)
            found.append(case)
        except REFUSALS as error:
            refused[number] = _why(error)
    if refused:
        raise NotAllCanBeGiven(refused)
    given = [one for case in found for one in _give(session, case, adviser, reason_code, act)]
    told = sum(tell_of_adviser(session, one, act) for one in given) if notice == TELL else 0
    return Given(len(given), told)


def tell_of_adviser(session: Session, case: CaseFile, act: Act) -> bool:
    """Tell the person in their language that somebody else looks after their case, if that is safe to read.

    It is no answer to what they wrote, so it does not count as the first one.
    """
    if not can_be_told(session, case):
        return False
    text = _in_language_of(case)
    say_text(session, addressee(case), text, act)
    add_to_thread(session, case, "out", ThreadEntry(text=text), act, by=act.who.id)
    record(session, "message_written", at=act.at, by=act.who.id, case_id=case.id, about="new_adviser")
    return True


def numbers_of(found: Sequence[str]) -> dict[str, int]:
    """Return number and version of each case as the page's hidden fields tell them: `7K4412ABC.3`."""
    versions = {}
    for one in found:
        number, _, version = one.partition(".")
        is_number = version.isascii() and version.isdigit() and len(version) < 9
        versions[number] = int(version) if is_number else 0  # which never fits
    return versions


def _give(session: Session, case: CaseFile, adviser: Staff, reason_code: str, act: Act) -> list[CaseFile]:
    """Give one case with those read together with it; who adds to a thread needs no key of it."""
    number = case.reference
    try:
        return change_hands(session, case, adviser, reason_code, act, version=case.version)
    except REFUSALS as error:  # something of the case cannot be opened
        raise NotAllCanBeGiven({number: _why(error)}) from error


def _why(error: OfficeError) -> str:
    return NOT_THERE if isinstance(error, CaseNotFound) else error.sentence


def _in_language_of(case: CaseFile) -> str:
    try:
        spoken = language(case.language, "office")
    except UnknownLanguage:
        spoken = language("es", "office")
    return spoken.gettext(ANOTHER_ADVISER)
