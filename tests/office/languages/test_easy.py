"""Easy-read Spanish: complete like any language, in short sentences, and never known outside the report."""

import re
from datetime import UTC, datetime

import pytest
from babel.messages.catalog import Message

from office.handover.codes import language_outside
from office.handover.report import CodedRecord, ReportStory
from office.languages.catalogues import path_of, read_catalogue, translations_record
from office.languages.registry import folder_of, tags_of

EASY = "es-x-easy"
LONGEST = 18
"""Words of one sentence; articles of law in brackets are not counted."""
LAW = re.compile(r"\([^)]*\d[^)]*\)")
SENTENCE = re.compile(r"(?<=[.?!:])\s+")


def told(domain: str) -> list[str]:
    messages: list[Message] = [one for one in read_catalogue(path_of(folder_of(EASY), domain)) if one.id]
    forms = [(one.string,) if isinstance(one.string, str) else one.string for one in messages]
    return [str(form) for each in forms for form in each or ()]


@pytest.mark.parametrize("domain", ["residents", "data"])
def test_no_sentence_of_easy_spanish_is_long(domain: str) -> None:
    sentences = [one for text in told(domain) for one in SENTENCE.split(LAW.sub("", text))]
    assert len(sentences) > 200
    assert [one for one in sentences if len(one.split()) > LONGEST] == []


@pytest.mark.parametrize("domain", ["residents", "office", "data"])
def test_easy_spanish_is_checked_for_completeness_and_reviewed_by_nobody_yet(domain: str) -> None:
    assert EASY in tags_of(domain)  # type: ignore[arg-type]  # one of them
    assert not translations_record(EASY, domain).is_reviewed
    assert all(told(domain))


def test_that_somebody_reads_easy_spanish_is_known_only_inside_the_report() -> None:
    assert [language_outside(tag) for tag in (EASY, "es", "ca-valencia")] == ["es", "es", "ca-valencia"]
    story = ReportStory(case_number="K4T72MPX9", language=EASY, told_at=datetime(2026, 11, 23, tzinfo=UTC))
    coded = CodedRecord.of_story(story, month="2026-11", channel_code="web_form", ground_codes=())
    assert (story.language, coded.language) == (EASY, "es")
