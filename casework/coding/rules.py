"""How codes and what a person told become one coded record. Pure."""

from datetime import date
from zoneinfo import ZoneInfo

from casework.cases.rules import answer_band
from casework.cases.tables import CaseFile
from casework.inbox.tables import InboxReport
from office.clock import day_in, month_of
from office.handover.report import CodedRecord, ReportStory
from office.vocabulary import load


def occurred_year(story: ReportStory) -> int | None:
    """Return the year in which it happened, if the person said so."""
    if story.when.day is not None:
        return story.when.day.year
    return int(story.when.month[:4]) if story.when.month else None


def told_on(story: ReportStory, zone: ZoneInfo) -> date:
    """Return the city's day on which the report was sent."""
    return day_in(zone, story.told_at)


def kept_grounds(story: ReportStory) -> tuple[str, ...]:
    """Return the grounds as they may stand in clear; one that tells a person's status has another name."""
    grounds = load("grounds")
    kept = {grounds.published_code(code) for code in story.ground_codes if code in grounds}
    return tuple(sorted(kept)) or ("unknown",)


def coded_report(report: InboxReport, story: ReportStory, zone: ZoneInfo) -> CodedRecord:
    """Return what may be counted of a report as the person told it, before any adviser coded it."""
    return CodedRecord(
        month=month_of(told_on(story, zone)),
        occurred_year=occurred_year(story),
        district_code=story.where.district_code,
        area_code=story.area_code,
        ground_codes=kept_grounds(story),
        respondent_code=story.respondent_code,
        channel_code=report.channel_code,
        language=story.language,
        stage_code="registered",
    )


def coded_case(case: CaseFile, story: ReportStory, zone: ZoneInfo) -> CodedRecord:
    """Return what may be counted of a case as it is coded now."""
    return CodedRecord(
        month=month_of(told_on(story, zone)),
        occurred_year=occurred_year(story),
        district_code=case.district_code,
        area_code=case.area_code,
        ground_codes=tuple(case.ground_codes.split()) or ("unknown",),
        conduct_codes=tuple(case.conduct_codes.split()),
        respondent_code=case.respondent_code,
        channel_code=case.channel_code,
        language=case.language,
        stage_code=case.stage_code,
        response_codes=tuple(case.response_codes.split()),
        outcome_code=case.outcome_code,
        first_answer_band=answer_band(
            load("first_answer_bands"),
            (case.first_answered_on - told_on(story, zone)).days if case.first_answered_on else None,
            can_be_answered=case.reporter_public_key is not None,
        ),
    )
