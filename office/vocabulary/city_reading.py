"""Reads a city's folder, as strictly as `office.vocabulary.reading` reads a list."""

import re
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from office.vocabulary.calendar_reading import read_calendar
from office.vocabulary.city import (
    City,
    Contact,
    Denominators,
    Look,
    Place,
    ServiceLevel,
    SpokenLanguages,
)
from office.vocabulary.district_reading import read_districts
from office.vocabulary.items import Meta
from office.vocabulary.reader import Reader, Table
from office.vocabulary.reading import read_meta
from office.vocabulary.service_reading import SERVICES, read_services

FILES: Final = (
    "city",
    "districts",
    "contacts",
    "calendar",
    "languages",
    "service_levels",
    "denominators",
)
"""Files of a city's folder, each with the ending `.toml`."""

OWN_FORM: Final = "form"
"""A city's own form for residents, in place of the office's; the residents' service knows how to read it."""

WAY_OUT: Final = re.compile(
    r"https://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,80}){0,8}/?"
)
"""A name and a path over https: no port, no user, no number for a host, and nothing after `?` or `#` that
could tell where somebody came from."""
PLACE: Final = {"name", "phone", "email", "address", "url", "note", "last_checked_on"}
CONTACT_TEXTS: Final = (
    "scope",
    "confidence",
    "phone",
    "chat",
    "email",
    "url",
    "address",
    "hours",
    "languages",
    "source",
)


def read_city(folder: Path) -> City:
    """Return the city kept in `folder`.

    Raises:
        VocabularyBroken: a file is missing or says something nobody agreed on.
    """
    reader = Reader(folder / "city.toml")
    document = reader.document()
    tables = {"office", "controller", "data_protection_officer", "look", "retention_days"}
    reader.only(document, {"meta", "code", "name", "country", "time_zone", "way_out"} | tables)
    meta = read_meta(reader, document)
    reader.place = "city"
    places = read_districts(folder / "districts.toml")
    contacts_meta, contacts = _read_contacts(folder / "contacts.toml")
    levels_meta, levels = _read_service_levels(folder / "service_levels.toml")
    return City(
        code=reader.text(document, "code"),
        folder=folder,
        meta=meta,
        name=reader.words(document, "name"),
        country=reader.text(document, "country"),
        zone=_read_time_zone(reader, document),
        way_out=_read_way_out(reader, document),
        office=_read_place(reader, document, "office"),
        controller=_read_place(reader, document, "controller"),
        data_protection_officer=_read_place(reader, document, "data_protection_officer"),
        look=_read_look(reader, document),
        retention_days=_read_numbers(reader, document, "retention_days"),
        districts=places.districts,
        geography=places.geography,
        district_zones=places.zones,
        grid=places.grid,
        population_total=places.total,
        population_reference=places.reference,
        contacts_meta=contacts_meta,
        contacts=contacts,
        calendar=read_calendar(folder / "calendar.toml"),
        languages=_read_languages(folder / "languages.toml"),
        service_levels_meta=levels_meta,
        service_levels=levels,
        denominators=_read_denominators(folder / "denominators.toml"),
        services=read_services(folder / f"{SERVICES}.toml"),
    )


def _read_time_zone(reader: Reader, document: Table) -> ZoneInfo:
    named = reader.text(document, "time_zone")
    try:
        return ZoneInfo(named)
    except (ZoneInfoNotFoundError, ValueError):
        raise reader.refusal(f"there is no time zone {named}") from None


def _read_way_out(reader: Reader, document: Table) -> str:
    address = reader.text(document, "way_out")
    if not WAY_OUT.fullmatch(address):
        raise reader.refusal("way_out must be a plain address like https://www.example.org/weather")
    return address


def _read_place(reader: Reader, document: Table, key: str) -> Place:
    reader.place = key
    table = reader.table(document, key)
    reader.only(table, PLACE)
    return Place(
        name=reader.words(table, "name"),
        phone=reader.text(table, "phone", ""),
        email=reader.text(table, "email", ""),
        address=reader.text(table, "address", ""),
        url=reader.text(table, "url", ""),
        note=reader.text(table, "note", ""),
        last_checked_on=reader.day_or_none(table, "last_checked_on"),
    )


