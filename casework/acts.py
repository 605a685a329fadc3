"""Who acts, and when: what every action is given instead of a clock and a session cookie."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from casework.staff.sessions import SignedIn
from office.clock import day_in, iso_week
from office.sealing.public_keys import PublicKeys
from office.vocabulary import City


@dataclass(frozen=True, slots=True)
class Act:
    """One act of one signed-in person.

    Attributes:
        who: the person, with their opened key.
        at: the instant, in UTC.
        city: the city, in whose zone days and weeks are reckoned.
        keys: the public halves of the office's keys.
        sends: something is sent that no void case takes; its door refuses it (`states.void_door`).
        changes: something is to change; the door of a case refuses whoever keeps out (`conflicts.door`).
    """

    who: SignedIn
    at: datetime
    city: City
    keys: PublicKeys
    sends: bool = False
    changes: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The city's time zone."""
        return self.city.zone

    @property
    def on(self) -> date:
        """The city's day of the act."""
        return day_in(self.zone, self.at)

    @property
    def week(self) -> str:
        """The city's ISO week of the act."""
        return iso_week(self.on)
