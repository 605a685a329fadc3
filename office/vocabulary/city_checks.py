"""Whether a city's folder fits together: the map, the sums, the promises, the people who help."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from office.languages.registry import tags_of
from office.vocabulary.city import City
from office.vocabulary.colours import READABLE, contrast
from office.vocabulary.days_off import is_listed
from office.vocabulary.findings import Finding, error, twice, warning
from office.vocabulary.items import LABEL_TAGS, Meta, Vocabulary, Words
from office.vocabulary.shapes import CONFIDENCES, UNITS

CONTACT_AGES: Final = timedelta(days=365)
"""A contact is called again every year."""
RETENTION_NEEDED: Final = (
    "draft",
    "diary",
    "unopened_envelope",
    "statistics_only_story",
    "closed_case",
    "timeline",
)
"""What the privacy notice says a number of days of."""
PLACES_NEEDED: Final = ("outside", "unknown")
COLOURS_NEEDED: Final = ("--office-brand", "--office-brand-dark", "--office-on-brand", "--office-accent")
HEX: Final = re.compile(r"#[0-9a-f]{6}")


def check_city(city: City, languages: Vocabulary | None, today: date) -> list[Finding]:
    """Return everything found in a city; `languages` is the office's list of languages."""
    return [
        *_check_heads(city, today),
        *_check_languages(city, languages),
        *_check_names(city),
        *_check_districts(city),
        *_check_zones(city),
        *_check_population(city),
        *_check_contacts(city, today),
        *_check_services(city),
        *_check_days(city, today),
        *_check_promises(city),
        *_check_look(city),
        *_check_way_out(city),
    ]


def _check_heads(city: City, today: date) -> Iterator[Finding]:
    heads: tuple[tuple[str, Meta, int], ...] = (
        ("city", city.meta, 1),
        ("districts", city.districts.meta, len(city.districts)),
        ("contacts", city.contacts_meta, len(city.contacts)),
        ("calendar", city.calendar.meta, len(city.calendar.holidays)),
        ("languages", city.languages.meta, len(city.languages.residents)),
        ("service_levels", city.service_levels_meta, len(city.service_levels)),
        ("denominators", city.denominators.meta, len(city.denominators.populations)),
    )
    for name, meta, size in heads:
        source = f"{city.code}/{name}"
        if meta.vocabulary != name:
            yield error(source, "unreadable", f"the file says it is {meta.vocabulary}")
        if meta.confidence not in CONFIDENCES:
            yield error(source, "confidence", f"{meta.confidence} is not a confidence the office uses")
        if not meta.is_reviewed:
            yield warning(source, "unreviewed", f"{size} entries that nobody has reviewed yet")
        if meta.next_review <= today:
            yield warning(source, "review_due", f"was to be read again by {meta.next_review.isoformat()}")


def _check_languages(city: City, languages: Vocabulary | None) -> Iterator[Finding]:
    source = f"{city.code}/languages"
    spoken = city.languages
    for tag in sorted({*spoken.residents, *spoken.staff, *spoken.public, *spoken.planned, spoken.fallback}):
        if languages is not None and tag not in languages:
            yield error(source, "reference_unknown", f"languages has no code {tag}")
    for name, tags in (("residents", spoken.residents), ("staff", spoken.staff), ("public", spoken.public)):
        if not tags:
            yield error(source, "no_language", f"no language is offered to {name}")
        for tag in tags:
            if tag not in (LABEL_TAGS if name != "residents" else (*LABEL_TAGS, *tags_of("data"))):
                yield error(source, "label_language", f"{tag} is offered, but no list has labels in it")
    if spoken.fallback not in spoken.residents:
        yield error(source, "no_language", f"the fallback {spoken.fallback} is not offered")


def _offered(city: City) -> list[str]:
    """Return every language in which somebody reads the city's pages."""
    spoken = {*city.languages.residents, *city.languages.staff, *city.languages.public}
    return [tag for tag in LABEL_TAGS if tag in spoken]


def _missing(source: str, what: str, words: Words, tags: Sequence[str]) -> Iterator[Finding]:
    for tag in tags:
        if tag not in words:
            yield error(source, "label_missing", f"{what} is not said in {tag}")


