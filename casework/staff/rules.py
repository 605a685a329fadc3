"""Who may do what. A role opens doors to pages; content opens only with keys, which no role replaces."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

from office.languages import mark


class Permission(StrEnum):
    """A door inside the office.

    `ACCOUNTS` is who works here and whether all is in order: to invite, to end an access, to see on which
    day somebody last signed in. `STAFF` is what leads to what people told: keys, and who takes whose cases.
    `MEDIATE` is to be offered as a mediator; `ASSIST` is to type in for people, and no more.
    """

    INBOX = "inbox"
    CASES = "cases"
    SUPERVISE = "supervise"
    ACCOUNTS = "accounts"
    STAFF = "staff"
    MEDIATE = "mediate"
    ASSIST = "assist"
    OFFICE_TIMELINE = "office_timeline"
    PROMISES = "promises"
    FEEDBACK = "feedback"
    AUTHORITY_ENTRY = "authority_entry"
    AUTHORITY_REGISTER = "authority_register"
    AUTHORITY_SIGNING = "authority_signing"
    TRACES = "traces"
    WALLS = "walls"
    SERVICES = "services"
    CLOSINGS = "closings"


MAY: Final[dict[str, frozenset[Permission]]] = {
    "triage": frozenset({Permission.INBOX, Permission.PROMISES, Permission.AUTHORITY_ENTRY}),
    "adviser": frozenset(
        {Permission.INBOX, Permission.CASES, Permission.PROMISES, Permission.AUTHORITY_ENTRY}
    ),
    "supervisor": frozenset(
        {
            Permission.INBOX,
            Permission.CASES,
            Permission.SUPERVISE,
            Permission.ACCOUNTS,
            Permission.STAFF,
            Permission.OFFICE_TIMELINE,
            Permission.PROMISES,
            Permission.FEEDBACK,
            Permission.AUTHORITY_ENTRY,
            Permission.AUTHORITY_REGISTER,
        }
    ),
    "head": frozenset(
        {
            Permission.ACCOUNTS,
            Permission.CLOSINGS,
            Permission.STAFF,
            Permission.OFFICE_TIMELINE,
            Permission.PROMISES,
            Permission.FEEDBACK,
            Permission.AUTHORITY_ENTRY,
            Permission.AUTHORITY_REGISTER,
            Permission.WALLS,
            Permission.SERVICES,
        }
    ),
    "data_protection": frozenset(
        {
            Permission.OFFICE_TIMELINE,
            Permission.AUTHORITY_ENTRY,
            Permission.AUTHORITY_REGISTER,
            Permission.AUTHORITY_SIGNING,
            Permission.TRACES,
            Permission.WALLS,
        }
    ),
    "mediator": frozenset({Permission.MEDIATE, Permission.AUTHORITY_ENTRY}),
    "outreach": frozenset({Permission.ASSIST, Permission.AUTHORITY_ENTRY}),
    "operator": frozenset({Permission.ACCOUNTS}),
}
"""Doors of each role. The head directs and sees that things are done, without opening what was told. The last
three open no report and no case, and hold no key of the office (`keyroom.HOLD_NO_KEY`)."""

SAY_OVER_OTHERS: Final = frozenset(
    {Permission.STAFF, Permission.SUPERVISE, Permission.ACCOUNTS, Permission.OFFICE_TIMELINE}
)
"""Doors to what others may do or have done. Only whoever gives keys invites somebody who has one of them: an
operator could else invent whoever gives cases away, or confirms that somebody is let in anew."""

KEYS_OF_ROLE: Final[dict[str, tuple[str, ...]]] = {
    "triage": ("story",),
    "adviser": ("story", "contact"),
    "supervisor": ("story", "story-apart", "contact"),
    "head": (),
    "data_protection": (),
    "mediator": (),
    "outreach": (),
    "operator": (),
}
"""Office keys a role is usually given. `story-apart` (against the city) is never an adviser's by default."""

ROLE_NAMES: Final = {
    "adviser": mark("Adviser"),
    "supervisor": mark("Supervisor"),
    "triage": mark("Triage"),
    "head": mark("Head of the office"),
    "data_protection": mark("Data protection officer"),
    "mediator": mark("Mediator"),
    "outreach": mark("Outreach worker"),
    "operator": mark("Operator of the machines"),
}

KEY_NAMES: Final = {
    "story": mark("Stories"),
    "story-apart": mark("Stories against the city"),
    "contact": mark("Contacts"),
    "names": mark("Names"),
}
"""What the office's keys are called on the page of staff."""

IDLE: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(hours=10)
SET_BACK: Final = timedelta(minutes=5)
"""Further than clocks are put right by themselves."""
NAMED_AFTER: Final = timedelta(hours=12)
"""How long a session that ended by itself still names its person, so that what they send then is sealed to
them. It opens nothing."""


def may(role_code: str, permission: Permission) -> bool:
    """Say whether the role opens this door; an unknown role opens none."""
    return permission in MAY.get(role_code, frozenset())


def may_be_invited(role_code: str, *, by: str) -> bool:
    """Say whether the role `by` may invite somebody of this role."""
    if may(by, Permission.STAFF):
        return True
    return may(by, Permission.ACCOUNTS) and not MAY.get(role_code, SAY_OVER_OTHERS) & SAY_OVER_OTHERS
