"""Known answers: what the laws and reports list, found again in the office's lists."""

import re
from datetime import date
from pathlib import Path

import pytest

from office.vocabulary import LABEL_TAGS, NAMES, CodeUnknown, VocabularyUnknown, load

REPOSITORY = Path(__file__).parents[3]

LEY_15_2022_ART_2_1 = {
    "nacimiento",
    "origen_racial_etnico",
    "sexo",
    "religion",
    "conviccion_opinion",
    "edad",
    "discapacidad",
    "orientacion_identidad_sexual",
    "expresion_genero",
    "enfermedad_salud",
    "estado_serologico",
    "predisposicion_genetica",
    "lengua",
    "situacion_socioeconomica",
    "otra",
}
"""BOE-A-2022-11589, art. 2.1: the reasons for which nobody may be discriminated against."""

INTERIOR = {
    "racismo_xenofobia",
    "antisemitismo",
    "antigitanismo",
    "islamofobia",
    "aporofobia",
    "orientacion_sexual_identidad_genero",
    "discapacidad",
    "ideologia",
    "creencias_practicas_religiosas",
    "sexo_genero",
    "generacional",
    "enfermedad",
}
"""Interior Ministry's yearly report on hate crime, editions 2019 to 2024: twelve categories."""

ODIHR = {
    "racism_xenophobia",
    "anti_roma",
    "antisemitism",
    "anti_muslim",
    "anti_christian",
    "other_religion_belief",
    "gender",
    "anti_lgbti",
    "disability",
}
"""OSCE-ODIHR hate crime reporting: the nine bias motivations it names."""


def mapped(scheme: str) -> set[str]:
    return {value for ground in load("grounds") for value in ground.values(scheme)}


def test_every_reason_of_the_equality_law_is_reached_by_a_ground() -> None:
    assert mapped("l15") == LEY_15_2022_ART_2_1
    assert len(LEY_15_2022_ART_2_1) == 15


def test_every_category_of_the_interior_report_is_reached_by_a_ground() -> None:
    assert mapped("interior") - {"none"} == INTERIOR
    assert len(INTERIOR) == 12


def test_every_bias_motivation_of_odihr_is_reached_by_a_ground() -> None:
    assert mapped("odihr") - {"unspecified"} == ODIHR


def test_grounds_the_interior_report_has_no_category_for_say_so() -> None:
    without = {ground.code for ground in load("grounds") if ground.value("interior") == "none"}
    assert without == {
        "language",
        "family_situation",
        "trade_union",
        "birth",
        "appearance",
        "other",
        "origin_or_other",
        "unknown",
    }


def test_age_is_not_a_ground_of_the_incitement_offence() -> None:
    """Criminal Code art. 510 does not name age; art. 22.4 does (BOE-A-1995-25444)."""
    for ground in load("grounds").in_group("age"):
        assert "510" not in ground.values("cp")
        assert "22.4" in ground.values("cp")


def test_only_multiple_discrimination_and_harassment_are_very_serious() -> None:
    """Ley 15/2022 art. 47.4.a and 47.4.b."""
    very = {form.code for form in load("conduct") if form.value("severity") == "very_serious"}
    assert very == {"multiple", "harassment"}


def test_mediation_is_barred_in_gender_and_sexual_violence() -> None:
    """Ley 4/2015 art. 3.1 (BOE-A-2015-4606)."""
    barred = {answer.code for answer in load("responses") if answer.values("forbidden_when")}
    assert barred == {"mediation", "restorative"}


def test_the_limit_against_a_dismissal_is_twenty_days_and_august_counts() -> None:
    """ET art. 59.3 and LRJS art. 43.4 (BOE-A-2015-11430, BOE-A-2011-15936)."""
    (limit,) = load("routes").item("labour_dismissal").deadlines
    assert (limit.count, limit.unit, limit.kind) == (20, "working_day_court", "caducidad")
    assert (limit.august, limit.dec24_jan6, limit.roll_if_nonworking) == ("counts", "counts", True)


def test_the_limit_of_the_fast_court_appeal_is_ten_days_and_august_counts() -> None:
    """LJCA arts. 115 and 128.2 (BOE-A-1998-16718): also after twenty days of inactivity, and from silence."""
    limit, after_a_wait, after_silence = load("routes").item("court_admin_fundamental").deadlines
    for one in (limit, after_a_wait, after_silence):
        assert (one.count, one.unit, one.august) == (10, "working_day_court", "counts")
    (way,) = after_a_wait.reckoned
    assert (way.event, way.count, way.unit) == ("claim_or_appeal_date", 20, "natural_day")
    (way,) = after_silence.reckoned
    assert (after_silence.start, way.event) == ("silence_effect_date", "request_date")
    assert (way.count, way.unit) == (3, "month")


def test_august_runs_for_an_appeal_to_the_constitutional_court() -> None:
    """Agreement of 15 June 1982, art. 2 (BOE-A-1982-16666): limits for beginning its proceedings run."""
    limits = load("routes").item("amparo").deadlines
    assert [(one.count, one.unit, one.august) for one in limits] == [
        (20, "working_day_court", "counts"),
        (30, "working_day_court", "counts"),
    ]


def test_conciliation_stops_a_dismissal_fifteen_days_and_begins_a_claim_for_wages_again() -> None:
    """LRJS art. 65.1 (BOE-A-2011-15936)."""
    told = {
        code: next(
            one for one in load("routes").item(code).deadlines[0].stops if one.article == "LRJS art. 65.1"
        )
        for code in ("labour_dismissal", "labour_money")
    }
    dismissal, wages = told["labour_dismissal"], told["labour_money"]
    assert (dismissal.effect, dismissal.count, dismissal.unit) == ("suspends", 15, "working_day_court")
    assert (wages.effect, wages.anew_from) == ("interrupts", "begun")