def _check_names(city: City) -> Iterator[Finding]:
    tags = _offered(city)
    named: list[tuple[str, str, Words]] = [
        ("city", "the city", city.name),
        ("city", "the office", city.office.name),
        ("city", "the controller", city.controller.name),
        ("city", "the data protection officer", city.data_protection_officer.name),
    ]
    named += [("districts", item.code, item.label) for item in city.districts]
    named += [("districts", f"zone {zone.code}", zone.label) for zone in city.district_zones]
    named += [("contacts", contact.code, contact.label) for contact in city.contacts]
    named += [("service_levels", level.code, level.label) for level in city.service_levels]
    for file, what, words in named:
        yield from _missing(f"{city.code}/{file}", what, words, tags)


def _check_services(city: City) -> Iterator[Finding]:
    """Look at the city's own services: whoever works there must be found by one code, and named to staff."""
    source, codes = f"{city.code}/services", [service.code for service in city.services]
    for code in twice(codes):
        yield error(source, "code_twice", f"{code} stands in the list of services more than once")
    for service in city.services:
        tags = [tag for tag in LABEL_TAGS if tag in city.languages.staff]
        yield from _missing(source, f"the service {service.code}", service.label, tags)
        if service.part_of and (service.part_of not in codes or service.part_of == service.code):
            yield error(source, "reference_unknown", f"{service.code} cannot be part of {service.part_of}")


def _check_districts(city: City) -> Iterator[Finding]:
    source = f"{city.code}/districts"
    for code in twice(city.districts.codes):
        yield error(source, "code_twice", f"{code} stands in the list more than once")
    for code in PLACES_NEEDED:
        if code not in city.districts or code in city.geography:
            yield error(source, "place_missing", f"there must be a place {code} that is not a district")
    tiles: dict[tuple[int, int], str] = {}
    columns, rows = city.grid
    for code, district in city.geography.items():
        column, row = district.tile
        if not (0 <= column < columns and 0 <= row < rows):
            yield error(source, "tile_outside", f"{code} lies outside the map")
        if district.tile in tiles:
            yield error(source, "tile_taken", f"{code} and {tiles[district.tile]} lie on one another")
        tiles[district.tile] = code
        for other in district.adjacent:
            if other == code or other not in city.geography:
                yield error(source, "border_unknown", f"{code} cannot have a border with {other}")
            elif code not in city.geography[other].adjacent:
                yield error(
                    source, "border_one_way", f"{code} has a border with {other}, and {other} has none"
                )


def _check_zones(city: City) -> Iterator[Finding]:
    source = f"{city.code}/districts"
    counted = [code for zone in city.district_zones for code in zone.districts]
    for code in twice(counted):
        yield error(source, "zone_overlap", f"{code} is counted in more than one zone")
    for code in sorted(set(city.geography) - set(counted)):
        yield error(source, "zone_gap", f"{code} is counted in no zone")
    for code in sorted(set(counted) - set(city.geography)):
        yield error(source, "zone_unknown", f"a zone counts {code}, which is not a district")
    for code in twice(zone.code for zone in city.district_zones):
        yield error(source, "code_twice", f"zone {code} stands in the list more than once")


def _check_population(city: City) -> Iterator[Finding]:
    source = f"{city.code}/districts"
    total = sum(district.population for district in city.geography.values())
    if total != city.population_total:
        yield error(source, "population_sum", f"districts add up to {total}, not to {city.population_total}")
    for code, district in city.geography.items():
        parts = sum(one.population for one in district.neighbourhoods)
        if district.neighbourhoods and parts != district.population:
            yield error(source, "population_sum", f"neighbourhoods of {code} add up to {parts}")
    denominators = city.denominators
    known = {code: district.population for code, district in city.geography.items()}
    if dict(denominators.populations) != known or denominators.total != city.population_total:
        yield error(f"{city.code}/denominators", "population_differs", "not the populations of the districts")
    if not denominators.is_year_confirmed:
        yield warning(
            f"{city.code}/denominators", "year_doubtful", f"the year {denominators.year} is doubtful"
        )


