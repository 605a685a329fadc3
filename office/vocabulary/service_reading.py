"""Reads the list of a city's own services, as strictly as the rest of its folder."""

from pathlib import Path
from typing import Final

from office.vocabulary.city import CityService
from office.vocabulary.reader import Reader, Table
from office.vocabulary.reading import read_meta

SERVICES: Final = "services"
"""The city's own services, where it lists them; without the list a case against it tells of none."""


def read_services(path: Path) -> tuple[CityService, ...]:
    """Return the services a city lists; none where it has no such file."""
    if not path.exists():
        return ()
    reader = Reader(path)
    document = reader.document()
    reader.only(document, {"meta", "service"})
    read_meta(reader, document)
    return tuple(_read_service(reader, table) for table in reader.tables(document, "service"))


def _read_service(reader: Reader, table: Table) -> CityService:
    reader.place = "service"
    reader.only(table, {"code", "label", "names", "part_of", "respondent"})
    return CityService(
        code=reader.text(table, "code"),
        label=reader.words(table, "label"),
        names=reader.texts(table, "names"),
        part_of=reader.text(table, "part_of", ""),
        respondent=reader.text(table, "respondent", ""),
    )