def _read_look(reader: Reader, document: Table) -> Look:
    reader.place = "look"
    look = reader.table(document, "look")
    reader.only(look, {"logo", "colours"})
    colours = reader.table(look, "colours")
    return Look(
        colours={name: reader.text(colours, name) for name in colours},
        logo=reader.text(look, "logo", ""),
    )


def _read_numbers(reader: Reader, document: Table, key: str) -> dict[str, int]:
    reader.place = key
    table = reader.table(document, key)
    return {name: reader.number(table, name) for name in table}


def _read_contacts(path: Path) -> tuple[Meta, tuple[Contact, ...]]:
    reader = Reader(path)
    document = reader.document()
    reader.only(document, {"meta", "contact"})
    meta = read_meta(reader, document)
    return meta, tuple(_read_contact(reader, table) for table in reader.tables(document, "contact"))


def _read_contact(reader: Reader, table: Table) -> Contact:
    reader.place = "contact without a code"
    code = reader.text(table, "code")
    reader.place = f"contact {code}"
    flags = {"is_emergency", "is_helpline", "is_free", "is_anonymous", "is_on_bill", "is_stale_risk"}
    flags |= {"is_outside_route"}
    reader.only(table, {"code", "label", "last_checked_on", *CONTACT_TEXTS} | flags)
    return Contact(
        code=code,
        label=reader.words(table, "label"),
        **{key: reader.text(table, key, "") for key in CONTACT_TEXTS},
        is_emergency=reader.flag(table, "is_emergency", False),
        is_helpline=reader.flag(table, "is_helpline", False),
        is_free=reader.flag(table, "is_free", False),
        is_anonymous=reader.flag(table, "is_anonymous", False),
        is_on_bill=reader.flag(table, "is_on_bill") if "is_on_bill" in table else None,
        is_stale_risk=reader.flag(table, "is_stale_risk", False),
        is_outside_route=reader.flag(table, "is_outside_route", False),
        last_checked_on=reader.day_or_none(table, "last_checked_on"),
    )


def _read_languages(path: Path) -> SpokenLanguages:
    reader = Reader(path)
    document = reader.document()
    reader.only(document, {"meta", "residents", "staff", "public", "fallback", "planned"})
    meta = read_meta(reader, document)
    reader.place = "languages"
    return SpokenLanguages(
        meta=meta,
        residents=reader.texts(document, "residents"),
        staff=reader.texts(document, "staff"),
        public=reader.texts(document, "public"),
        fallback=reader.text(document, "fallback"),
        planned=reader.texts(document, "planned"),
    )


def _read_service_levels(path: Path) -> tuple[Meta, tuple[ServiceLevel, ...]]:
    reader = Reader(path)
    document = reader.document()
    reader.only(document, {"meta", "service_level"})
    meta = read_meta(reader, document)
    levels = []
    for table in reader.tables(document, "service_level"):
        reader.place = "service level"
        reader.only(table, {"code", "label", "count", "unit", "is_default", "law", "note"})
        levels.append(
            ServiceLevel(
                code=reader.text(table, "code"),
                label=reader.words(table, "label"),
                count=reader.number(table, "count"),
                unit=reader.text(table, "unit"),
                is_default=reader.flag(table, "is_default"),
                law=reader.texts(table, "law"),
                note=reader.text(table, "note", ""),
            )
        )
    return meta, tuple(levels)


def _read_denominators(path: Path) -> Denominators:
    reader = Reader(path)
    document = reader.document()
    reader.only(
        document,
        {"meta", "reference", "year", "is_year_confirmed", "doubt", "total", "populations"},
    )
    meta = read_meta(reader, document)
    return Denominators(
        meta=meta,
        reference=reader.text(document, "reference"),
        year=reader.number(document, "year"),
        is_year_confirmed=reader.flag(document, "is_year_confirmed"),
        doubt=reader.text(document, "doubt"),
        total=reader.number(document, "total"),
        populations=_read_numbers(reader, document, "populations"),
    )
