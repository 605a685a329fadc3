"""Who has to prove what, as the law has it, and what a sheet lacks."""

from dataclasses import dataclass
from datetime import date

import pytest

from casework.assessing import rules, standards
from casework.assessing.standards import standard_of
from casework.tracks.rules import KINDS
from office.languages.registry import tags_of
from office.vocabulary import load


@pytest.mark.parametrize(
    ("kind", "route", "result", "article"),
    [
        ("criminal", None, "full", "30.3"),  # Law 15/2022 art. 30.3: not in criminal proceedings
        ("criminal", "crime_510", "full", "30.3"),
        ("criminal", "civil_tort", "full", "30.3"),  # whatever route somebody names with it
        ("administrative", "sanction_l15", "full", "30.3"),  # nor in files that sanction
        ("administrative", "sanction_cv_lgtbi", "full", "30.3"),
        ("labour", "labour_inspection", "full", "30.3"),
        ("labour", None, "shifts", "96.1"),  # LRJS 96.1 and 181.2
        ("labour", "labour_dismissal", "shifts", "181.2"),
        ("civil", "civil_tort", "shifts", "217.5"),  # LEC 217.5
        ("contentious", None, "shifts", "60.7"),  # LJCA 60.7
        ("administrative", "court_admin", "shifts", "60.7"),
        ("administrative", "admin_complaint", "shifts", "77.3 bis"),  # Law 39/2015 art. 77.3 bis
        ("administrative", None, "depends", "77.3 bis"),  # an ordinary file or one that sanctions
        ("consumer", None, "depends", "46.10"),
        ("ombudsman", "ombudsman_cv", "none", "–"),
    ],
)
def test_indications_shift_the_burden_where_the_law_says_so_and_nowhere_else(
    kind: str, route: str | None, result: str, article: str
) -> None:
    found = standard_of(kind, route, load("routes").item(route).group if route else None)
    assert (found.result, article in found.article) == (result, True)


def test_every_track_has_a_standard_and_no_route_of_a_sanction_or_a_crime_shifts_the_burden() -> None:
    assert {standard_of(kind, None, None).result for kind in KINDS} <= set(standards.RESULTS)
    routes, groups = load("routes"), {one.code for one in load("routes").groups}
    for one in standards.STANDARDS:
        assert set(one.kinds) <= set(KINDS) and set(one.groups) <= groups, one.code
        assert all(code in routes for code in one.routes), one.code
        assert one.sure in standards.SURE, one.code
        assert set(tags_of("staff")) <= set(one.words), one.code
    for route in routes:
        if route.group in {"sanction", "criminal", "criminal_limit"}:
            for kind in KINDS:
                assert standard_of(kind, route.code, route.group).result in {"full", "depends"}, route.code


def test_nothing_is_said_to_be_confirmed_or_reviewed_that_nobody_confirmed() -> None:
    assert (standards.CONFIRMED_BY, standards.BIAS_REVIEWED_BY) == ("", "")


def test_the_checklist_of_bias_is_whole_in_every_language_of_the_desk() -> None:
    each = (*standards.GROUPS, *standards.INDICATORS, *standards.ARTICLES)
    assert all(set(tags_of("staff")) <= set(one.words) for one in each)
    assert {one.group for one in standards.INDICATORS} == {one.code for one in standards.GROUPS}
    assert len({one.code for one in standards.INDICATORS}) == len(standards.INDICATORS)


@dataclass(frozen=True)
class One:
    """An indication as the rules see it."""

    kind: str = "statement"
    strength: str = "document"
    against: str = "Dirán que fue una broma."
    vanishes: bool = False
    where: str = "file"


DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("day", "comparator", "indications", "has_track", "lacks"),
    [
        (DAY, "Otra pareja", [One()], True, []),
        (None, "", [], False, ["indication", "day", "comparator", "track"]),
        (DAY, "", [One(kind="comparator")], True, []),
        (DAY, "", [One(kind="tester")], True, []),
        (DAY, "", [One()], True, ["comparator"]),
        (DAY, "Otra pareja", [One(where="nowhere")], True, ["kept"]),
        (DAY, "Otra pareja", [One(where="elsewhere", vanishes=True)], True, ["vanishes"]),
        (DAY, "Otra pareja", [One(vanishes=True)], True, []),
        (DAY, "Otra pareja", [One(strength="said"), One(strength="said")], True, ["stronger"]),
        (DAY, "Otra pareja", [One(strength="said"), One(strength="witness")], True, []),
        (DAY, "Otra pareja", [One(against="")], True, ["against"]),
    ],
)
def test_a_sheet_says_what_it_lacks(
    day: date | None, comparator: str, indications: list[One], has_track: bool, lacks: list[str]
) -> None:
    assert rules.missing(day, comparator, indications, has_track=has_track) == lacks
