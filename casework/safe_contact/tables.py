"""Which ways of reaching the person of a case are safe."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint

from casework.safe_contact.rules import RULES, WAYS, Window
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column


class SafeContact(CaseworkTable, table=True):
    """What holds for one way of reaching somebody. The words and the reason are sealed to the case.

    Way, rule, days and hours are in clear, so that the mailer, who opens no case, heeds them too.

    Attributes:
        window_days: digits of the days of the week on which it is safe, 1 for Monday; None if none are noted.
        from_hour: from which full hour of those days.
        to_hour: until which full hour, 24 for midnight.
    """

    __tablename__ = "safe_contact"
    __table_args__ = (
        UniqueConstraint("case_id", "way_code"),
        CheckConstraint(
            "(window_days IS NULL) = (from_hour IS NULL) AND (window_days IS NULL) = (to_hour IS NULL)"
            " AND (window_days IS NULL OR rule_code = 'window')",
            "a_window_is_whole",
        ),
        CheckConstraint("from_hour >= 0 AND from_hour < to_hour AND to_hour <= 24", "hours_in_order"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id")
    way_code: str = column("coded", codes=tuple(WAYS))
    rule_code: str = column("coded", codes=tuple(RULES))
    window_days: str | None = column("coded", default=None, max_length=7)
    from_hour: int | None = column("coded", default=None)
    to_hour: int | None = column("coded", default=None)
    set_by: UUID = column("staff", foreign_key="staff.id")
    set_on: date = column("restricted")
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)

    @property
    def window(self) -> Window | None:
        """The days and hours on which it is safe, if somebody noted them."""
        if self.window_days is None or self.from_hour is None or self.to_hour is None:
            return None
        return Window(self.window_days, self.from_hour, self.to_hour)
