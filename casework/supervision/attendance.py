"""Whether people came to their appointments: a number and a share of the whole team, of nobody alone."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, func, select

from casework.acts import Act
from casework.appointments.tables import CaseAppointment
from casework.cases.queries import may_open
from casework.cases.tables import CaseFile
from casework.supervision.rules import BACK_DAYS


@dataclass(frozen=True, slots=True)
class Attendance:
    """Appointments of the last days to which the person came, and to which they did not."""

    came: int
    missed: int

    @property
    def share(self) -> float | None:
        """The part that was missed, of 0 to 1; None where there was none."""
        return self.missed / (self.came + self.missed) if self.came + self.missed else None


def attendance(session: Session, act: Act) -> Attendance:
    """Return how many appointments of the last days took place or were missed, by their own day."""
    since = act.on - timedelta(days=BACK_DAYS)
    wanted = (
        select(CaseAppointment.state_code, func.count())
        .join(CaseFile, col(CaseFile.id) == col(CaseAppointment.case_id))
        .where(
            may_open(act.who),
            col(CaseAppointment.state_code).in_(("attended", "no_show")),
            col(CaseAppointment.on_day).between(since, act.on),
        )
        .group_by(col(CaseAppointment.state_code))
    )
    found = dict(session.exec(wanted).all())
    return Attendance(found.get("attended", 0), found.get("no_show", 0))
