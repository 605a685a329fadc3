"""The way around the desk: what somebody of a role goes to every day, and the rest folded away beside it.

Where a page of the rest is shown it stands among the daily ones too, so that one sees where one is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from sqlmodel import Session

from casework.acts import Act
from casework.appointments.queries import answers_total
from casework.authority_requests.queries import waiting_total as waiting_requests
from casework.cases.queries import unread_total
from casework.conflicts.queries import waiting_total as conflicts_total
from casework.deadlines.lists import pressing
from casework.desk import Desk
from casework.inbox.queries import waiting_total
from casework.mediation.mediators import is_mediator
from casework.mediation.queries import waiting_for
from casework.patterns.queries import waiting_total as patterns_total
from casework.promises.queries import late_counts
from casework.referrals.lists import pressing_referrals
from casework.staff.rules import Permission
from casework.states.heads import waiting_for_the_head
from casework.tasks.queries import due_total
from office.languages import Language, mark

Group = Literal["daily", "work", "office"]
MOST_IN_A_ROW: Final = 7
"""So many ways stand beside each other; somebody who has no more has nothing folded away."""
DAILY: Final = frozenset({"inbox", "cases", "search", "deadlines", "agenda", "tasks"})
DAILY_WITHOUT_CASES: Final = frozenset(
    {
        "inbox",
        "incidents",
        "promises",
        "closings",
        "mediations",
        "assisting",
        "staff",
        "authority-requests",
        "traces",
    }
)
OF_THE_OFFICE: Final = frozenset(
    {
        "supervision", "conflicts", "absences", "workload", "reached", "relays", "staff", "walls", "services",
        "authority-requests", "traces", "timeline", "health",
    }
)  # fmt: skip


@dataclass(slots=True)
class Way:
    """One entry.

    Attributes:
        path: below the language.
        text: its name.
        count: what waits there.
        group: whether it stands in the row, or folded away under the work or the office.
        href: its address.
        is_current: the page shown is this one or below it.
    """

    path: str
    text: str
    count: int
    group: Group = "daily"
    href: str = ""
    is_current: bool = False

    @property
    def is_folded(self) -> bool:
        """Whether it is folded away, unless one is there."""
        return self.group != "daily"


def ways_of(session: Session, desk: Desk, act: Act, language: Language, here: str, drafts: int) -> list[Way]:
    """Return the ways of whoever acts, in their order; `here` is the address of the page shown."""
    every = _all(session, desk, act, here, drafts)
    found = [Way(path, language.gettext(text), count) for path, text, count in every]
    daily = DAILY if act.who.may(Permission.CASES) else DAILY_WITHOUT_CASES
    for way in found:
        way.href = f"/{language.tag}/{way.path}"
        way.is_current = here == way.href or here.startswith(way.href + "/")
        if len(found) > MOST_IN_A_ROW and way.path not in daily:
            way.group = "office" if way.path in OF_THE_OFFICE else "work"
    return found


def _all(session: Session, desk: Desk, act: Act, here: str, drafts: int) -> Iterator[tuple[str, str, int]]:
    """Yield address, name and what waits, for every way this person has."""
    who = act.who
    if who.may(Permission.INBOX):
        waiting = waiting_total(session, who)
        yield "inbox", mark("Inbox"), waiting
        yield "incidents", mark("Incidents"), 0
    if who.may(Permission.CASES):
        unread = unread_total(session, who)
        yield "cases", mark("Cases"), unread
        yield "search", mark("Search"), 0
        asked = patterns_total(session, who)
        yield "patterns", mark("Patterns"), asked
        near = pressing(session, who, act.on, act.city)
        yield "deadlines", mark("Deadlines"), near
        late = pressing_referrals(session, who, act.on)
        yield "referrals", mark("Referrals"), late
        yield "interpreters", mark("Interpreters"), 0
        due = due_total(session, who, act.on)
        answered = answers_total(session, who)
        yield "agenda", mark("Agenda"), answered
        yield "tasks", mark("My tasks"), due
    if drafts or here.endswith("/drafts"):
        yield "drafts", mark("My drafts"), drafts
    if is_mediator(session, who.id):
        waiting = waiting_for(session, act)
        yield "mediations", mark("Mediations"), waiting
    if who.may(Permission.PROMISES):
        yield "promises", mark("Promises"), _late(session, desk, act)
    if who.may(Permission.CLOSINGS):
        asked = len(waiting_for_the_head(session, who.id))
        if asked or here.endswith("/closings"):
            yield "closings", mark("Closings to agree to"), asked
    if who.may(Permission.ASSIST):
        yield "assisting", mark("Typing in for people"), 0
    if who.may(Permission.ACCOUNTS):
        yield "staff", mark("Staff and keys"), 0
    if who.may(Permission.SUPERVISE):
        open_ones = conflicts_total(session, who)
        yield "supervision", mark("Supervision"), 0
        yield "conflicts", mark("Conflicts"), open_ones
        yield "absences", mark("Absences and cover"), 0
        yield "workload", mark("Workload"), 0
        yield "reached", mark("Whom we reach"), 0
        yield "relays", mark("Who files for others"), 0
    if who.may(Permission.AUTHORITY_ENTRY):
        waiting = waiting_requests(session) if who.may(Permission.AUTHORITY_SIGNING) else 0
        yield "authority-requests", mark("Requests from authorities"), waiting
    if who.may(Permission.WALLS):
        yield "walls", mark("Walls against the city"), 0
    if who.may(Permission.SERVICES):
        yield "services", mark("Staff and the city's services"), 0
    if who.may(Permission.TRACES):
        yield "traces", mark("Who opened what"), 0
    if who.may(Permission.OFFICE_TIMELINE):
        yield "timeline", mark("Timeline"), 0
    if who.may(Permission.ACCOUNTS):
        yield "health", mark("In order?"), 0
    yield "my-sign-ins", mark("My sign-ins"), 0


def _late(session: Session, desk: Desk, act: Act) -> int:
    """Return how many promises are late, for the head: others count what they may open on the page."""
    if act.who.may(Permission.INBOX):
        return 0
    return sum(late_counts(session, desk.city, act.on).values())