def test_no_limit_of_a_child_victim_begins_at_thirty_five_and_hate_speech_begins_at_once() -> None:
    """CP art. 132.1 (BOE-A-1995-25444): of its two lists the earlier age is told; art. 510 is in neither."""
    later = {
        route.code
        for route in load("routes")
        for limit in route.deadlines
        for one in limit.later_starts
        if one.event == "victim_turns_18"
    }
    assert {"crime_injury_minor", "crime_threat_minor", "crime_173", "crime_172ter"} <= later
    assert not later & {"crime_510", "crime_511", "crime_512", "crime_314", "crime_insult", "crime_damage"}


def test_every_start_of_a_limit_has_a_name_an_adviser_can_read() -> None:
    events = load("limit_events")
    starts = {limit.start for route in load("routes") for limit in route.deadlines if limit.count}
    assert starts <= {item.code for item in events.in_group("start")}
    assert {item.code for item in events if item.has("is_day_of_facts")} < starts


def test_minor_threats_and_insults_lapse_after_one_year() -> None:
    """Criminal Code art. 131.1 (BOE-A-1995-25444)."""
    for code in ("crime_threat_minor", "crime_injury_minor", "crime_insult"):
        (limit,) = load("routes").item(code).deadlines
        assert (limit.count, limit.unit, limit.kind) == (1, "year", "prescription")


def test_every_route_that_limits_a_person_names_its_law_and_its_confidence() -> None:
    for route in load("routes"):
        assert route.confidence in ("verified", "general"), route.code
        assert route.deadlines, route.code
        if any(limit.count for limit in route.deadlines):
            assert route.law, route.code


def test_the_lists_have_as_many_codes_as_they_were_drafted_with() -> None:
    sizes = {
        "grounds": 31,  # thirty grounds, and the code that stands for two of them when published
        "conduct": 19,
        "acts": 22,
        "areas": 29,
        "respondents": 32,
        "settings": 22,
        "roles": 12,
        "interpreters": 7,
        "adviser_wishes": 2,
        "equality": 23,
        "channels": 15,
        "responses": 23,
        "outcomes": 17,
        "remedies": 15,
        "closure": 13,
        "routes": 78,
        "limit_events": 29,
    }
    assert {name: len(load(name)) for name in sizes} == sizes


@pytest.mark.parametrize("name", NAMES)
def test_every_code_is_said_in_every_language_and_in_words_of_its_own(name: str) -> None:
    vocabulary = load(name)
    for tag in LABEL_TAGS:
        labels = [item.label_in(tag) for item in vocabulary]
        assert len(set(labels)) == len(labels), tag


def test_arabic_labels_are_written_in_arabic_letters() -> None:
    for name in NAMES:
        for item in load(name):
            for words in (item.label, item.definition or item.label):
                assert re.search(r"[\u0600-\u06ff]", words["ar"]), item.code


def test_what_a_person_says_of_their_papers_has_no_name_of_its_own_when_published() -> None:
    for name, hidden, shown in (
        ("grounds", "admin_status", "origin_or_other"),
        ("barriers", "fear_status", "fear_of_consequences"),
        ("closure", "fear_status", "fear_of_consequences"),
    ):
        vocabulary = load(name)
        assert vocabulary.published_code(hidden) == shown
        assert vocabulary.published_code(shown) == shown
        assert hidden not in [item.code for item in vocabulary.published]
        standing = [item.code for item in vocabulary if item.published_as == shown]
        assert len(standing) > 1, "a code that stands for one other is only its second name"


def test_a_code_that_stands_for_others_is_offered_to_nobody() -> None:
    offered = [ground.code for ground in load("grounds").valid_on(date(2026, 11, 23))]
    assert "origin_or_other" not in offered
    assert "admin_status" in offered


def test_urgent_acts_are_those_of_violence_and_threat() -> None:
    assert {act.code for act in load("acts") if act.has("is_urgent")} == {
        "threat",
        "assault",
        "sexual_violence",
    }


def test_the_bands_of_the_first_answer_leave_no_day_out() -> None:
    bands = [
        (band.extra["from_days"], band.extra.get("to_days"))
        for band in load("first_answer_bands")
        if "from_days" in band.extra
    ]
    assert bands == [(0, 2), (3, 7), (8, 30), (31, None)]


def test_an_unknown_list_and_an_unknown_code_are_said_to_be_unknown() -> None:
    with pytest.raises(VocabularyUnknown):
        load("horoscopes")
    with pytest.raises(CodeUnknown):
        load("grounds").item("horoscope")


def test_a_list_is_read_once() -> None:
    assert load("grounds") is load("grounds")


def test_labels_are_found_under_every_way_of_writing_valencian() -> None:
    grounds = load("grounds")
    assert (
        grounds.label("age_older", "ca_ES_VALENCIA")
        == grounds.label("age_older", "ca-valencia")
        == "Edat: ser una persona major"
    )


def test_no_code_decides_by_the_name_of_a_ground() -> None:
    named = re.compile(r"\bground\w*(\.code)?\s*(==|!=)\s*[\"']")
    for package in ("office", "intake_api", "casework", "observatory", "dashboards"):
        for file in (REPOSITORY / package).rglob("*.py"):
            assert not named.search(file.read_text(encoding="utf-8")), file


def test_the_glossary_names_every_list() -> None:
    words = (REPOSITORY / "docs" / "glossary.md").read_text(encoding="utf-8")
    unnamed = {name for name in NAMES if f"list `{name}`" not in words} - {"languages"}
    assert not unnamed
