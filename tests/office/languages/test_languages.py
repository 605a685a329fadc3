"""How the languages are called, chosen, written, dated and counted."""

from datetime import date

import pytest

from office.errors import NotFound
from office.languages import UnknownLanguage, language, language_for, languages_for, mark, negotiated
from office.languages.registry import Domain, digits_read

DAY = date(2026, 11, 23)


def test_residents_have_twelve_languages_and_easy_spanish_the_public_five_and_staff_three() -> None:
    door = [one.tag for one in languages_for("residents")]
    assert door[:5] == [one.tag for one in languages_for("public")] == ["es", "ca-valencia", "en", "fr", "ar"]
    assert sorted(door[5:]) == ["es-x-easy", "it", "pt", "ro", "ru", "uk", "ur", "zh-Hans"]
    assert [one.tag for one in languages_for("residents") if one.direction == "rtl"] == ["ar", "ur"]
    assert [one.tag for one in languages_for("staff")] == ["es", "ca-valencia", "en"]
    assert [one.direction for one in languages_for("public")] == ["ltr", "ltr", "ltr", "ltr", "rtl"]


def test_easy_spanish_is_a_manner_of_spanish_and_never_chosen_for_somebody() -> None:
    easy = language("es-x-easy", "residents")
    assert (easy.written_as, easy.babel.language, easy.date(DAY)) == ("es", "es", "23 de noviembre de 2026")
    assert negotiated("es-MX,es;q=0.8", languages_for("residents")).tag == "es"
    assert easy.gettext("Your report is with us") != language("es", "residents").gettext(
        "Your report is with us"
    )


def test_chinese_and_urdu_end_a_sentence_with_a_mark_of_their_own() -> None:
    stops = {one.tag: one.full_stop for one in languages_for("residents")}
    assert (stops.pop("zh-Hans"), stops.pop("ur"), set(stops.values())) == ("。", "۔", {"."})


def test_valencian_is_valencian_and_not_silently_catalan() -> None:
    valencian = language("ca-valencia", "residents")
    assert str(valencian.babel) == "ca_ES_VALENCIA"
    assert valencian.autonym == "Valencià"


@pytest.mark.parametrize("tag", ["ca_ES_VALENCIA", "CA-VALENCIA", "ca", "de", "", "../../etc"])
def test_a_language_that_is_not_spoken_is_not_found(tag: str) -> None:
    with pytest.raises(UnknownLanguage) as unknown:
        language(tag, "residents")
    assert isinstance(unknown.value, NotFound)


def test_staff_pages_are_not_offered_in_arabic() -> None:
    with pytest.raises(UnknownLanguage):
        language("ar", "staff")


@pytest.mark.parametrize(
    ("tag", "said", "without_year", "month", "quarter"),
    [
        ("es", "23 de noviembre de 2026", "23 de noviembre", "noviembre de 2026", "3.er trimestre de 2026"),
        (
            "ca-valencia",
            "23 de novembre del 2026",
            "23 de novembre",
            "novembre del 2026",
            "3r trimestre del 2026",
        ),
        ("en", "23 November 2026", "23 November", "November 2026", "3rd quarter 2026"),
        ("fr", "23 novembre 2026", "23 novembre", "novembre 2026", "3e trimestre 2026"),
        ("ar", "23 نوفمبر 2026", "23 نوفمبر", "نوفمبر 2026", "الربع الثالث 2026"),
    ],
)
def test_a_day_a_month_and_a_quarter_are_said_as_each_language_says_them(
    tag: str, said: str, without_year: str, month: str, quarter: str
) -> None:
    spoken = language(tag, "residents")
    assert spoken.date(DAY) == said
    assert spoken.day_month(DAY) == without_year
    assert spoken.period("2026-11") == month
    assert spoken.period("2026-Q3") == quarter
    assert spoken.period("2026") == "2026"


@pytest.mark.parametrize(
    ("tag", "number", "share"),
    [
        ("es", "12.345,5", "12\xa0%"),
        ("ca-valencia", "12.345,5", "12\xa0%"),
        ("en", "12,345.5", "12%"),
        ("fr", "12\u202f345,5", "12\xa0%"),
    ],
)
def test_numbers_are_written_with_each_languages_signs(tag: str, number: str, share: str) -> None:
    spoken = language(tag, "public")
    assert spoken.number(12345.5) == number
    assert spoken.percent(0.12) == share


def test_arabic_pages_write_the_digits_of_the_maghreb() -> None:
    assert language("ar", "public").number(1234) == "1,234"


def test_digits_typed_in_any_script_are_read() -> None:
    assert digits_read("٢٣/۱۱/२०२६ a1") == "23/11/2026 a1"


def test_things_are_joined_as_each_language_joins_them() -> None:
    assert language("es", "public").listed(["a", "b", "c"]) == "a, b y c"
    assert language("ca-valencia", "public").listed(["a", "b"], "or") == "a o b"
    assert language("en", "public").listed([]) == ""


@pytest.mark.parametrize(
    ("header", "tag"),
    [
        (None, "es"),
        ("", "es"),
        ("ar-MA,ar;q=0.9,fr;q=0.8", "ar"),
        ("fr;q=0.5, en;q=0.9", "en"),
        ("ca-ES-valencia", "ca-valencia"),
        ("ca", "ca-valencia"),
        ("de, ja;q=0.5", "es"),
        ("zh-CN, en;q=0.5", "zh-Hans"),
        ("pt-BR", "pt"),
        ("*", "es"),
        ("fr;q=0, en;q=0.1", "en"),
        ("fr;q=nonsense, en;q=0.1", "en"),
        ("a" * 100_000, "es"),
    ],
)
def test_the_browsers_wishes_are_heard(header: str | None, tag: str) -> None:
    assert negotiated(header, languages_for("residents")).tag == tag


@pytest.mark.parametrize(("domain", "tag"), [("residents", "ar"), ("staff", "fr")])
def test_the_address_says_the_language_before_the_browser_does(domain: Domain, tag: str) -> None:
    first = language_for("/ar/report/when", "fr", domain).tag
    assert first == ("ar" if domain == "residents" else "es")
    assert language_for("/arabic/report", "en", domain).tag == "en"


def test_a_marked_sentence_is_left_as_it_is() -> None:
    assert mark("Privacy notice") == "Privacy notice"
