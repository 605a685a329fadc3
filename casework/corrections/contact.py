"""Noting how to reach the person of a case. One act; none commits."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.corrections.content import CorrectionWords
from casework.corrections.keeping import keep, require
from casework.corrections.rules import CONTACT, CONTACT_KINDS, ENDS_NOTICES
from casework.corrections.telling import tell_noted
from casework.notices.actions import forget_address
from casework.safe_contact.actions import set_rule
from casework.safe_contact.content import SafeWords
from casework.safe_contact.guards import rules_of
from casework.safe_contact.rules import BY_NOTICE, NEVER, OWN_WAY, WAYS, Window
from casework.timeline.actions import record
from office.handover.notice import CONTACT_NOTED, NOTICES_ENDED
from office.handover.report import ReportContact


@dataclass(frozen=True, slots=True)
class NewContact:
    """How to reach somebody from now on, who said so, and what holds for its way.

    Attributes:
        contact: as the residents' form asks for it.
        said_by: a code of `rules.SAID_BY`.
        how: a code of `rules.HOW`.
        rule: what holds for the way; empty for one that has no rule (somebody they trust, another way).
        window: on which days and hours, if only on some.
        no_longer: ways that are not theirs any more; with the way of the contact itself, the former one.
        notices_stay: notices go on to the address left for them.
    """

    contact: ReportContact
    said_by: str
    how: str
    rule: str = ""
    window: Window | None = None
    no_longer: Sequence[str] = ()
    notices_stay: bool = False

    @property
    def ends_notices(self) -> bool:
        """Whether the address for notices may be the one that this contact takes the place of.

        The desk cannot read that address. So none goes there any more, unless somebody said it is theirs.
        """
        return self.contact.kind in ENDS_NOTICES and not (
            self.notices_stay and self.contact.kind not in self.no_longer
        )


def note_contact(session: Session, case: CaseFile, new: NewContact, act: Act, *, version: int) -> int:
    """Keep how to reach the person; return how many open tasks the new rules ended.

    What the person left before stays sealed on record. A way that is theirs no longer is never used again,
    and its open tasks are dropped. What waits to be said at an address that ends is forgotten first, so that
    what the person is told here is no news for it.

    Raises:
        CaseChanged: somebody changed the case since `version`.
    """
    require(case, version)
    words = CorrectionWords(contact=new.contact, said_by=new.said_by, how=new.how)
    keep(session, case, CONTACT, words, act)
    record(
        session,
        "contact_noted",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        noted_how=new.how,
        said_by=new.said_by,
    )
    told: list[tuple[str, str, Window | None]] = [(way, NEVER, None) for way in new.no_longer]
    if new.rule:
        told.append((new.contact.kind, new.rule, new.window))
    dropped = 0
    for way, rule, window in told:
        kept = SafeWords(words=new.contact.safe_note if way == new.contact.kind else "")
        dropped += set_rule(session, case, way, rule, kept, act, version=case.version, window=window)
    ended = new.ends_notices and forget_address(session, case.reference)
    tell_noted(session, case, act, CONTACT_NOTED, *((NOTICES_ENDED,) if ended else ()))
    return dropped


def never_safe(session: Session, case: CaseFile) -> list[str]:
    """Return the ways a contact can be of that somebody said are never safe."""
    rules = rules_of(session, case)
    return [way for way in CONTACT_KINDS if rules.get(way) == NEVER]


def ways_that_hold(session: Session, case: CaseFile) -> list[str]:
    """Return the ways by which the person may be reached now, or told that there is news.

    "You have news" goes also by a way of which nobody has noted anything. The receipt's page is the office's.
    """
    rules = rules_of(session, case)
    unknown = {way: "allowed" for way in BY_NOTICE if way not in rules}
    held = {**rules, **unknown}
    return [way for way in WAYS if held.get(way, NEVER) != NEVER and way != OWN_WAY]
