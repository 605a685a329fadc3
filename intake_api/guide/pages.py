"""The pages of the rights guide: topics, an answer, its sheet of paper, and the honest word on safety.

They set no cookie and keep nothing. Somebody in the middle of a report is recognised by the draft's cookie,
only to lead back to it and to show the emergency numbers first when danger was ticked.

An address names an area of life and never a ground: health, orientation or origin would stay in a browser's
history. What the law adds for grounds stands on the page of every area, folded away.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from intake_api.door import Door
from intake_api.form.answers import YES
from intake_api.guide.reading import Guide, GuideBroken, NoGuide
from office.deadlines.limits import limits_of, shortest
from office.errors import Unavailable
from office.languages import Language
from office.vocabulary import Contact, Group, Item, Vocabulary, load

SHORT: Final = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Route:
    """A way on, as a page tells it.

    Attributes:
        is_limited: there is a day after which it is too late.
        is_short: that day is a month away at most.
        is_read: the law was read for it.
        checked_by: who reviewed this route for the office; empty when nobody has.
        needs_advice_first: whoever has no papers should ask before taking it.
    """

    label: str
    says: str
    law: tuple[str, ...]
    is_limited: bool
    is_short: bool
    is_read: bool
    checked_by: str
    needs_advice_first: bool


@dataclass(frozen=True, slots=True)
class Added:
    """What the law adds for some grounds, with the ways and the help that the area's answer has not."""

    labels: tuple[str, ...]
    says: str
    law: tuple[str, ...]
    ways: tuple[Route, ...] = ()
    helpers: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Visitor:
    """What a half-written report tells of whoever reads: where to go back to, and whether there is danger."""

    back: str = ""
    is_in_danger: bool = False


def routes(door: Door) -> APIRouter:
    """Return the routes of the guide."""
    router = APIRouter(include_in_schema=False)

    @router.get("/{language}/rights")
    async def topics(request: Request, language: str) -> Response:
        """List what holds everywhere, the areas of life, and the grounds with an answer of their own."""
        spoken = door.pages.spoken(language)
        visitor = await _visitor(door, request, spoken)
        answers = _guide(door).answers
        areas = [item for item in _list(door, "areas").valid_on(door.today()) if item.code in answers]
        return _page(
            door,
            request,
            "rights.html",
            spoken,
            visitor,
            areas=_by_group(_list(door, "areas"), areas),
            grounds=list(_grounds(door, spoken)),
        )

    @router.get("/{language}/rights/safety")
    async def safety(request: Request, language: str) -> Response:
        """Say what each way of asking for help shows, to whom, and what nobody can promise."""
        spoken = door.pages.spoken(language)
        return _page(door, request, "safety.html", spoken, await _visitor(door, request, spoken))

    @router.get("/{language}/rights/{area}")
    async def answer(request: Request, language: str, area: str) -> Response:
        """Answer for one area of life, with what the law adds for each ground."""
        return await _answer(door, request, "right.html", language, area)

    @router.get("/{language}/rights/{area}/sheet")
    async def sheet(request: Request, language: str, area: str) -> Response:
        """Give the area's answer on one side of paper, which has no room for the grounds."""
        return await _answer(door, request, "sheet.html", language, area)

    return router


async def _answer(door: Door, request: Request, template: str, language: str, area: str) -> Response:
    spoken, guide = door.pages.spoken(language), _guide(door)
    told = guide.on(area)
    item = _list(door, "areas").item(area)
    urgent = [contact.code for contact in door.emergencies()]
    return _page(
        door,
        request,
        template,
        spoken,
        await _visitor(door, request, spoken),
        area=item,
        told=told,
        law=tuple(dict.fromkeys((*item.law, *told.law))),
        keep=[guide.points[code].says_in(spoken.tag) for code in told.keep],
        first=[guide.points[code].says_in(spoken.tag) for code in told.first],
        ways=list(_ways(door, spoken, told.routes)),
        helpers=list(_helpers(door, (*urgent, *told.contacts))),
        office=door.city.office,
        grounds=list(_grounds(door, spoken, told.routes, (*urgent, *told.contacts))),
        sheet=f"/{spoken.tag}/rights/{area}/sheet",
        whole=f"/{spoken.tag}/rights/{area}",
    )


