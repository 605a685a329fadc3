"""A city as a folder of data: who the office is, its map, its days, its promises.

Nothing here names a city. `office/vocabulary/cities/` holds those shipped; any other folder with the
same files will do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from office.vocabulary.city_calendar import Calendar
from office.vocabulary.items import CodeUnknown, Meta, Vocabulary, Words, words_in


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A part of a district, with the municipal code. Never published on its own."""

    code: str
    name: str
    population: int


@dataclass(frozen=True, slots=True)
class District:
    """What is known of a district besides its name.

    Attributes:
        population: residents on the city's `population_reference`.
        tile: column and row in the map of equal tiles; row 0 is the north.
        adjacent: codes of the districts it has a border with.
        foreign_share: per cent of foreign nationals, as printed in a source; None when not known.
    """

    code: str
    population: int
    tile: tuple[int, int]
    adjacent: tuple[str, ...]
    ine: str = ""
    area_ha: int | None = None
    centroid: tuple[float, float] | None = None
    foreign_share: float | None = None
    neighbourhoods: tuple[Neighbourhood, ...] = ()


@dataclass(frozen=True, slots=True)
class DistrictZone:
    """Several whole districts counted together, where one alone would be too few people."""

    code: str
    label: Words
    districts: tuple[str, ...]

    def label_in(self, tag: str) -> str:
        """Return the name of the zone in the language `tag`."""
        return words_in(self.label, tag)


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who helps. Not confirmed until the office has called and dated it.

    Attributes:
        last_checked_on: day on which the office confirmed it; None when it never has.
        is_on_bill: whether a call shows on the bill; None when that is not known.
        is_helpline: told after the emergency number to whoever says they are in danger.
        is_stale_risk: the source is old and the contact may have changed.
        is_outside_route: somebody may complain there when the city itself is said to have discriminated.
    """

    code: str
    label: Words
    scope: str
    confidence: str
    phone: str = ""
    chat: str = ""
    email: str = ""
    url: str = ""
    address: str = ""
    hours: str = ""
    languages: str = ""
    source: str = ""
    is_emergency: bool = False
    is_helpline: bool = False
    is_free: bool = False
    is_anonymous: bool = False
    is_on_bill: bool | None = None
    is_stale_risk: bool = False
    is_outside_route: bool = False
    last_checked_on: date | None = None

    def label_in(self, tag: str) -> str:
        """Return what the contact is for, in the language `tag`."""
        return words_in(self.label, tag)

    @property
    def is_confirmed(self) -> bool:
        """Return whether the office has ever confirmed it."""
        return self.last_checked_on is not None


@dataclass(frozen=True, slots=True)
class CityService:
    """A service of the city itself, which may be the other side of a case.

    Attributes:
        names: other ways in which it is named; its labels are names too.
        part_of: code of the service under whose management it stands; empty when under none.
        respondent: the kind of respondent that says it is this one; empty when none does.
    """

    code: str
    label: Words
    names: tuple[str, ...] = ()
    part_of: str = ""
    respondent: str = ""

    def label_in(self, tag: str) -> str:
        """Return what the service is called, in the language `tag`."""
        return words_in(self.label, tag)


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """A promise of the office to the people it serves; its own decision, not a legal limit."""

    code: str
    label: Words
    count: int
    unit: str
    is_default: bool
    law: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Denominators:
    """Populations by district for rates, with their year and what is doubtful about them."""

    meta: Meta
    reference: str
    year: int
    is_year_confirmed: bool
    doubt: str
    total: int
    populations: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Place:
    """An office, controller or officer: what it is called and how to reach it.

    Attributes:
        last_checked_on: day on which it was confirmed; None when it never was.
    """

    name: Words
    phone: str = ""
    email: str = ""
    address: str = ""
    url: str = ""
    note: str = ""
    last_checked_on: date | None = None

    def name_in(self, tag: str) -> str:
        """Return its name in the language `tag`."""
        return words_in(self.name, tag)

    @property
    def is_confirmed(self) -> bool:
        """Return whether somebody confirmed it."""
        return self.last_checked_on is not None


@dataclass(frozen=True, slots=True)
class Look:
    """How the pages look: names of CSS custom properties with their values, and a logo if any."""

    colours: Mapping[str, str]
    logo: str = ""


@dataclass(frozen=True, slots=True)
class SpokenLanguages:
    """Languages of the city's pages, in the order in which they are offered."""

    meta: Meta
    residents: tuple[str, ...]
    staff: tuple[str, ...]
    public: tuple[str, ...]
    fallback: str
    planned: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class City:
    """Everything that is different in another city.

    Attributes:
        folder: where its files lie.
        zone: the time zone in which its legal days are reckoned.
        way_out: where "leave this page quickly" leads: a page that anybody may have been looking at.
        districts: places a report can name: the districts, then `outside` and `unknown`.
        geography: what is known of each real district, by code.
        district_zones: unions of whole districts that together cover the city once.
        services: the city's own services, to keep their people out of cases against them.
        retention_days: how long each kind of thing is kept, in days.
    """

    code: str
    folder: Path
    meta: Meta
    name: Words
    country: str
    zone: ZoneInfo
    way_out: str
    office: Place
    controller: Place
    data_protection_officer: Place
    look: Look
    retention_days: Mapping[str, int]
    districts: Vocabulary
    geography: Mapping[str, District]
    district_zones: tuple[DistrictZone, ...]
    grid: tuple[int, int]
    population_total: int
    population_reference: str
    contacts_meta: Meta
    contacts: tuple[Contact, ...]
    calendar: Calendar
    languages: SpokenLanguages
    service_levels_meta: Meta
    service_levels: tuple[ServiceLevel, ...]
    denominators: Denominators
    services: tuple[CityService, ...] = ()

    def name_in(self, tag: str) -> str:
        """Return the name of the city in the language `tag`."""
        return words_in(self.name, tag)

    @property
    def district_codes(self) -> tuple[str, ...]:
        """Return the codes of the real districts, in order."""
        return tuple(self.geography)

    @property
    def helplines(self) -> tuple[Contact, ...]:
        """Return who else listens to somebody in danger, told after those who come."""
        return tuple(one for one in self.contacts if one.is_helpline and one.phone)

    @property
    def outside_routes(self) -> tuple[Contact, ...]:
        """Return to whom somebody may complain of the city itself."""
        return tuple(one for one in self.contacts if one.is_outside_route)

    def contact(self, code: str) -> Contact:
        """Return the contact of this code.

        Raises:
            CodeUnknown: the city has no such contact.
        """
        for contact in self.contacts:
            if contact.code == code:
                return contact
        raise CodeUnknown(vocabulary="contacts")

    def service_level(self, code: str) -> ServiceLevel:
        """Return the promise of this code.

        Raises:
            CodeUnknown: the city has made no such promise.
        """
        for level in self.service_levels:
            if level.code == code:
                return level
        raise CodeUnknown(vocabulary="service_levels")

    def zone_of(self, district: str) -> DistrictZone:
        """Return the zone in which a district is counted.

        Raises:
            CodeUnknown: no zone has this district.
        """
        for zone in self.district_zones:
            if district in zone.districts:
                return zone
        raise CodeUnknown(vocabulary="district_zones")
