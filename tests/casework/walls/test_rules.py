"""Which service a name tells of, whose people keep out of which case, and for how long."""

from dataclasses import replace
from datetime import date

import pytest

from casework.walls.rules import UNNAMED, counts, named_service, service_of_respondent, touches
from office.vocabulary.city import CityService
from tests.casework.desk import CITY


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("Policía Local", "local_police"),
        ("POLICIA LOCAL de València, 5a unitat", "local_police"),
        ("Agente 1234 de la Policía Local", "local_police"),
        ("Ajuntament de València", UNNAMED),
        ("AYUNTAMIENTO DE VALENCIA", UNNAMED),
        ("Servici de Vivenda", "housing"),
        ("Ayuntamiento de Torrent", None),
        ("Policía Nacional", None),
        ("Bar Pepe S.L.", None),
        ("", None),
    ],
)
def test_a_name_tells_of_a_service_of_the_city_in_either_language(name: str, service: str | None) -> None:
    assert named_service([name], CITY) == service


def test_another_name_of_somebody_tells_too() -> None:
    assert named_service(["Los municipales", "Policía Local"], CITY) == "local_police"


def test_those_above_and_those_below_a_service_keep_out_and_its_neighbours_do_not() -> None:
    services = [
        CityService("area", {}),
        CityService("housing", {}, part_of="area"),
        CityService("rents", {}, part_of="housing"),
        CityService("sports", {}, part_of="area"),
    ]
    for one, other, both in (
        ("housing", "housing", True),
        ("area", "rents", True),
        ("rents", "area", True),
        ("housing", "rents", True),
        ("housing", "sports", False),
        ("rents", "sports", False),
    ):
        assert touches(one, other, services) is touches(other, one, services) is both, (one, other)


def test_services_that_stand_under_one_another_in_a_ring_end() -> None:
    ring = [CityService("a", {}, part_of="b"), CityService("b", {}, part_of="a"), CityService("c", {})]
    assert touches("a", "b", ring) and not touches("a", "c", ring)


@pytest.mark.parametrize(
    ("ended", "today", "kept"),
    [
        (None, date(2030, 1, 1), True),
        (date(2026, 11, 23), date(2028, 11, 23), True),
        (date(2026, 11, 23), date(2028, 11, 24), False),
        (date(2028, 2, 29), date(2030, 2, 28), True),
        (date(2028, 2, 29), date(2030, 3, 1), False),
    ],
)
def test_who_left_a_service_keeps_out_for_two_years(ended: date | None, today: date, kept: bool) -> None:
    assert counts(ended, today) is kept


def test_a_kind_of_respondent_may_say_the_service_by_itself() -> None:
    assert service_of_respondent("local_police", CITY) == "local_police"
    assert service_of_respondent("city_council", CITY) == ""
    assert named_service(["Policía Local"], replace(CITY, services=())) is None
