"""València as its reference describes it, and Vilabreu, which is nothing like it."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from office.vocabulary import CityUnknown, CodeUnknown, load, load_city
from office.vocabulary.city import City
from office.vocabulary.city_calendar import easter_sunday
from office.vocabulary.colours import contrast

VILABREU = Path(__file__).parents[2] / "support" / "cities" / "vilabreu"


@pytest.fixture(scope="module")
def valencia() -> City:
    return load_city("valencia")


@pytest.fixture(scope="module")
def vilabreu() -> City:
    return load_city(VILABREU)


def borders(city: City) -> set[frozenset[str]]:
    return {
        frozenset((code, other)) for code, district in city.geography.items() for other in district.adjacent
    }


def test_valencia_has_nineteen_districts_and_eighty_seven_neighbourhoods(valencia: City) -> None:
    """Municipal open data: districtes-distritos and barris-barrios."""
    assert valencia.district_codes == tuple(f"{number:02d}" for number in range(1, 20))
    assert sum(len(one.neighbourhoods) for one in valencia.geography.values()) == 87


def test_the_people_of_valencia_add_up_to_the_roll(valencia: City) -> None:
    """Municipal statistics by neighbourhood, total 809,501; the year is doubtful and says so."""
    assert sum(one.population for one in valencia.geography.values()) == 809_501
    assert valencia.denominators.total == 809_501
    assert not valencia.denominators.is_year_confirmed


def test_the_map_of_tiles_keeps_thirty_seven_of_forty_borders(valencia: City) -> None:
    """Tiles that touch at a side or a corner keep the border of their districts."""

    def is_kept(pair: frozenset[str]) -> bool:
        one, other = (valencia.geography[code].tile for code in pair)
        return max(abs(one[0] - other[0]), abs(one[1] - other[1])) == 1

    pairs = borders(valencia)
    lost = {tuple(sorted(pair)) for pair in pairs if not is_kept(pair)}
    assert (len(pairs), len(pairs) - len(lost)) == (40, 37)
    assert lost == {("08", "19"), ("09", "10"), ("11", "13")}


def test_no_neighbour_is_on_the_wrong_side_of_the_map(valencia: City) -> None:
    """In the direction in which two districts lie furthest apart, their tiles never change sides.

    In the other direction two pairs do, by less than a kilometre: 19 lies a little east of 10 and 07
    of 04, while their tiles lie to the west.
    """
    changed = set()
    for pair in borders(valencia):
        one, other = (valencia.geography[code] for code in sorted(pair))
        assert one.centroid is not None
        assert other.centroid is not None
        east = (other.centroid[0] - one.centroid[0]) * 0.772  # a degree of longitude at 39.47 N
        south = one.centroid[1] - other.centroid[1]
        right, down = other.tile[0] - one.tile[0], other.tile[1] - one.tile[1]
        mainly = east * right if abs(east) > abs(south) else south * down
        assert mainly >= 0, pair
        if east * right < 0 or south * down < 0:
            changed.add(tuple(sorted(pair)))
    assert changed == {("04", "07"), ("10", "19")}


def test_every_district_is_counted_in_one_zone_and_each_zone_is_one_piece(valencia: City) -> None:
    assert len(valencia.district_zones) == 5
    counted = [code for zone in valencia.district_zones for code in zone.districts]
    assert sorted(counted) == sorted(valencia.district_codes)
    for zone in valencia.district_zones:
        reached, edge = set(), {zone.districts[0]}
        while edge:
            reached |= edge
            edge = {
                other
                for code in edge
                for other in valencia.geography[code].adjacent
                if other in zone.districts
            } - reached
        assert reached == set(zone.districts), zone.code
        assert sum(valencia.geography[code].population for code in reached) > 130_000
        assert all(valencia.zone_of(code) is zone for code in reached)


def test_a_report_can_also_name_a_place_outside_or_none(valencia: City) -> None:
    assert valencia.districts.codes[-2:] == ("outside", "unknown")
    assert "outside" not in valencia.geography
    assert load("districts") is valencia.districts


def test_no_contact_of_valencia_is_shown_as_confirmed(valencia: City) -> None:
    assert len(valencia.contacts) == 21
    assert not any(contact.is_confirmed for contact in valencia.contacts)
    assert not valencia.office.is_confirmed
    assert not valencia.data_protection_officer.is_confirmed


def test_the_lines_against_racism_and_hate_are_there(valencia: City) -> None:
    assert valencia.contact("021").phone == "021"
    assert valencia.contact("028").email == "028-online@igualdad.gob.es"
    assert [one.code for one in valencia.contacts if one.is_emergency] == ["112"]
    assert {one.code for one in valencia.helplines} == {"016", "021", "028"}
    with pytest.raises(CodeUnknown):
        valencia.contact("999")


def test_legal_days_of_valencia_are_reckoned_in_its_own_zone(valencia: City) -> None:
    assert valencia.zone == ZoneInfo("Europe/Madrid")


@pytest.mark.parametrize(
    "day",
    [
        date(1818, 3, 22),
        date(1943, 4, 25),
        date(1954, 4, 18),
        date(1981, 4, 19),
        date(2000, 4, 23),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
        date(2049, 4, 18),
    ],
)
def test_easter_falls_where_the_gregorian_tables_put_it(day: date) -> None:
    assert easter_sunday(day.year) == day


def test_movable_days_off_follow_easter(valencia: City) -> None:
    days = valencia.calendar.days_off(2026)
    assert days[date(2026, 4, 3)] == "Divendres Sant"
    assert days[date(2026, 4, 6)] == "Dilluns de Pasqua"
    assert days[date(2026, 4, 13)] == "Sant Vicent Ferrer"
    assert not valencia.calendar.is_confirmed(2026)


def test_the_acknowledgement_is_a_default_of_seven_days(valencia: City) -> None:
    """Borrowed from Ley 2/2023 art. 9.2 as a model; it does not bind this office."""
    level = valencia.service_level("acknowledgement")
    assert (level.count, level.unit, level.is_default) == (7, "natural_day", True)


def test_languages_of_valencia_begin_with_the_official_ones(valencia: City) -> None:
    assert (
        valencia.languages.residents[:5]
        == valencia.languages.public
        == ("es", "ca-valencia", "en", "fr", "ar")
    )
    assert set(valencia.languages.residents[5:]) == {
        "ro", "uk", "ru", "zh-Hans", "it", "ur", "pt", "es-x-easy",
    }  # fmt: skip
    assert load("languages").item("ar").value("direction") == "rtl"


def test_nothing_is_nailed_to_valencia(vilabreu: City, valencia: City) -> None:
    assert vilabreu.district_codes == ("above", "below", "harbour")
    assert vilabreu.zone == ZoneInfo("Atlantic/Canary")
    assert vilabreu.languages.residents == ("en", "es")
    assert vilabreu.service_level("acknowledgement").count == 3
    assert set(vilabreu.look.colours) == set(valencia.look.colours)
    assert set(vilabreu.look.colours.values()).isdisjoint(valencia.look.colours.values())
    assert load("districts", VILABREU) is vilabreu.districts


def test_a_city_may_keep_its_own_list_and_shares_the_others() -> None:
    assert load("routes", VILABREU).codes == ("lighthouse_counter",)
    assert len(load("routes", "valencia")) == 78
    assert load("grounds", VILABREU) is load("grounds")


def test_a_name_in_a_language_a_city_does_not_keep_is_said_as_it_is_said_there(vilabreu: City) -> None:
    assert vilabreu.districts.label("harbour", "ar") == "El Puerto"


def test_a_day_of_one_year_is_a_holiday_of_that_year_only(vilabreu: City) -> None:
    assert date(2026, 6, 1) in vilabreu.calendar.days_off(2026)
    assert date(2027, 6, 1) not in vilabreu.calendar.days_off(2027)
    assert vilabreu.calendar.is_confirmed(2026)


@pytest.mark.parametrize("name", ["atlantis", "", "../cities", "tests"])
def test_a_city_nobody_described_is_not_found(name: str) -> None:
    with pytest.raises(CityUnknown):
        load_city(name)


def test_contrast_is_that_of_the_accessibility_guidelines() -> None:
    """WCAG 2.2: black on white is 21; #767676 on white is the darkest grey below 4.54."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
