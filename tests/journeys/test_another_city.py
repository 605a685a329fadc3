"""A second, tiny, invented city walks the same road: nothing is nailed to València.

Vilabreu has three districts of other codes, another time zone, two languages, other colours.
"""

import csv
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.office import TriedOffice, tried_office
from tests.support.reports import post_json, report

VILABREU = Path(__file__).parents[1] / "support" / "cities" / "vilabreu"
AFTER_MIDNIGHT_IN_MADRID_BUT_NOT_THERE = "2026-09-30T22:30:00+00:00"


@pytest.fixture(scope="module")
def vilabreu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TriedOffice]:
    home = tmp_path_factory.mktemp("vilabreu")
    with tried_office(home, city=str(VILABREU), demo_now=AFTER_MIDNIGHT_IN_MADRID_BUT_NOT_THERE) as office:
        office.start("intake", "casework", "dashboards")
        yield office


def page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return str(answer.read().decode())


def test_every_face_speaks_of_vilabreu_and_none_of_valencia(vilabreu: TriedOffice) -> None:
    pages = [
        page(vilabreu.address("intake") + "/"),
        page(vilabreu.address("intake") + "/en/"),
        page(vilabreu.address("intake") + "/es/privacy"),
        page(vilabreu.address("intake") + "/en/report/where"),
        page(vilabreu.address("intake") + "/en/rights/housing"),
        page(vilabreu.address("intake") + "/es/rights/safety"),
        page(vilabreu.address("casework") + "/es/sign-in"),
    ]
    assert "Vilabreu House of Equality" in pages[1]
    assert "Upper Vila" in pages[3]
    for told in pages:
        assert not re.search("val[eè]ncia(?!n)", told, re.IGNORECASE)


def test_it_offers_its_own_languages_only(vilabreu: TriedOffice) -> None:
    with pytest.raises(urllib.error.HTTPError):
        page(vilabreu.address("intake") + "/ar/")


def test_a_district_of_another_city_is_refused_and_its_own_is_counted_in_its_own_quarter(
    vilabreu: TriedOffice,
) -> None:
    url = vilabreu.address("intake") + "/api/v1/reports"
    assert post_json(url, report("x", where={"district_code": "14"})).status == 422
    for _ in range(7):
        assert post_json(url, report("x", language="en", where={"district_code": "above"})).status == 201
    vilabreu.collect()
    vilabreu.step("casework", "hand-over-facts", settings=vilabreu.office.handover)
    later = replace(vilabreu.office, demo_now="2027-01-20T10:00:00+00:00")
    settings = later.known_to("FACTS_URL", "SHELF", "SIGNING_KEY", "PUBLIC_KEYS", "HOME")
    vilabreu.step(
        "observatory",
        "release",
        "--source",
        "demonstration",
        "--signed-off-by",
        "Invented",
        settings=settings,
    )
    (table,) = (vilabreu.home / "shelf" / "demonstration").glob("*/data/quarter_district.csv")
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = {(row["period"], row["district"]): (row["lo"], row["hi"]) for row in csv.DictReader(file)}
    assert {district for _, district in rows} == {"above", "below", "harbour", "outside", "unknown"}
    assert rows["2026-Q3", "above"] == ("5", "9")
