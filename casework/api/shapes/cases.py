"""One case with everything about it, on its page and on paper."""

from datetime import date
from typing import Any, Final

from pydantic import Field

from casework.api.shapes import (
    cards,
    clocks,
    coding,
    documents,
    harms,
    hearings,
    links,
    merges,
    people,
    told,
    voiding,
)
from casework.api.shapes.interpreters import TheirLanguage, their_language
from casework.api.shapes.parts import (
    Choice,
    Event,
    Person,
    Week,
    apart,
    coded,
    events,
    person,
    urgency,
    worded,
)
from casework.api.shown import Page, Shape, Shown


class CaseStanding(Shown):
    """Where an open case stands, and by when the person was promised news."""

    state: Choice | None
    next_news_on: date | None


class CaseBasics(Shown):
    """What the page of a case and its print view both show."""

    case_number: str
    stage: Choice | None
    reported_week: Week
    language: Choice | None = Field(description="In which the person reads answers.")
    adviser: Person | None
    account: told.Account
    thread: tuple[told.Said, ...]
    hearings: tuple[hearings.HearingOfCase, ...]
    deadlines: clocks.DeadlinesOfCase | None
    codes: coding.CodesOfCase
    timeline: tuple[Event, ...]


class CaseShown(CaseBasics):
    """One case: what was told, what was said since, and what is done."""

    is_void: bool = Field(description="It was opened in error: it can be read and is not worked on.")
    urgency: Choice | None
    apart: Choice | None
    channel: Choice | None
    somebody_may_be_in_danger: bool
    can_be_written_to: bool = Field(
        description="There is a receipt with which the person reads answers, and its page is safe for them."
    )
    never_by_receipt_because: str = Field(
        description="Why nothing is written: the receipt's page is never safe for this person."
    )
    files: tuple[told.FileSent, ...]
    seen_online: tuple[told.SeenOnline, ...]
    has_contact: bool
    consents: tuple[told.ConsentShown, ...]
    standing: CaseStanding | None = Field(description="None once the case is closed.")
    ending: coding.Ending | None = Field(description="None while it is open, and if it is void.")
    void: voiding.VoidCard | None
    harms: tuple[harms.HarmOnCard, ...]
    documents: int = Field(description="How many documents the office added, without the void ones.")
    people: cards.PeopleCard
    tasks: cards.TasksCard
    appointment: cards.AppointmentCard | None
    their_language: TheirLanguage
    needs_and_indications: cards.SheetsCard
    advice: tuple[cards.Counted, ...]
    letters: tuple[cards.Counted, ...]
    tracks: tuple[cards.TrackLine, ...]
    mediation: str = Field(description="Where the mediation stands, in words; empty without one.")
    wall: cards.WallCard | None
    patterns: cards.PatternsCard | None
    perhaps_a_reprisal: tuple[cards.EarlierCase, ...]
    incident: links.IncidentNamed | None
    says_it_belongs_to: links.ClaimedLink | None
    linked: tuple[links.ConfirmedLink, ...]
    read_under: str | None = Field(description="The number of the case under which this one is read.")
    read_with: tuple[merges.CaseRead, ...]


class CaseOnPaper(CaseBasics):
    """The print view of a case: without contact and files, with the whole timeline."""

    printed_by: Person
    printed_on: date
    outcome: Choice | None
    is_void: bool = Field(description="It was opened in error.")
    harms: tuple[harms.HarmOnPaper, ...]
    people: tuple[people.PartyOnPaper, ...]
    documents: tuple[documents.DocumentNoted, ...]


def _basics(page: Page) -> dict[str, Any]:
    row, story = page["case"], page["story"]
    return {
        "case_number": row.reference,
        "reported_week": row.reported_week,
        "language": coded(page, "languages", row.language),
        "adviser": person(page["adviser"]),
        "account": told.account(page, story),
        "thread": told.thread(page, page["thread"]),
        "hearings": hearings.of_case(page, page["hearings"]),
        "deadlines": clocks.of_case(page, page["deadlines"], page["limits"], is_closed=row.is_closed),
        "codes": coding.codes(page, row),
        "timeline": events(page["timeline"]),
    }


def case(page: Page) -> CaseShown:
    """Return one case."""
    row, story, leading = page["case"], page["story"], page["merged"]["leading"]
    standing = CaseStanding(state=worded(page["state_words"], page["state"]), next_news_on=row.next_on)
    has_receipt, unsafe = row.reporter_public_key is not None and not row.is_void, page["not_by_receipt"]
    return CaseShown(
        **_basics(page),
        stage=None if row.is_void else coded(page, "stages", row.stage_code),
        is_void=row.is_void,
        urgency=urgency(page, row.urgency_code),
        apart=apart(page, row.routing_code),
        channel=coded(page, "channels", row.channel_code),
        somebody_may_be_in_danger=(story.in_danger or row.urgency_code == "danger") and not row.is_closed,
        can_be_written_to=has_receipt and not unsafe,
        never_by_receipt_because=unsafe.words.reason if has_receipt and unsafe else "",
        files=told.files(story.files),
        seen_online=told.online(page, story.links),
        has_contact=page["has_contact"],
        consents=told.consents(page, page["consents"]),
        standing=None if row.is_closed else standing,
        ending=coding.ending(page, row, page["kept"]) if row.is_closed and not row.is_void else None,
        void=voiding.card(row, page["void"], page["kept"]),
        harms=harms.lines(page["harms"]),
        documents=page["documents"],
        people=cards.people(page["card"]),
        tasks=cards.tasks(page["tasks"]),
        appointment=cards.appointment(page["appointment"]),
        their_language=their_language(page, page["theirs"]),
        needs_and_indications=cards.sheets(page["sheets"]),
        advice=cards.advice(page["advice"]),
        letters=cards.letters(page["letters"]),
        tracks=cards.tracks(page["tracks"]),
        mediation=page["mediation"],
        wall=cards.wall(page["wall"]),
        patterns=cards.patterns(page["patterns"]),
        perhaps_a_reprisal=cards.earlier(page["reprisals"]),
        incident=links.incident(page, page["incident"]),
        says_it_belongs_to=links.claimed(page, page["said"]),
        linked=links.confirmed(page, page["linked"]),
        read_under=leading.reference if leading else None,
        read_with=merges.read_with(page, page["merged"]),
    )


def case_print(page: Page) -> CaseOnPaper:
    """Return a case as it is printed."""
    row = page["case"]
    return CaseOnPaper(
        **_basics(page),
        stage=coded(page, "stages", row.stage_code),
        printed_by=Person(name=page.view.act.who.display_name),
        printed_on=page.view.act.on,
        outcome=coded(page, "outcomes", row.outcome_code) if row.is_closed and not row.is_void else None,
        is_void=row.is_void,
        harms=harms.on_paper(page["harms"]),
        people=people.on_paper(page["people_noted"]),
        documents=documents.noted(page),
    )


SHAPES: Final[dict[str, Shape]] = {"case.html": case, "case_print.html": case_print}
