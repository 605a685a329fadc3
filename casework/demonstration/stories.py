"""Invented stories, and how one becomes a sealed report as the residents' door would have made it."""

import random
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from casework.inbox.tables import InboxReport
from office.clock import iso_week
from office.handover.report import Consent, ReportContact, ReportStory, When, Where
from office.ids import new_case_number
from office.routing import STORY_KEY, routing_of
from office.sealing.boxes import SealingKey, seal
from office.sealing.public_keys import PublicKeys
from office.stores.columns import URGENCIES
from office.vocabulary import City

TEXT_VERSION = "demonstration"
CONTACT_SHARE = 0.6
ADVICE_SHARE = 0.85


@dataclass(frozen=True, slots=True)
class Story:
    """One invented story with the codes its teller would have chosen."""

    language: str
    text: str
    acts: tuple[str, ...]
    area: str
    grounds: tuple[str, ...]
    respondent: str
    district: str
    danger: bool = False


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "stories.toml").read_text("utf-8"))


def answer_in(language: str) -> str:
    """Return what an invented adviser answers in this language."""
    answers: dict[str, str] = _told()["answers"]
    return answers.get(language, answers["es"])


@cache
def stories() -> tuple[Story, ...]:
    """Return every story of the file."""
    told: list[dict[str, Any]] = _told()["story"]
    return tuple(Story(**one | {name: tuple(one[name]) for name in ("acts", "grounds")}) for one in told)


def report_of(
    story: Story, told_on: date, channel_code: str, chance: random.Random, keys: PublicKeys, city: City
) -> tuple[InboxReport, ReportStory]:
    """Return the sealed report and, for whoever invents, its clear text.

    Raises:
        NoActiveKey: the demonstration has no keys yet.
    """
    number = new_case_number()
    told_at = datetime.combine(told_on, time(8 + chance.randrange(12), chance.randrange(60)), UTC)
    wants = {
        "count": chance.random() < 0.93,
        "advise": chance.random() < ADVICE_SHARE,
        "refer": chance.random() < 0.4,
    }
    clear = ReportStory(
        case_number=number,
        language=story.language,
        told_at=told_at,
        what_happened=story.text,
        act_codes=story.acts,
        when=When(kind="day", day=told_on - timedelta(days=chance.randrange(1, 20))),
        where=Where(district_code=story.district),
        area_code=story.area,
        ground_codes=story.grounds,
        respondent_code=story.respondent,
        in_danger=story.danger,
        consents=tuple(
            Consent(code=code, given=given, text_version=TEXT_VERSION, language=story.language)  # type: ignore[arg-type]  # the three codes
            for code, given in wants.items()
        ),
    )
    routing = routing_of(story.respondent, city)
    key_name, public_key = keys.active(STORY_KEY[routing])
    report = InboxReport(
        case_number=number,
        reporter_public_key=SealingKey.generate().public,
        iso_week=iso_week(told_on),
        language=story.language,
        channel_code=channel_code,
        urgency_code=URGENCIES[2] if story.danger else URGENCIES[0],
        urgency_rank=2 if story.danger else 0,
        routing_code=routing,
        key_name=key_name,
        sealed_story=seal(clear.as_bytes(), public_key, about=f"story/{number}"),
        received_on=told_on,
        is_demonstration=True,
    )
    if chance.random() < CONTACT_SHARE:
        contact_key, public_key = keys.active("contact")
        contact = ReportContact(
            kind="email", value=f"persona{chance.randrange(1000):03d}@example.org", name="Persona Inventada"
        )
        report.contact_key_name = contact_key
        report.sealed_contact = seal(contact.as_bytes(), public_key, about=f"contact/{number}")
    return report, clear
