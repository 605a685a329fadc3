"""The pages of the rights guide: topics, an answer, its sheet of paper, and the honest word on safety.

They set no cookie and keep nothing. Somebody in the middle of a report is recognised by the draft's cookie,
only to lead back to it and to show the emergency numbers first when danger was ticked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from intake_api.answers import YES
from intake_api.door import Door
from intake_api.guide import AreaAnswer, GroundAnswer, GuideUnknown
from office.errors import Unavailable
from office.languages import Language
from office.vocabulary import Contact, Group, Item, RouteDeadline, Vocabulary, load

SHORT_DAYS: Final = 31
DAYS_OF: Final = {"month": 30, "year": 365}


@dataclass(frozen=True, slots=True)
class Route:
    """A way on, as a page tells it.

    Attributes:
        is_limited: there is a day after which it is too late.
        is_short: that day is a month away at most.
        is_read: the law was read for it; it is unconfirmed all the same.
        needs_advice_first: whoever has no papers should ask before taking it.
    """

    label: str
    says: str
    law: tuple[str, ...]
    is_limited: bool
    is_short: bool
    is_read: bool
    needs_advice_first: bool


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
        areas = [
            item for item in _list(door, "areas").valid_on(door.today()) if item.code in door.guide.answers
        ]
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
    async def answer(request: Request, language: str, area: str, ground: str = "") -> Response:
        """Answer for one area of life, and for a ground if one is named."""
        return await _answer(door, request, "right.html", language, area, ground)

    @router.get("/{language}/rights/{area}/sheet")
    async def sheet(request: Request, language: str, area: str, ground: str = "") -> Response:
        """Give the same answer on one side of paper."""
        return await _answer(door, request, "sheet.html", language, area, ground)

    return router


async def _answer(
    door: Door, request: Request, template: str, language: str, area: str, ground: str
) -> HTMLResponse:
    spoken = door.pages.spoken(language)
    told = door.guide.on(area)
    item = _list(door, "areas").item(area)
    if ground and ground not in _list(door, "grounds"):
        raise GuideUnknown
    own = door.guide.for_ground(ground)
    query = f"?ground={ground}" if own else ""
    return _page(
        door,
        request,
        template,
        spoken,
        await _visitor(door, request, spoken),
        area=item,
        told=told,
        law=tuple(dict.fromkeys((*item.law, *told.law))),
        keep=[door.guide.points[code].says_in(spoken.tag) for code in told.keep],
        first=[door.guide.points[code].says_in(spoken.tag) for code in told.first],
        ground=own,
        ground_label=_list(door, "grounds").label(ground, spoken.tag) if own else "",
        ways=list(_ways(door, spoken, told, own)),
        helpers=list(_helpers(door, told, own)),
        office=door.city.office,
        grounds=list(_grounds(door, spoken)),
        sheet=f"/{spoken.tag}/rights/{area}/sheet{query}",
        whole=f"/{spoken.tag}/rights/{area}{query}",
    )


def _page(
    door: Door, request: Request, template: str, language: Language, visitor: Visitor, **context: Any
) -> HTMLResponse:
    return door.pages.render(
        request,
        template,
        language,
        guide=door.guide,
        is_overdue=door.guide.meta.is_overdue_on(door.today()),
        is_draft=language.tag in door.guide.meta.translated_by
        and not door.guide.meta.reviewed_by.get(language.tag),
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


def _list(door: Door, name: str) -> Vocabulary:
    return load(name, door.city)


def _by_group(vocabulary: Vocabulary, items: list[Item]) -> list[tuple[Group, list[Item]]]:
    groups = [(group, [item for item in items if item.group == group.code]) for group in vocabulary.groups]
    return [(group, inside) for group, inside in groups if inside]


def _grounds(door: Door, language: Language) -> Iterator[tuple[list[tuple[str, str]], GroundAnswer]]:
    """Give each answer by ground with the grounds it is for, code and label."""
    listed = _list(door, "grounds")
    offered = {item.code for item in listed.valid_on(door.today())}
    for answer in door.guide.ground:
        named = [(code, listed.label(code, language.tag)) for code in answer.codes if code in offered]
        if named:
            yield named, answer


def _ways(door: Door, language: Language, told: AreaAnswer, own: GroundAnswer | None) -> Iterator[Route]:
    """Give the routes of an answer that this city's list has, those of the ground after the office's own."""
    listed = _list(door, "routes")
    for code in _joined(told.routes, own.routes if own else ()):
        if code not in listed:
            continue
        item, way = listed.item(code), door.guide.ways[code]
        limits = [_days(limit) for limit in item.deadlines if limit.count]
        yield Route(
            label=item.label_in(language.tag),
            says=way.says_in(language.tag),
            law=item.law,
            is_limited=bool(limits),
            is_short=any(days <= SHORT_DAYS for days in limits),
            is_read=item.confidence == "verified",
            needs_advice_first=way.needs_advice_first,
        )


def _helpers(door: Door, told: AreaAnswer, own: GroundAnswer | None) -> Iterator[Contact]:
    """Give who helps at once, then the contacts of an answer that this city has."""
    known = {contact.code: contact for contact in door.city.contacts}
    urgent = [contact.code for contact in door.emergencies()]
    for code in dict.fromkeys(chain(urgent, own.contacts if own else (), told.contacts)):
        if code in known:
            yield known[code]


def _joined(usual: tuple[str, ...], own: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*usual[:1], *own, *usual[1:])))


def _days(limit: RouteDeadline) -> int:
    return limit.count * DAYS_OF.get(limit.unit, 1)
