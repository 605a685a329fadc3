"""What keeps a case from mediation stands in a file that names its article and real codes."""

from casework.mediation.bars import ASKED, BARS, Signs, barring, standing
from casework.tracks.rules import KINDS
from office.vocabulary import load
from tests.casework.desk import CITY

LAW = {
    "sexual_violence": "Ley 4/2015 art. 3.1",
    "gender_violence": "Ley 4/2015 art. 3.1; LO 1/2004 art. 44.5",
    "criminal": "Ley 15/2022 art. 40.b",
    "labour": "Ley 15/2022 art. 40.b",
}


def test_each_bar_of_the_law_names_its_article_and_each_speaks_the_languages_of_the_staff() -> None:
    assert {bar.code: bar.law for bar in BARS if bar.law} == LAW
    assert all(bar.effect == "bars" for bar in BARS if bar.law)
    for bar in BARS:
        assert set(bar.why) == {"es", "ca-valencia", "en"}, bar.code
        assert not bar.asks or set(bar.asks) == {"es", "ca-valencia", "en"}, bar.code
        assert bar.effect in ("bars", "asks"), bar.code


def test_every_sign_is_a_code_that_exists() -> None:
    routes = load("routes", CITY)
    known = {
        "acts": {item.code for item in load("acts", CITY)},
        "conduct": {item.code for item in load("conduct", CITY)},
        "areas": {item.code for item in load("areas", CITY)},
        "routing": {item.code for item in load("routing", CITY)},
        "groups": {item.group for item in routes},
        "tracks": set(KINDS),
    }
    for bar in BARS:
        for name, codes in known.items():
            assert getattr(bar.signs, name) <= codes, (bar.code, name)


def test_the_list_of_responses_forbids_mediation_where_the_file_bars_it() -> None:
    mediation = load("responses", CITY).item("mediation")
    forbidden = set(mediation.values("forbidden_when"))
    assert forbidden == {"gender_violence", "sexual_violence"}
    assert forbidden <= {bar.code for bar in ASKED if bar.effect == "bars"}


def test_a_file_without_a_sign_and_a_screening_without_a_yes_bar_nothing() -> None:
    assert standing(Signs(acts=frozenset({"rent_refused"}), areas=frozenset({"housing"})), set()) == []
    found = standing(Signs(), {"imbalance", "danger"})
    assert [bar.code for bar in found] == ["danger", "imbalance"]
    assert [bar.code for bar in barring(found)] == ["danger"]
