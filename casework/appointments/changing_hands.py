"""What becomes of an appointment when its case gets another adviser: it stands, and the new one is told."""

from typing import Final

from sqlmodel import Session

from casework.acts import Act
from casework.appointments.waiting import open_row
from casework.cases.tables import CaseFile
from casework.tasks.actions import Wanted, add_task
from office.languages import mark
from office.languages.registry import language

SEE_TO_IT: Final = mark(
    "An appointment is booked on %(day)s with whoever had the case before: keep it, or agree another"
)


def leave_to_the_new_adviser(session: Session, case: CaseFile, act: Act) -> None:
    """Make it a task of who has the case now to see to the hour that is booked with the adviser before.

    An hour of a clinic is of nobody's agenda. Nobody need hold the case for it; so it is in the first
    language of the staff.
    """
    row = open_row(session, case.id)
    if row is None or row.on_day is None or row.way_code == "clinic" or case.is_closed:
        return
    spoken = language(act.city.languages.staff[0], "office")
    words = spoken.gettext(SEE_TO_IT, day=spoken.short_date(row.on_day))
    add_task(session, case, Wanted("other", "other", case.assigned_to, act.on, words), act)
