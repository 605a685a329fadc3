"""What the list of cases may be asked: whose, which queue, which filters, which order."""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from casework.states.rules import STATES
from casework.written import id_in
from office.languages import mark
from office.languages.registry import digits_read

DATA: Final = tomllib.loads(Path(__file__).with_name("queues.toml").read_text("utf-8"))
SOON_DAYS: Final[int] = DATA["days"]["soon"]
UNTOUCHED_AFTER: Final[int] = DATA["days"]["untouched"]
WEIGHTS: Final[Mapping[str, int]] = DATA["weights"]

PAGE: Final = 25
MOST_AT_ONCE: Final = 100
"""Cases given away in one act."""
LONGEST_QUERY: Final = 600

WHOSE: Final = {"mine": mark("Mine"), "all": mark("All I may open")}
QUEUES: Final = {
    "open": mark("Open cases"),
    "overdue": mark("Overdue"),
    "soon": mark("Due soon"),
    "urgent": mark("Urgent"),
    "unread": mark("Unread messages"),
    "unscanned": mark("No limitation scan yet"),
    "nonext": mark("No next day"),
    "conflict": mark("Waiting for a decision or another adviser"),
    "untouched": mark("Not looked at yet"),
    "closings": mark("Closings asked for"),
    "closed": mark("Closed cases"),
}
SORTS: Final = {
    "opened": mark("The newest first"),
    "next": mark("Next news first"),
    "limit": mark("First deadline first"),
    "unread": mark("Most unread messages first"),
}
ONLY_SUPERVISORS: Final = frozenset({"untouched", "closings"})
LISTS: Final = {"stage": "stages", "ground": "grounds", "area": "areas", "district": "districts"}
"""Filters by a code, and the list of each."""
OPEN_STATES: Final = tuple(state for state in STATES if state != "closed")
"""The filter by the state of the work; closed cases are a queue."""

_THREE: Final = re.compile(r"(\d{1,2})\D+(\d{1,2})\D+(\d{4})")
_PLACE: Final = re.compile(r"([0-9-]{0,10})_([0-9a-f-]{36})")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. Everything empty is every open case of one's own, the newest first."""

    whose: str = "mine"
    which: str = "open"
    stage: str = ""
    state: str = ""
    adviser: UUID | None = None
    ground: str = ""
    area: str = ""
    district: str = ""
    since: date | None = None
    until: date | None = None
    sort: str = "opened"
    after: str = ""

    @property
    def only_own(self) -> bool:
        """Whether only cases assigned to the reader are asked for."""
        return self.whose == "mine"

    @property
    def is_filtered(self) -> bool:
        """Whether a filter is set, beside whose and which."""
        return any(getattr(self, name) for name in ("state", "adviser", "since", "until", *LISTS))

    @property
    def query(self) -> str:
        """The address's part behind the question mark, without the place in the list."""
        return self.with_()

    def with_(self, **other: object) -> str:
        """Return the query with some parts changed; a page is turned only if `after` is among them."""
        changed = replace(self, **{"after": "", **other})  # type: ignore[arg-type]  # by field name
        told = {
            one.name: str(value)
            for one in fields(changed)
            if (value := getattr(changed, one.name)) and value != one.default
        }
        return urlencode({"whose": changed.whose, "which": changed.which, **told})


@dataclass(slots=True)
class Read:
    """An address that was read: what it asks for, and which of its parts say nothing the office knows."""

    asked: Asked
    wrong: dict[str, str] = field(default_factory=dict)


def read_query(query: str, codes: Mapping[str, Collection[str]], *, supervises: bool) -> Read:
    """Return what an address asks for; what it says wrongly asks for nothing and is named in `wrong`.

    Args:
        query: the part behind the question mark.
        codes: the codes of each list of `LISTS`, by filter.
        supervises: whether the reader supervises; some queues are theirs only.
    """
    given = dict(parse_qsl(query[: 2 * LONGEST_QUERY]))
    queues = [one for one in QUEUES if supervises or one not in ONLY_SUPERVISORS]
    read = Read(Asked())

    def chosen(name: str, allowed: Collection[str], otherwise: str) -> str:
        value = given.get(name, "") or otherwise
        if value in allowed:
            return value
        if value:
            read.wrong[name] = "choice"
        return otherwise

    def day(name: str) -> date | None:
        written = given.get(name, "").strip()
        found = day_of(written)
        if written and found is None:
            read.wrong[name] = "day"
        return found

    read.asked = Asked(
        whose=given.get("whose", "") if given.get("whose") in WHOSE else "mine",
        which=given.get("which", "") if given.get("which") in queues else "open",
        state=chosen("state", OPEN_STATES, ""),
        adviser=id_in(given.get("adviser", "")),
        since=day("since"),
        until=day("until"),
        sort=given.get("sort", "") if given.get("sort") in SORTS else "opened",
        after=given.get("after", "") if place_of(given.get("after", "")) else "",
        **{name: chosen(name, codes[name], "") for name in LISTS},
    )
    return read


def day_of(written: str) -> date | None:
    """Return a day as a browser's own field writes it, or as people do: day, month and year."""
    written = digits_read(written)
    try:
        parts = _THREE.fullmatch(written)
        if parts:
            return date(int(parts[3]), int(parts[2]), int(parts[1]))
        return date.fromisoformat(written)
    except ValueError:
        return None


def place_of(written: str) -> tuple[str, UUID] | None:
    """Return the value and the id after which a page begins; None if nothing of the kind is written."""
    parts = _PLACE.fullmatch(written)
    own = id_in(parts[2]) if parts else None
    return (parts[1], own) if parts and own else None


def weight(counted: Mapping[str, int]) -> int:
    """Return what so many cases, urgencies, deadlines and proceedings weigh together."""
    return sum(WEIGHTS[name] * count for name, count in counted.items())
