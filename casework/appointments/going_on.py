"""Who acts next after each step of an appointment; what an adviser wrote themselves is left as it is.

One next action stands in a case. One that an appointment said, or whose day is past, gives way to the next;
beside an adviser's own the step is a task of theirs, and ends when the appointment goes a step further.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlmodel import Session

from casework.acts import Act
from casework.appointments.interpreting import end_task
from casework.appointments.tables import CaseAppointment
from casework.cases.tables import CaseFile
from casework.merges.standing import merge_over
from casework.tasks.actions import Wanted, add_task, keep_next_action
from casework.tasks.tables import NextAction
from casework.timeline.actions import record
from office.languages import Language, mark

CHOOSES: Final = mark("Choose a time of those offered")
COMES: Final = mark("Come to the appointment")
WISHED: Final = mark("Offer times: the person asks for an appointment")
OFFER_AGAIN: Final = mark("Offer other times")
CANCELLED: Final = mark("The appointment was cancelled: agree how it goes on")
GOES_ON: Final = mark("Go on after the appointment")
MISSED: Final = mark("The person did not come: ask in a safe way, and offer other times")
OF_ANOTHER_HOUR: Final = mark(
    "The person answered about an earlier hour: ask in a safe way whether the new one holds"
)
OWN_PART: Final[Mapping[str, str]] = {
    CHOOSES: mark("See which of the offered times the person chose"),
    COMES: mark("Note whether the person came to the appointment"),
}
"""What the adviser does themselves where the person is the one to act next."""


def say_next(
    session: Session,
    case: CaseFile,
    row: CaseAppointment,
    who: str,
    by: date,
    sentence: str,
    act: Act,
    language: Language,
) -> None:
    """Say who acts next, unless the case is read under another, which says it."""
    end_task(session, case, row.then_task_id, "dropped", act)
    row.then_task_id = None
    if case.is_closed or merge_over(session, case.id) is not None:
        return
    now = session.get(NextAction, case.id)
    if now is not None and not now.of_appointment and now.by_on >= act.on:
        words = language.gettext(OWN_PART.get(sentence, sentence))
        row.then_task_id = add_task(
            session, case, Wanted("other", "other", case.assigned_to, by, words), act
        ).id
        return
    keep_next_action(session, case, who, by, language.gettext(sentence), act, of_appointment=True)
    at, actor = act.at, act.who.id
    record(session, "next_action_set", at=at, by=actor, case_id=case.id, actor=who, last_on=by.isoformat())
