"""The rights guide as data: what the law says, what to keep, what to do first, where else to go.

It is read from `data/guide/`; a city may put files of the same names in `guide/` of its folder, and they
stand in place of the office's. This module knows the shape of an answer and neither an area nor a law.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from office.errors import NotFound, Unavailable
from office.vocabulary.items import LABEL_TAGS, words_in

OWN: Final = Path(__file__).parents[1] / "data" / "guide"
CITY_FOLDER: Final = "guide"
FILES: Final = ("guide", "routes", "areas", "grounds", "safety")
MOST_ROUTES: Final = 6
MOST_CONTACTS: Final = 4
"""What one side of paper takes."""

Words = Annotated[dict[str, str], Field(min_length=1)]
Codes = Annotated[tuple[str, ...], Field(strict=False)]


class GuideBroken(Unavailable):
    """A file of the guide is not as agreed; `detail` says where."""

    code = "guide_broken"
    sentence = (
        "Our guide to your rights cannot be shown now. Your rights are the same: "
        "ask us, it is free and you need not give your name."
    )


class GuideUnknown(NotFound):
    """The guide has no answer of this name."""

    code = "guide_unknown"
    sentence = "Our guide has no page of this name. You find all topics under “Your rights”."


class _Piece(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Saying(_Piece):
    says: Words

    def says_in(self, tag: str) -> str:
        """Return the sentences in the language `tag`."""
        return words_in(self.says, tag)


class Point(_Saying):
    """Something to keep or to do first, said once and named by its code in many answers."""

    code: str


class Basic(_Saying):
    """What holds in every area of life, with the law that says so."""

    law: Codes


class Way(_Saying):
    """What a route is, in one sentence.

    Attributes:
        needs_advice_first: whoever has no papers should ask before taking it.
    """

    code: str
    needs_advice_first: bool = False


class AreaAnswer(_Saying):
    """The answer for one area of life; `law` adds to the articles the list of areas names."""

    code: str
    law: Codes = ()
    keep: Annotated[Codes, Field(min_length=1)]
    first: Annotated[Codes, Field(min_length=1)]
    routes: Annotated[Codes, Field(min_length=1, max_length=MOST_ROUTES)]
    contacts: Annotated[Codes, Field(max_length=MOST_CONTACTS)]


class GroundAnswer(_Saying):
    """What the law has of its own for some grounds."""

    codes: Annotated[Codes, Field(min_length=1)]
    law: Annotated[Codes, Field(min_length=1)]
    routes: Codes
    contacts: Codes


class Line(_Saying):
    """One point of the page on safety; one that is short is also told where people decide what to tell."""

    is_short: bool = False


class Section(_Piece):
    """One heading of the page on safety, with its points."""

    code: str
    title: Words
    line: Annotated[tuple[Line, ...], Field(min_length=1, strict=False)]

    @property
    def short(self) -> tuple[Line, ...]:
        """Its points that are told elsewhere too."""
        return tuple(line for line in self.line if line.is_short)

    def title_in(self, tag: str) -> str:
        """Return the heading in the language `tag`."""
        return words_in(self.title, tag)


class GuideMeta(_Piece):
    """Which version of the words this is, who answers for them, and until when.

    Attributes:
        law_read_on: day up to which the laws named were read.
        checked_by: the lawyer who confirmed the guide; empty when nobody has.
        next_review: day by which it must be read again.
    """

    version: str
    law_read_on: date
    checked_by: str
    next_review: date
    translated_by: dict[str, str]
    reviewed_by: dict[str, str]

    @property
    def is_confirmed(self) -> bool:
        """Return whether a named lawyer has confirmed it."""
        return bool(self.checked_by.strip())

    def is_overdue_on(self, day: date) -> bool:
        """Return whether it should have been read again by `day`."""
        return self.next_review <= day


class Guide(_Piece):
    """The whole guide."""

    meta: GuideMeta
    always: Annotated[tuple[Basic, ...], Field(min_length=1, strict=False)]
    keep: Annotated[tuple[Point, ...], Field(strict=False)]
    first: Annotated[tuple[Point, ...], Field(strict=False)]
    route: Annotated[tuple[Way, ...], Field(strict=False)]
    area: Annotated[tuple[AreaAnswer, ...], Field(min_length=1, strict=False)]
    ground: Annotated[tuple[GroundAnswer, ...], Field(strict=False)] = ()
    section: Annotated[tuple[Section, ...], Field(min_length=1, strict=False)]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        for listed in (self.keep, self.first, self.route, self.area, self.section):
            _once(piece.code for piece in listed)
        _once(code for answer in self.ground for code in answer.codes)
        for answer in self.area:
            _known(answer.code, answer.keep, self.points)
            _known(answer.code, answer.first, self.points)
        for place, codes in self.routes_named():
            _known(place, codes, self.ways)
        for words in self._words():
            if set(words) != set(LABEL_TAGS) or not all(text.strip() for text in words.values()):
                raise ValueError(f"words are missing in a language: {next(iter(words.values()), '')}")
        return self

    @cached_property
    def points(self) -> Mapping[str, Point]:
        """What to keep and what to do first, by code."""
        return {point.code: point for point in (*self.keep, *self.first)}

    @cached_property
    def ways(self) -> Mapping[str, Way]:
        """What each route is, by its code."""
        return {way.code: way for way in self.route}

    @cached_property
    def short(self) -> tuple[Section, ...]:
        """The headings on safety with points that are told on the start page and beside the consents."""
        return tuple(section for section in self.section if section.short)

    @cached_property
    def answers(self) -> Mapping[str, AreaAnswer]:
        """The answers by area of life."""
        return {answer.code: answer for answer in self.area}

    def on(self, area: str) -> AreaAnswer:
        """Return the answer for an area of life, or raise GuideUnknown."""
        answer = self.answers.get(area)
        if answer is None:
            raise GuideUnknown
        return answer

    def path(self, tag: str, areas: Sequence[str]) -> str:
        """Return where the guide answers for the first of `areas`, or its first page if it does not."""
        told = [area for area in areas if area in self.answers][:1]
        return "/".join(["", tag, "rights", *told])

    def routes_named(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Give, for each answer, where it stands and the routes it names."""
        yield from ((answer.code, answer.routes) for answer in self.area)
        yield from ((answer.codes[0], answer.routes) for answer in self.ground)

    def contacts_named(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Give, for each answer, where it stands and the contacts it names."""
        yield from ((answer.code, answer.contacts) for answer in self.area)
        yield from ((answer.codes[0], answer.contacts) for answer in self.ground)

    def _words(self) -> Iterator[Mapping[str, str]]:
        for listed in (self.always, self.keep, self.first, self.route, self.area, self.ground):
            yield from (piece.says for piece in listed)
        for section in self.section:
            yield section.title
            yield from (line.says for line in section.line)


class NoGuide:
    """Stands where the guide would, while its files are damaged: the rest of the service goes on."""

    short: tuple[Section, ...] = ()

    def path(self, tag: str, areas: Sequence[str]) -> str:
        """Return the guide's first page, which says that it cannot be shown; `areas` lead nowhere else."""
        del areas
        return f"/{tag}/rights"


def load_guide(city: Path | None = None) -> Guide:
    """Return the guide as the city in the folder `city` keeps it, or the office's own.

    Raises:
        GuideBroken: a file is not TOML, says something nobody agreed on, or misses a language.
    """
    document: dict[str, Any] = {}
    for name in FILES:
        path = _file(name, city)
        try:
            told = tomllib.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:  # not there, not UTF-8 or not TOML
            raise GuideBroken(file=path.name) from error
        if document.keys() & told.keys():
            raise GuideBroken(file=path.name, problem="it says what another file says already")
        document |= told
    try:
        return Guide.model_validate(document)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise GuideBroken(place=place, problem=first["msg"]) from error


def own_files(city: Path) -> frozenset[str]:
    """Return which files of the guide a city keeps itself."""
    return frozenset(name for name in FILES if (city / CITY_FOLDER / f"{name}.toml").is_file())


def _file(name: str, city: Path | None) -> Path:
    if city is not None and name in own_files(city):
        return city / CITY_FOLDER / f"{name}.toml"
    return OWN / f"{name}.toml"


def _once(codes: Iterable[str]) -> None:
    listed = list(codes)
    if len(listed) != len(set(listed)):
        raise ValueError("a code is used twice")


def _known(place: str, codes: Iterable[str], known: Mapping[str, object]) -> None:
    for code in codes:
        if code not in known:
            raise ValueError(f"{place} names {code}, which the guide does not explain")
