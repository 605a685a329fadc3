"""How codes and what a person told become one coded record. Pure."""

from datetime import date

from casework.cases.rules import answer_band
from casework.cases.tables import CaseFile
from casework.inbox.tables import InboxReport
from office.clock import day_in, month_of
from office.handover.report import CodedRecord, ReportStory
from office.vocabulary import City, load


def told_on(story: ReportStory, city: City) -> date:
    """Return the city's day on which the report was sent."""
    return day_in(city.zone, story.told_at)


def kept_grounds(story: ReportStory, city: City) -> tuple[str, ...]:
    """Return the grounds as they may stand in clear; one that tells a person's status has another name."""
    return load("grounds", city).published_codes(story.ground_codes) or ("unknown",)


def coded_report(report: InboxReport, story: ReportStory, city: City) -> CodedRecord:
    """Return what may be counted of a report as the person told it, before any adviser coded it."""
    return CodedRecord.of_story(
        story,
        month=month_of(told_on(story, city)),
        channel_code=report.channel_code,
        ground_codes=kept_grounds(story, city),
    )


def coded_case(case: CaseFile, story: ReportStory, city: City) -> CodedRecord:
    """Return what may be counted of a case as it is coded now."""
    return CodedRecord(
        month=month_of(told_on(story, city)),
        occurred_year=story.when.year,
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
            load("first_answer_bands", city),
            (case.first_answered_on - told_on(story, city)).days if case.first_answered_on else None,
            can_be_answered=case.reporter_public_key is not None,
        ),
    )
