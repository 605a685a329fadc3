"""The days on which somebody was in contact with the office, as their own paper tells them.

Neutral facts only: a day, a way, and that they wrote or were attended. Nothing of grounds, of what happened
or of who they are; their own words only where they choose the line. No line comes from what others say.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.advice.tables import AdviceStep
from casework.appointments.queries import Standing, appointments_of
from casework.appointments.tables import MeetingSite, MeetingSlot
from casework.cases.content import story_of
from casework.cases.tables import CaseFile
from casework.messages.queries import thread
from casework.tasks.rules import TALKS
from casework.tasks.tables import CaseTask

HOW: Final[Mapping[str, str]] = {
    "web_form": "in_writing",
    "kiosk": "at_office",
    "in_person": "at_office",
    "outreach": "elsewhere",
    "phone": "by_phone",
    "video": "by_video",
    "messaging": "in_writing",
    "email": "in_writing",
    "post": "in_writing",
    "paper": "in_writing",
    "e_registry": "in_writing",
    "receipt": "in_writing",
}
"""How a channel is told. A report that somebody else brought to the office is no contact of the person."""
TALK: Final[Mapping[str, str]] = {"call": "by_phone", "meet": "at_office", "visit": "elsewhere"}
MET: Final[Mapping[str, str]] = {
    "place": "at_office",
    "clinic": "elsewhere",
    "phone": "by_phone",
    "video": "by_video",
}
"""How each way of an appointment is told; a place of the office's that is not the office is elsewhere."""
SPOKEN: Final = ("at_office", "elsewhere", "by_phone", "by_video")


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact: day, way and kind by the names of `office.handover.paper`; the person's words, if any."""

    on: date
    how: str
    what: str
    words: str = ""

    @property
    def key(self) -> str:
        """What a form calls this line; the number of lines alike is not told."""
        return f"{self.on.isoformat()}.{self.what}.{self.how}"

    @property
    def is_attendance(self) -> bool:
        """Say whether the office attended the person, and did not only get something from them."""
        return self.what == "attended" or (self.what == "first_contact" and self.how in SPOKEN)


def contacts_of(session: Session, case: CaseFile, act: Act) -> list[Contact]:
    """Return the person's contacts with the office in the order of their days, each once a day and way.

    A task to meet them is the appointment of that day, told once, as the appointment has it.
    """
    found = []
    if case.channel_code in HOW:
        words = story_of(session, case, act).what_happened
        found.append(Contact(case.reported_on, HOW[case.channel_code], "first_contact", words))
    found += [
        Contact(one.on, "in_writing", "wrote", one.entry.text)
        for one in thread(session, case, act)
        if one.direction == "in"
    ]
    came = [
        (one.row.on_day, _met(session, one))
        for one in appointments_of(session, case, act)
        if one.row.state_code == "attended" and one.row.on_day is not None
    ]
    found += [Contact(on, how, "attended") for on, how in came]
    met = {on for on, how in came if how != "by_phone"}
    talks = select(CaseTask).where(
        CaseTask.case_id == case.id,
        CaseTask.state_code == "done",
        CaseTask.with_code == "person",
        col(CaseTask.kind_code).in_(TALKS),
    )
    found += [
        Contact(one.settled_on, TALK[one.kind_code], "attended")
        for one in session.exec(talks)
        if one.settled_on is not None and not (one.kind_code == "meet" and one.settled_on in met)
    ]
    delivered = select(AdviceStep).where(AdviceStep.case_id == case.id, AdviceStep.kind_code == "delivered")
    found += [
        Contact(one.happened_on, HOW[one.way_code], "attended")
        for one in session.exec(delivered)
        if one.way_code is not None and one.way_code in HOW
    ]
    joined: dict[str, Contact] = {}
    for one in sorted(found, key=lambda one: (one.on, one.what != "first_contact", one.what, one.how)):
        before = joined.get(one.key)
        if before and one.words:
            words = "\n\n".join(part for part in (before.words, one.words) if part)
            one = Contact(one.on, one.how, one.what, words)
        if not before or one.words:
            joined[one.key] = one
    return list(joined.values())


def _met(session: Session, one: Standing) -> str:
    """Return how an appointment to which the person came is told."""
    how = MET[one.row.way_code or "place"]
    slot = session.get(MeetingSlot, one.text.slot_id) if one.text.slot_id else None
    site = session.get(MeetingSite, slot.site_id) if slot is not None and slot.site_id else None
    return "elsewhere" if site is not None and site.kind_code != "office" else how