def _page(
    door: Door, request: Request, template: str, language: Language, visitor: Visitor, **context: Any
) -> Response:
    guide = _guide(door)
    return door.pages.render(
        request,
        template,
        language,
        guide=guide,
        is_overdue=guide.meta.is_overdue_on(door.today()),
        is_draft=language.tag in guide.meta.translated_by and not guide.meta.reviewed_by.get(language.tag),
        languages=door.pages.switches(request, language, keeps_query=False),
        is_in_danger=visitor.is_in_danger,
        back_to_report=visitor.back,
        emergencies=door.emergencies(),
        is_open=door.is_open(),
        begin=f"/{language.tag}/report/{door.form.step[0].code}",
        **context,
    )


async def _visitor(door: Door, request: Request, language: Language) -> Visitor:
    try:
        kept = await door.draft_of(request)
    except Unavailable:  # the guide is read all the same
        return Visitor()
    if kept is None:
        return Visitor()
    if kept.draft.is_sent:
        return Visitor(f"/{language.tag}/report/receipt", kept.draft.is_in_danger)
    is_in_danger = kept.draft.all_answers().get("in_danger") == [YES]
    return Visitor(f"/{language.tag}/report/check", is_in_danger)


def _guide(door: Door) -> Guide:
    """Return the guide, or raise GuideBroken while there is none to show."""
    if isinstance(door.guide, NoGuide):
        raise GuideBroken
    return door.guide


def _list(door: Door, name: str) -> Vocabulary:
    return load(name, door.city)


def _by_group(vocabulary: Vocabulary, items: list[Item]) -> list[tuple[Group, list[Item]]]:
    groups = [(group, [item for item in items if item.group == group.code]) for group in vocabulary.groups]
    return [(group, inside) for group, inside in groups if inside]


def _grounds(
    door: Door, language: Language, routes: Iterable[str] = (), contacts: Iterable[str] = ()
) -> Iterator[Added]:
    """Give each answer by ground, without the routes and contacts that were told already."""
    listed = _list(door, "grounds")
    offered = {item.code for item in listed.valid_on(door.today())}
    told = {*routes, *contacts}
    for answer in _guide(door).ground:
        labels = tuple(listed.label(code, language.tag) for code in answer.codes if code in offered)
        if labels:
            yield Added(
                labels=labels,
                says=answer.says_in(language.tag),
                law=answer.law,
                ways=tuple(_ways(door, language, (code for code in answer.routes if code not in told))),
                helpers=tuple(_helpers(door, (code for code in answer.contacts if code not in told))),
            )


def _ways(door: Door, language: Language, codes: Iterable[str]) -> Iterator[Route]:
    """Give the routes of an answer that this city's list has."""
    listed, ways = _list(door, "routes"), _guide(door).ways
    for code in codes:
        if code not in listed:
            continue
        item, way = listed.item(code), ways[code]
        limits = limits_of(item, door.today())
        yield Route(
            label=item.label_in(language.tag),
            says=way.says_in(language.tag),
            law=item.law,
            is_limited=bool(limits),
            is_short=any(shortest(limit) <= SHORT for limit in limits),
            is_read=item.confidence == "verified",
            checked_by=listed.meta.checked_by.strip(),
            needs_advice_first=way.needs_advice_first,
        )


def _helpers(door: Door, codes: Iterable[str]) -> Iterator[Contact]:
    """Give the contacts of an answer that this city has, each once."""
    known = {contact.code: contact for contact in door.city.contacts}
    yield from (known[code] for code in dict.fromkeys(codes) if code in known)
