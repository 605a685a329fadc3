"""The inbox, and one report opened."""

from datetime import date
from typing import Any, Final, Literal

from pydantic import Field

from casework.api.shapes import links, told
from casework.api.shapes.interpreters import LanguageToChooseBy, language_to_choose_by
from casework.api.shapes.listing import Narrowed, narrowed
from casework.api.shapes.parts import Choice, Week, apart, choices, coded, day_of, urgency
from casework.api.shown import Page, Shape, Shown


class ReportWaiting(Shown):
    """A report nobody has settled yet, or whose person wrote again, by what stands clear of it."""

    case_number: str
    received_week: Week
    language: Choice | None
    channel: Choice | None
    urgency: Choice | None
    apart: Choice | None
    opened_on: date | None = Field(description="Only while nobody has settled it.")
    settled_on: date | None = Field(description="It was settled, and its person wrote again.")
    wrote_again: bool


class InboxShown(Narrowed):
    """One page of the inbox: by itself the urgent first, then the oldest."""

    waiting: int = Field(description="How many wait in all.")
    reports: tuple[ReportWaiting, ...]
    next: str | None = Field(description="The place after which the next page begins.")


class ReportToTakeUp(Shown):
    """A report that is to become a case, by what stands clear of it."""

    case_number: str
    received_week: Week
    language: Choice | None
    urgency: Choice | None
    apart: Choice | None
    opened_on: date | None = Field(description="Nobody has read it while there is none.")


class TakingUpShown(Shown):
    """Reports that are to become cases of one adviser: all of them, or none."""

    query: str
    reports: tuple[ReportToTakeUp, ...]
    advisers: tuple[Choice, ...]


class Written(Shown):
    """A message of the person since the report."""

    text: str
    files: tuple[told.FileSent, ...]


class SaidAtTheEnd(Shown):
    """What the person said at the end."""

    helped: Literal["yes", "partly", "no"]
    on: date
    text: str


class Settled(Shown):
    """That a report was settled without a case."""

    on: date
    reason: Choice | None


class ReportShown(Shown):
    """One report in clear, and what may be done with it while it waits."""

    case_number: str
    received_week: Week
    language: Choice | None
    channel: Choice | None
    urgency: Choice | None
    apart: Choice | None
    somebody_may_be_in_danger: bool
    account: told.Account
    files: tuple[told.FileSent, ...]
    seen_online: tuple[told.SeenOnline, ...]
    messages: tuple[Written, ...]
    said_at_the_end: tuple[SaidAtTheEnd, ...]
    consents: tuple[told.ConsentShown, ...]
    has_contact: bool = Field(description="It opens in the case, with a reason.")
    limits: tuple[told.LimitWarned, ...]
    incident: links.IncidentNamed | None
    perhaps_the_same_event: links.PerhapsSameEvent | None
    says_it_belongs_to: links.ClaimedLink | None
    linked: tuple[links.ConfirmedLink, ...]
    settled: Settled | None = None
    wrote_again: bool = Field(description="The person wrote since it was settled: it may be answered again.")
    may_become_a_case: bool = Field(description="The person asked for advice; also after it was settled.")
    advisers: tuple[Choice, ...] = ()
    wall_service: tuple[Choice, ...] = Field(
        (), description="Of a report against the city that does not say the service by itself."
    )
    their_language: LanguageToChooseBy | None = Field(None, description="Where it may become a case.")
    reasons: tuple[Choice, ...] = Field(
        (), description="For settling it without a case, or answering and leaving it settled."
    )


def inbox(page: Page) -> InboxShown:
    """Return the inbox."""
    queue = page["queue"]
    return InboxShown(
        **narrowed(page),
        waiting=queue.waiting,
        reports=tuple(
            ReportWaiting(
                case_number=one.case_number,
                received_week=one.iso_week,
                language=coded(page, "languages", one.language),
                channel=coded(page, "channels", one.channel_code),
                urgency=urgency(page, one.urgency_code),
                apart=apart(page, one.routing_code),
                opened_on=one.opened_on if one.state == "received" else None,
                settled_on=None if one.state == "received" else one.settled_on,
                wrote_again=one.case_number in queue.written,
            )
            for one in queue.reports
        ),
        next=queue.next,
    )


def taking_up(page: Page) -> TakingUpShown:
    """Return the reports that are to become cases."""
    return TakingUpShown(
        query=page["query"],
        reports=tuple(
            ReportToTakeUp(
                case_number=one.case_number,
                received_week=one.iso_week,
                language=coded(page, "languages", one.language),
                urgency=urgency(page, one.urgency_code),
                apart=apart(page, one.routing_code),
                opened_on=one.opened_on,
            )
            for one in page["reports"]
        ),
        advisers=choices(page["advisers"]),
    )


def report(page: Page) -> ReportShown:
    """Return one report."""
    row, story, opened, incident = page["report"], page["story"], page["opened"], page["incident"]
    waits = row.state == "received"
    wants_advice = bool(opened.consents.get("advise"))
    return ReportShown(
        case_number=row.case_number,
        received_week=row.iso_week,
        language=coded(page, "languages", row.language),
        channel=coded(page, "channels", row.channel_code),
        urgency=urgency(page, row.urgency_code),
        apart=apart(page, row.routing_code),
        somebody_may_be_in_danger=story.in_danger,
        account=told.account(page, story),
        files=told.files(story.files),
        seen_online=told.online(page, story.links),
        messages=tuple(Written(text=one.text, files=told.files(one.files)) for one in opened.messages),
        said_at_the_end=tuple(
            SaidAtTheEnd(helped=one.helped, on=day_of(page, one.told_at), text=one.text)
            for one in page["feedback"]
        ),
        consents=told.consents(page, opened.consents),
        has_contact=page["has_contact"],
        limits=told.limits(page["limits"]),
        incident=links.incident(page, incident),
        perhaps_the_same_event=None if incident else links.perhaps(page, page["proposals"]),
        says_it_belongs_to=links.claimed(page, page["said"]),
        linked=links.confirmed(page, page["linked"]),
        settled=None if waits else _settled(page, row),
        wrote_again=page["has_written"] and not waits,
        may_become_a_case=wants_advice,
        advisers=choices(page["advisers"]) if wants_advice else (),
        wall_service=choices(page["services"]) if wants_advice else (),
        their_language=language_to_choose_by(page, page["theirs"]) if wants_advice else None,
        reasons=choices(page["reasons"]) if waits or page["has_written"] else (),
    )


def _settled(page: Page, row: Any) -> Settled:
    return Settled(on=row.settled_on, reason=coded(page, "closure", row.reason_code))


SHAPES: Final[dict[str, Shape]] = {
    "inbox.html": inbox,
    "report.html": report,
    "taking_up.html": taking_up,
}
