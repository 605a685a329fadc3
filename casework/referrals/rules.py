"""Where a referral stands, where it may go, and what a person consents to. Pure."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from office.languages import mark

STATES: Final = {
    "drafted": mark("Draft"),
    "consented": mark("The person consented"),
    "sent": mark("Waits for the body's answer"),
    "accepted": mark("The body took it on"),
    "declined": mark("The body declined"),
    "no_answer": mark("The body did not answer"),
    "working": mark("The body is working on it"),
    "done": mark("Finished"),
    "revoked": mark("Consent taken back"),
}
HANDED_OVER: Final = ("sent", "accepted", "declined", "no_answer", "working", "done")
OPEN_FOR_THE_BODY: Final = ("sent", "no_answer", "accepted", "working")
"""In these a body may still look at the pack; a refusal and the end of the work end that."""
RETURNED: Final = ("declined", "no_answer")

ANSWERS: Final[Mapping[str, tuple[str, ...]]] = {
    "sent": ("accepted", "declined", "no_answer"),
    "no_answer": ("accepted", "declined"),
    "accepted": ("working", "done", "declined"),
    "working": ("done", "declined"),
}
"""Where an answer leads to, from each state that waits for one."""

ITEMS: Final = {
    "name": mark("Name"),
    "phone": mark("Telephone"),
    "email": mark("E-mail"),
    "language": mark("Language"),
    "summary": mark("What happened"),
}
MOST_DOCUMENTS: Final = 12
DOCUMENT: Final = "document_"
DOCUMENTS: Final = tuple(f"{DOCUMENT}{number}" for number in range(1, MOST_DOCUMENTS + 1))

EVIDENCE: Final = {
    "signed": mark("Signed on paper"),
    "spoken": mark("Said, and read back to the person"),
    "interpreted": mark("Said through an interpreter, and read back"),
    "message": mark("Written with the receipt"),
}
WAYS: Final = {
    "printed": mark("On paper"),
    "link": mark("An address that expires"),
}
AGREEMENTS: Final = {
    "yes": mark("There is an agreement"),
    "no": mark("There is none"),
    "unknown": mark("Not known"),
}
WORDS: Final = ("pack", "evidence", "answer", "note")

TIMES: Final[Mapping[str, timedelta]] = {
    name: timedelta(days=days)
    for name, days in tomllib.loads(Path(__file__).with_name("times.toml").read_text("utf-8")).items()
}


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """What a person said yes to: exactly these items, to this body, until then."""

    items: tuple[str, ...]
    asked_in: str
    evidence_code: str
    on: date
    until: date


def answers_from(state: str, *, by_the_body: bool) -> tuple[str, ...]:
    """Return where an answer may lead to; a body does not say of itself that it was silent."""
    return tuple(to for to in ANSWERS.get(state, ()) if not (by_the_body and to == "no_answer"))


def in_order(items: Iterable[str]) -> tuple[str, ...]:
    """Return the items that are known, each once, in their order."""
    chosen = set(items)
    return tuple(code for code in (*ITEMS, *DOCUMENTS) if code in chosen)


def is_stale(checked_on: date | None, today: date) -> bool:
    """Say whether nobody has looked for too long whether what is known of a body is still so."""
    return checked_on is None or checked_on + TIMES["checked"] < today
