"""Reads the districts of a city: their names, their place on the map, the zones they are counted in."""

from pathlib import Path
from typing import Final

from office.vocabulary.city import District, DistrictZone, Neighbourhood
from office.vocabulary.items import Item, Vocabulary
from office.vocabulary.reader import Reader, Table
from office.vocabulary.reading import read_item, read_meta
from office.vocabulary.shapes import DISTRICTS

GEOGRAPHY: Final = frozenset(
    {
        "ine",
        "population",
        "area_ha",
        "foreign_share",
        "centroid",
        "tile",
        "adjacent",
        "neighbourhoods",
    }
)


class Places:
    """What districts.toml says, taken apart."""

    def __init__(self, reader: Reader, document: Table) -> None:
        reader.only(document, {"meta", "population_total", "population_reference", "grid", "zone", "item"})
        meta = read_meta(reader, document)
        reader.place = "districts"
        self.total = reader.number(document, "population_total")
        self.reference = reader.text(document, "population_reference")
        self.grid = read_pair(reader, document, "grid")
        self.geography: dict[str, District] = {}
        items: list[Item] = []
        for table in reader.tables(document, "item"):
            item = read_item(reader, table, DISTRICTS, GEOGRAPHY)
            items.append(item)
            if not item.has("is_not_a_district"):
                self.geography[item.code] = _read_district(reader, table, item.code)
            elif GEOGRAPHY & set(table):
                raise reader.refusal("only a district has a place on the map")
        self.zones = tuple(_read_zone(reader, table) for table in reader.tables(document, "zone"))
        self.districts = Vocabulary(name="districts", meta=meta, items=tuple(items))


def read_districts(path: Path) -> Places:
    """Return the districts and zones kept in the file `path`."""
    reader = Reader(path)
    return Places(reader, reader.document())


def _read_district(reader: Reader, table: Table, code: str) -> District:
    return District(
        code=code,
        population=reader.number(table, "population"),
        tile=read_pair(reader, table, "tile"),
        adjacent=reader.texts(table, "adjacent"),
        ine=reader.text(table, "ine", ""),
        area_ha=reader.number(table, "area_ha") if "area_ha" in table else None,
        centroid=_read_point(reader, table, "centroid") if "centroid" in table else None,
        foreign_share=_read_decimal(reader, table, "foreign_share") if "foreign_share" in table else None,
        neighbourhoods=tuple(
            _read_neighbourhood(reader, one) for one in reader.tables(table, "neighbourhoods")
        ),
    )


def _read_neighbourhood(reader: Reader, table: Table) -> Neighbourhood:
    reader.only(table, {"code", "name", "population"})
    return Neighbourhood(
        code=reader.text(table, "code"),
        name=reader.text(table, "name"),
        population=reader.number(table, "population"),
    )


def _read_zone(reader: Reader, table: Table) -> DistrictZone:
    reader.place = "zone"
    reader.only(table, {"code", "label", "districts"})
    return DistrictZone(
        code=reader.text(table, "code"),
        label=reader.words(table, "label"),
        districts=reader.texts(table, "districts"),
    )


def read_pair(reader: Reader, table: Table, key: str) -> tuple[int, int]:
    """Return the two whole numbers under `key`."""
    found = table.get(key)
    if not isinstance(found, list) or len(found) != 2 or not all(type(one) is int for one in found):
        raise reader.refusal(f"{key} must be two whole numbers")
    return found[0], found[1]


def _read_point(reader: Reader, table: Table, key: str) -> tuple[float, float]:
    found = table.get(key)
    if not isinstance(found, list) or len(found) != 2 or not all(type(one) is float for one in found):
        raise reader.refusal(f"{key} must be a longitude and a latitude")
    return found[0], found[1]


def _read_decimal(reader: Reader, table: Table, key: str) -> float:
    found = table.get(key)
    if not isinstance(found, float | int) or isinstance(found, bool):
        raise reader.refusal(f"{key} must be a number")
    return float(found)
