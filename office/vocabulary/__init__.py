"""Vocabularies and cities: the office's lists as data that lawyers read, and code that knows no code.

`load("grounds")` gives a list, `load_city("valencia")` a city. Files are read once for each process,
strictly; `python -m office vocabulary check` looks at whether they fit together.
"""

from functools import cache
from pathlib import Path
from typing import Final

from office.vocabulary.calendar_reading import read_calendar
from office.vocabulary.city import (
    City,
    Contact,
    Denominators,
    District,
    DistrictZone,
    Place,
    ServiceLevel,
)
from office.vocabulary.city_calendar import Calendar, Holiday
from office.vocabulary.city_reading import read_city
from office.vocabulary.items import (
    LABEL_TAGS,
    CityUnknown,
    CodeUnknown,
    Group,
    Item,
    Meta,
    Vocabulary,
    VocabularyBroken,
    VocabularyUnknown,
    words_in,
)
from office.vocabulary.reading import read_vocabulary
from office.vocabulary.route_limits import (
    LaterStart,
    LimitStop,
    ReckonedStart,
    RouteDeadline,
    StopEvent,
    WorkedExample,
)
from office.vocabulary.shapes import CITY_LISTS, SHAPES

__all__ = [
    "LABEL_TAGS",
    "NAMES",
    "Calendar",
    "City",
    "CityUnknown",
    "CodeUnknown",
    "Contact",
    "Denominators",
    "District",
    "DistrictZone",
    "Group",
    "Holiday",
    "Item",
    "LaterStart",
    "LimitStop",
    "Meta",
    "Place",
    "ReckonedStart",
    "RouteDeadline",
    "ServiceLevel",
    "StopEvent",
    "Vocabulary",
    "VocabularyBroken",
    "VocabularyUnknown",
    "WorkedExample",
    "city_folder",
    "load",
    "load_city",
    "seat_calendar",
    "words_in",
]

DATA: Final = Path(__file__).parent / "data"
CITIES: Final = Path(__file__).parent / "cities"
SEATS: Final = "seats"
"""Where the days off of seats lie: one file each, the office's or those of a city."""
DEFAULT_CITY: Final = "valencia"
OWN_LISTS: Final = "lists"
NAMES: Final = (*SHAPES, *CITY_LISTS)
"""Every list `load` knows, those of a city last."""


@cache
def _list_in(folder: Path, name: str) -> Vocabulary:
    return read_vocabulary(name, folder / f"{name}.toml", SHAPES[name])


@cache
def _list_of(city: Path, name: str) -> Vocabulary:
    own = city / OWN_LISTS
    return _list_in(own if (own / f"{name}.toml").is_file() else DATA, name)


@cache
def _city_in(folder: Path) -> City:
    return read_city(folder)


def city_folder(name_or_path: str | Path) -> Path:
    """Return the folder of a city: one shipped with the office, or any with the same files.

    Raises:
        CityUnknown: there is neither.
    """
    given = str(name_or_path)
    shipped = CITIES / given
    folder = shipped if given and Path(given).name == given and shipped.is_dir() else Path(given)
    if not (folder / "city.toml").is_file():
        raise CityUnknown
    return folder.resolve()


def load(name: str, city: str | Path | City | None = None) -> Vocabulary:
    """Return the list `name`, as `city` keeps it.

    A city may replace a list of the office by its own, in `lists/` of its folder; a list that only
    cities have (`districts`) is that of the default city when none is named.

    Raises:
        VocabularyUnknown: there is no such list.
        CityUnknown: there is no such city.
        VocabularyBroken: the file is not as agreed.
    """
    if name in CITY_LISTS:
        return city.districts if isinstance(city, City) else load_city(city or DEFAULT_CITY).districts
    if name not in SHAPES:
        raise VocabularyUnknown
    if city is None:
        return _list_in(DATA, name)
    return _list_of(city.folder if isinstance(city, City) else city_folder(city), name)


@cache
def _calendar_in(file: Path) -> Calendar:
    return read_calendar(file)


def seat_calendar(code: str, city: City) -> Calendar:
    """Return the days off of a place of the list of seats that is neither the city itself nor unknown.

    Raises:
        VocabularyBroken: its file is missing or not as agreed.
    """
    own = city.folder / SEATS / f"{code}.toml"
    return _calendar_in(own if own.is_file() else Path(__file__).parent / SEATS / f"{code}.toml")


def load_city(name_or_path: str | Path) -> City:
    """Return a city: one shipped with the office by its name, or any folder with the same files.

    Raises:
        CityUnknown: there is neither.
        VocabularyBroken: a file of the folder is missing or not as agreed.
    """
    return _city_in(city_folder(name_or_path))