def _check_contacts(city: City, today: date) -> Iterator[Finding]:
    source = f"{city.code}/contacts"
    for code in twice(contact.code for contact in city.contacts):
        yield error(source, "code_twice", f"{code} stands in the list more than once")
    if not any(contact.is_emergency for contact in city.contacts):
        yield error(source, "no_emergency", "nobody is named for an emergency")
    for contact in city.contacts:
        ways = (contact.phone, contact.chat, contact.email, contact.url, contact.address)
        if not any(ways):
            yield error(source, "no_way_to_reach", f"{contact.code} cannot be reached")
        if contact.confidence not in CONFIDENCES:
            yield error(source, "confidence", f"{contact.code}: unknown confidence")
        checked = contact.last_checked_on
        if checked is not None and checked + CONTACT_AGES < today:
            yield warning(
                source, "contact_old", f"{contact.code} was last confirmed on {checked.isoformat()}"
            )
    unconfirmed = sum(not contact.is_confirmed for contact in city.contacts)
    if unconfirmed:
        yield warning(source, "contact_unconfirmed", f"{unconfirmed} contacts the office never confirmed")
    if not (city.office.phone or city.office.email):
        yield error(f"{city.code}/city", "no_way_to_reach", "the office itself cannot be reached")
    for name, place in (
        ("the office", city.office),
        ("the controller", city.controller),
        ("the data protection officer", city.data_protection_officer),
    ):
        if not place.is_confirmed:
            yield warning(f"{city.code}/city", "contact_unconfirmed", f"{name}: never confirmed")


def _check_days(city: City, today: date) -> Iterator[Finding]:
    source = f"{city.code}/calendar"
    for rule in ("court", "administrative"):
        if rule not in city.calendar.closures:
            yield error(source, "closures_missing", f"it does not say when the {rule} calendar stops")
    for year in (today.year, today.year + 1):
        if not city.calendar.is_confirmed(year):
            yield warning(source, "year_unconfirmed", f"nobody confirmed the days off of {year}")
        if year not in city.calendar.years:
            yield warning(
                source, "year_missing", f"no limit of {year} can be counted: its days off are not listed"
            )
    country, region = city.calendar.country, city.calendar.region
    if (country or region) and not is_listed(country, region):
        yield error(
            source, "library", f"the library of days off has no {region or '(whole)'} of {country or '?'}"
        )


def _check_promises(city: City) -> Iterator[Finding]:
    source = f"{city.code}/service_levels"
    for code in twice(level.code for level in city.service_levels):
        yield error(source, "code_twice", f"{code} stands in the list more than once")
    for level in city.service_levels:
        if level.unit not in UNITS or level.count < 1:
            yield error(source, "limit", f"{level.code} has no length, or one of an unknown unit")
    defaults = sum(level.is_default for level in city.service_levels)
    if defaults:
        yield warning(source, "promise_undecided", f"{defaults} promises are defaults nobody decided")
    for name in RETENTION_NEEDED:
        if name not in city.retention_days:
            yield error(f"{city.code}/city", "retention", f"it does not say how many days it keeps: {name}")
    for name, days in city.retention_days.items():
        if days < 1:
            yield error(f"{city.code}/city", "retention", f"{name} cannot be kept for {days} days")


def _check_look(city: City) -> Iterator[Finding]:
    source = f"{city.code}/city"
    colours = city.look.colours
    for name, value in colours.items():
        if not name.startswith("--office-") or not HEX.fullmatch(value):
            yield error(source, "colour", f"{name} must be an --office- property with a value like #0b4f6c")
    for name in COLOURS_NEEDED:
        if name not in colours:
            yield error(source, "colour", f"{name} is missing")
    text = colours.get("--office-on-brand", "")
    for name in ("--office-brand", "--office-brand-dark"):
        behind = colours.get(name, "")
        if HEX.fullmatch(text) and HEX.fullmatch(behind) and contrast(text, behind) < READABLE:
            yield error(source, "contrast", f"text cannot be read well on {name}")


def _check_way_out(city: City) -> Iterator[Finding]:
    places = (city.office, city.controller, city.data_protection_officer)
    addresses = [*(place.url for place in places), *(contact.url for contact in city.contacts)]
    if _host(city.way_out) in {_host(address) for address in addresses if address}:
        yield error(
            f"{city.code}/city", "way_out", "the way out leads to somebody who helps: that would tell why"
        )


def _host(address: str) -> str:
    return address.partition("//")[2].partition("/")[0].lower().removeprefix("www.")
