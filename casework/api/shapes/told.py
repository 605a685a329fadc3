"""What a person told and said: their account, files, answers on consent, and what was written to and fro."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, Literal
from uuid import UUID

from pydantic import Field

from casework.api.shapes.parts import Choice, Code, Month, coded, coded_each, day_of
from casework.api.shown import Page, Shown
from casework.attachments.rules import Way, way_of
from office.deadlines.warnings import State

INSEPARABLE: Final = "inseparable"


class FileSent(Shown):
    """A file somebody sent. Its content is not here; it has a page of its own."""

    id: UUID
    name: str
    way: Way = Field(description="How it can be looked at; `download`: only as the original.")
    size: int = Field(description="Bytes.")
    purpose: Literal["evidence", "mandate", "voice"]
    is_voice_altered: bool
    virus_check: Literal["clean", "not_checked"]


class SeenOnline(Shown):
    """Where hate was seen on the net. Whoever follows the address is seen by the other side."""

    address: str
    noted_on: date
    sha256: str


class WhenTold(Shown):
    """When it happened, as exactly as it was told."""

    precision: Literal["day", "month", "long", "unknown"]
    day: date | None = None
    month: Month | None = None
    is_going_on: bool = False


class WhereTold(Shown):
    """Where it happened."""

    district: Choice | None = None
    place: str = ""
    setting: Choice | None = None


class Speaks(Shown):
    """In which languages, how and with whom somebody would rather read and talk."""

    writes_in: Choice | None = None
    speaks: Choice | None = None
    other: str = ""
    interpreter: Choice | None = None
    would_rather_talk_to: Choice | None = None
    prefers_talking: bool = False


class FiledBy(Shown):
    """Who filed the report for the person."""

    name: str
    mandate: Choice | None = None


class Account(Shown):
    """What a person told, as they told it."""

    narrative: str
    language: Choice | None
    acts: tuple[Choice, ...] = Field(description="What happened, as the person chose it from a list.")
    when: WhenTold
    where: WhereTold
    area: Choice | None
    grounds: tuple[Choice, ...] = Field(description="Why they think it happened.")
    grounds_in_words: str = ""
    weighed_most: Choice | None = None
    cannot_be_separated: bool = Field(False, description="The person says that no ground weighed most.")
    respondent: Choice | None
    respondent_in_words: str = ""
    role: Choice | None = Field(None, description="Who reports.")
    people_affected: int | None = None
    filed_by: FiledBy | None = None
    languages: Speaks


class ConsentShown(Shown):
    """Whether the person agrees to something now."""

    code: Code
    label: str
    is_given: bool


class LimitWarned(Shown):
    """A limit of which the person was warned. No lawyer has confirmed any of these days."""

    act: str = Field(description="What is to be done before it ends.")
    state: State
    until: date | None = None
    working_days_left: int | None = None
    law: str
    is_near: bool


class Said(Shown):
    """One entry of the thread with a person: from them, to them, or a note for the office."""

    direction: Literal["in", "out", "note"]
    on: date
    who: str = Field("", description="Of the office; empty for the person.")
    text: str = ""
    state: Choice | None = Field(None, description="What the person was told of where the case stands.")
    next_news_on: date | None = None
    helped: Literal["yes", "partly", "no"] | None = Field(None, description="Whether it helped them.")
    files: tuple[FileSent, ...] = ()


def files(sent: Iterable[Any]) -> tuple[FileSent, ...]:
    """Return files as a list of them shows each: never their key, nor what is in them."""
    return tuple(
        FileSent(
            id=one.file_id,
            name=one.name,
            way=way_of(one.media_type),
            size=one.size,
            purpose=one.purpose,
            is_voice_altered=one.is_voice_altered,
            virus_check=one.virus_check,
        )
        for one in sent
    )


def online(page: Page, links: Iterable[Any]) -> tuple[SeenOnline, ...]:
    """Return where hate was seen on the net."""
    return tuple(
        SeenOnline(address=one.address, noted_on=day_of(page, one.noted_at), sha256=one.sha256)
        for one in links
    )


def account(page: Page, story: Any) -> Account:
    """Return what a person told."""
    spoken, by = story.languages, story.relayed_by
    is_inseparable = story.heaviest_code == INSEPARABLE
    return Account(
        narrative=story.what_happened,
        language=coded(page, "languages", story.language),
        acts=coded_each(page, "acts", story.act_codes),
        when=_when(story.when),
        where=WhereTold(
            district=coded(page, "districts", story.where.district_code),
            place=story.where.place_text,
            setting=coded(page, "settings", story.where.setting_code),
        ),
        area=coded(page, "areas", story.area_code),
        grounds=coded_each(page, "grounds", story.ground_codes),
        grounds_in_words=story.ground_text,
        weighed_most=None if is_inseparable else coded(page, "grounds", story.heaviest_code),
        cannot_be_separated=is_inseparable,
        respondent=coded(page, "respondents", story.respondent_code),
        respondent_in_words=story.respondent_text,
        role=coded(page, "roles", story.role_code),
        people_affected=story.affected_count,
        filed_by=FiledBy(name=by.name, mandate=coded(page, "mandates", by.mandate_code)) if by else None,
        languages=Speaks(
            writes_in=coded(page, "languages", spoken.written),
            speaks=coded(page, "languages", spoken.spoken),
            other=spoken.other_text,
            interpreter=coded(page, "interpreters", spoken.interpreter_code),
            would_rather_talk_to=coded(page, "adviser_wishes", spoken.adviser_code),
            prefers_talking=spoken.prefers_talking,
        ),
    )


def _when(when: Any) -> WhenTold:
    day = when.day if when.kind == "day" else None
    month = when.month if when.kind == "month" else None
    is_said = day or month or when.kind == "long"
    return WhenTold(
        precision=when.kind if is_said else "unknown", day=day, month=month, is_going_on=when.still_going_on
    )


def consents(page: Page, given: Mapping[str, bool]) -> tuple[ConsentShown, ...]:
    """Return what the person agrees to now, and to what they do not."""
    return tuple(
        ConsentShown(code=code, label=page.view.label("consents", code), is_given=is_given)
        for code, is_given in given.items()
    )


def limits(lines: Iterable[Any]) -> tuple[LimitWarned, ...]:
    """Return the limits of which the person was warned, from `casework.cases.limits.LimitLine`."""
    return tuple(
        LimitWarned(
            act=one.act,
            state=one.told.state,
            until=None if one.told.state in ("day_unknown", "passed") else one.told.until,
            working_days_left=(
                None
                if one.told.state in ("day_unknown", "passed", "may_have_passed")
                else one.told.working_days_left
            ),
            law=one.law,
            is_near=one.is_near,
        )
        for one in lines
    )


def thread(page: Page, entries: Iterable[Any]) -> tuple[Said, ...]:
    """Return what was said to a person, by them, and noted for the office."""
    return tuple(
        Said(
            direction=one.direction,
            on=one.on,
            who="" if one.direction == "in" else one.who,
            text=one.entry.text,
            state=coded(page, "states", one.entry.state_code),
            next_news_on=one.entry.next_on if one.entry.state_code else None,
            helped=one.entry.helped_code,
            files=files(one.entry.files),
        )
        for one in entries
    )
