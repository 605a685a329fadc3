"""Telling a person with their receipt that the office wrote something down for them."""

from typing import Final

from sqlmodel import Session

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.messages.actions import addressee
from casework.messages.content import ThreadEntry
from casework.messages.replies import say_text
from casework.messages.thread import add_to_thread
from casework.safe_contact.guards import can_be_told
from casework.timeline.actions import record
from office.languages import UnknownLanguage, language

FALLBACK: Final = "es"


def tell_noted(session: Session, case: CaseFile, act: Act, *sentences: str) -> bool:
    """Tell the person so in their language, if that is safe to read; say whether they were told.

    It says nothing of what was noted. It is no answer to what they wrote, so it is not the first one.
    """
    if not can_be_told(session, case):
        return False
    try:
        spoken = language(case.language, "office")
    except UnknownLanguage:
        spoken = language(FALLBACK, "office")
    text = " ".join(spoken.gettext(sentence) for sentence in sentences)
    say_text(session, addressee(case), text, act)
    add_to_thread(session, case, "out", ThreadEntry(text=text), act, by=act.who.id)
    record(session, "message_written", at=act.at, by=act.who.id, case_id=case.id, about="noted_for_them")
    return True
