"""Every rule of the checker is seen to fail on a copy of the lists with one thing broken."""

import ast
import shutil
from argparse import ArgumentParser
from datetime import date
from pathlib import Path

import pytest

from office.vocabulary import CITIES, DATA, NAMES, commands
from office.vocabulary.checks import check_all
from office.vocabulary.findings import Finding
from office.vocabulary.shapes import SHAPES

TODAY = date(2026, 11, 23)
VILABREU = Path(__file__).parents[2] / "support" / "cities" / "vilabreu"


class Copies:
    """The office's lists and one city, in folders where a test may break them."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.city = folder / "vilabreu"
        shutil.copytree(DATA, self.data)
        shutil.copytree(VILABREU, self.city)

    def replace(self, file: str, old: str, new: str) -> None:
        """Put `new` in the first place where `old` stands; a file `city/…` is one of the city."""
        path = self.city / file.removeprefix("city/") if file.startswith("city/") else self.data / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old} does not stand in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def found(self, today: date = TODAY) -> list[Finding]:
        return check_all(self.data, [self.city], today)


@pytest.fixture
def copies(tmp_path: Path) -> Copies:
    return Copies(tmp_path)


def test_the_lists_as_shipped_have_no_error() -> None:
    assert [str(finding) for finding in check_all(today=TODAY) if finding.severity == "error"] == []


def test_the_invented_city_has_no_error(copies: Copies) -> None:
    assert [str(finding) for finding in copies.found() if finding.severity == "error"] == []


def test_every_shipped_city_and_every_list_is_looked_at() -> None:
    looked_at = {finding.source for finding in check_all(today=TODAY) if finding.rule == "unreviewed"}
    assert set(SHAPES) <= looked_at
    assert {f"{folder.name}/districts" for folder in CITIES.iterdir()} <= looked_at


BROKEN_LISTS = [
    ("code_shape", "areas.toml", 'code = "sport"', 'code = "Sport"'),
    ("code_shape", "areas.toml", 'code = "sport"', 'code = "sport_"'),
    ("code_twice", "areas.toml", 'code = "sport"', 'code = "culture"'),
    ("code_twice", "areas.toml", '[[group]]\ncode = "education"', '[[group]]\ncode = "work"'),
    (
        "code_reused",
        "retired.toml",
        "retired = []",
        '[[retired]]\nvocabulary = "areas"\ncode = "sport"\nretired_on = 2026-01-01\nwhy = "a test"',
    ),
    (
        "unknown_list",
        "retired.toml",
        "retired = []",
        '[[retired]]\nvocabulary = "moods"\ncode = "sport"\nretired_on = 2026-01-01\nwhy = "a test"',
    ),
    ("unreadable", "retired.toml", "retired = []", "retired = 3"),
    ("label_missing", "states.toml", 'label.ar = "تم الاستلام"\n', ""),
    ("label_missing", "states.toml", "definition.ar = ", "definition.fr_FR = "),
    ("label_missing", "areas.toml", 'label.ar = "العمل"\n', ""),
    ("label_language", "states.toml", "label.en = ", "label.eo = "),
    ("group_unknown", "areas.toml", 'group = "culture"', 'group = "leisure"'),
    ("group_unknown", "areas.toml", 'group = "culture"\n', ""),
    ("group_unknown", "states.toml", 'code = "read"', 'code = "read"\ngroup = "any"'),
    (
        "group_empty",
        "areas.toml",
        '[[group]]\ncode = "work"',
        '[[group]]\ncode = "idle"\nlabel.es = "x"\nlabel.ca-valencia = "x"\nlabel.en = "x"\nlabel.fr = "x"\n'
        'label.ar = "x"\n\n[[group]]\ncode = "work"',
    ),
    ("mapping_unknown", "grounds.toml", 'interior = "racismo_xenofobia"', 'interior = "racismo"'),
    ("mapping_unknown", "grounds.toml", 'l15 = ["lengua"]', 'l15 = ["acento"]'),
    ("mapping_unknown", "grounds.toml", 'eu = ["2000/43:race_ethnic"]', 'eu = ["2000/43"]'),
    ("mapping_unknown", "grounds.toml", 'odihr = "anti_roma"', 'odihr = "roma"'),
    ("not_one_value", "grounds.toml", 'interior = "antigitanismo"', 'interior = ""'),
    ("not_one_value", "grounds.toml", 'odihr = "anti_roma"', 'odihr = ""'),
    ("unreadable", "grounds.toml", 'interior = "antigitanismo"', 'interior = ["antigitanismo", "none"]'),
    ("unreadable", "grounds.toml", 'odihr = "anti_roma"\n', ""),
    ("reference_unknown", "acts.toml", 'hints = ["profiling"]', 'hints = ["looking"]'),
    ("reference_unknown", "conduct.toml", 'grounds_only = ["disability"]', 'grounds_only = ["tallness"]'),
    ("reference_unknown", "routes.toml", 'areas = ["sport"]', 'areas = ["chess"]'),
    ("reference_unknown", "routes.toml", 'grounds = ["disability"]', 'grounds = ["tallness"]'),
    ("value_unknown", "conduct.toml", 'severity = "criminal"', 'severity = "dreadful"'),
    ("value_unknown", "responses.toml", '"gender_violence"', '"noise"'),
    ("confidence", "grounds.toml", 'confidence = "verified"', 'confidence = "sure"'),
    ("confidence", "acts.toml", 'confidence = "own"', 'confidence = "sure"'),
    ("authority", "acts.toml", 'authority = "The', 'authority = ""\n# "The'),
    (
        "validity",
        "areas.toml",
        'code = "sport"',
        'code = "sport"\nvalid_from = 2026-02-01\nvalid_until = 2026-01-01',
    ),
    ("limit", "routes.toml", 'unit = "working_day_court"', 'unit = "fortnight"'),
    ("limit", "routes.toml", 'kind = "caducidad"', 'kind = "expiry"'),
    ("limit", "routes.toml", 'august = "counts"', 'august = "maybe"'),
    ("limit", "routes.toml", "count = 20", "count = 0"),
    ("limit", "routes.toml", 'dec24_jan6 = "counts"', 'dec24_jan6 = "excluded"'),
    (
        "validity",
        "routes.toml",
        "count = 20",
        "valid_from = 2026-02-01\nvalid_until = 2026-01-01\ncount = 20",
    ),
    ("example", "routes.toml", "due = 2026-03-02", "due = 2026-01-02"),
    ("example", "routes.toml", "later = { last_act_date", "later = { healing_date"),
    ("example", "routes.toml", 'event = "claim_sent", begun', 'event = "criminal_proceedings", begun'),
    ("example", "routes.toml", 'reckoned_from = "request_date"', 'reckoned_from = "incident_date"'),
    ("limit", "routes.toml", 'count = 3, unit = "month"', 'count = 0, unit = "month"'),
    ("limit", "routes.toml", 'count = 3, unit = "month"', 'count = 3, unit = "working_day_court"'),
    ("stop", "routes.toml", 'effect = "suspends", count = 15', 'effect = "stops", count = 15'),
    ("stop", "routes.toml", 'effect = "suspends", count = 15', 'effect = "interrupts", count = 15'),
    ("stop", "routes.toml", 'unanswered = "nothing"', 'unanswered = "waits"'),
    ("stop", "routes.toml", 'anew_from = "ended"', 'anew_from = "answered"'),
    ("stop", "routes.toml", 'count = 6, unit = "month", unanswered', "count = 6, unanswered"),
    ("stop", "routes.toml", 'count = 6, unit = "month", unanswered', "unanswered"),
    ("stop", "routes.toml", 'count = 6, unit = "month", unanswered', 'count = 6, unit = "year", unanswered'),
    ("stop", "routes.toml", 'article = "CC art. 1973"', 'article = " "'),
    ("unreadable", "routes.toml", 'event = "claim_sent", effect', 'event = "claim_sent", does'),
    ("unreadable", "routes.toml", "begun = 2026-12-01", "started = 2026-12-01"),
    ("reference_unknown", "routes.toml", 'start = "dismissal_effective_date"', 'start = "dismissal"'),
    ("reference_unknown", "routes.toml", 'event = "last_act_date", article', 'event = "last_act", article'),
    ("reference_unknown", "limit_events.toml", 'code = "healing_date"', 'code = "healed"'),
    ("unreadable", "routes.toml", "due = 2026-03-02", 'due = "2 March"'),
    ("reference_unknown", "warnings.toml", 'routes = ["labour_dismissal"]', 'routes = ["dismissal"]'),
    ("unreadable", "warnings.toml", "soon_below_working_days = 21", 'soon_below_working_days = "few"'),
    ("published_as", "grounds.toml", 'published_as = "origin_or_other"', 'published_as = "origin"'),
    ("published_as", "grounds.toml", 'published_as = "origin_or_other"', 'published_as = "other"'),
    (
        "second_name",
        "barriers.toml",
        'published_as = "fear_of_consequences"\nnote = "Published together',
        'note = "Published together',
    ),
    (
        "walled_in_the_open",
        "closure.toml",
        'is_walled = true\npublished_as = "fear_of_consequences"',
        "is_walled = true",
    ),
    ("unreadable", "areas.toml", 'code = "sport"', 'code = "sport"\ncolour = "red"'),
    ("unreadable", "areas.toml", 'vocabulary = "areas"', 'vocabulary = "places"'),
    ("unreadable", "areas.toml", "[meta]", "[meta"),
    ("unreadable", "areas.toml", "next_review = 2027-06-30", 'next_review = "2027-06-30"'),
]

TIDES = '"https://mareas.vilabreu.example/hoy"'
BROKEN_CITIES = [
    ("population_sum", "districts.toml", "population = 4000", "population = 4001"),
    (
        "population_sum",
        "districts.toml",
        "population = 4000",
        'population = 4000\nneighbourhoods = [{ code = "a1", name = "A", population = 3999 }]',
    ),
    ("population_differs", "denominators.toml", "above = 4000", "above = 4001"),
    ("border_one_way", "districts.toml", 'adjacent = ["above", "harbour"]', 'adjacent = ["harbour"]'),
    ("border_unknown", "districts.toml", 'adjacent = ["below"]', 'adjacent = ["below", "moon"]'),
    ("border_unknown", "districts.toml", 'adjacent = ["below"]', 'adjacent = ["below", "above"]'),
    ("tile_taken", "districts.toml", "tile = [1, 0]", "tile = [0, 0]"),
    ("tile_outside", "districts.toml", "tile = [1, 0]", "tile = [1, 1]"),
    ("zone_gap", "districts.toml", '["above", "below"]', '["above"]'),
    ("zone_overlap", "districts.toml", '["harbour"]', '["harbour", "below"]'),
    ("zone_unknown", "districts.toml", '["harbour"]', '["harbour", "moon"]'),
    ("place_missing", "districts.toml", 'code = "outside"', 'code = "elsewhere"'),
    ("code_twice", "districts.toml", 'code = "outside"', 'code = "unknown"'),
    ("label_missing", "districts.toml", 'label.en = "The Harbour"\n', ""),
    ("label_missing", "contacts.toml", 'label.en = "Lighthouse line"\n', ""),
    ("label_missing", "city.toml", 'name.en = "Vilabreu"\n', ""),
    ("confidence", "contacts.toml", 'is_on_bill = false\nconfidence = "own"', 'confidence = "sure"'),
    ("confidence", "calendar.toml", 'confidence = "own"', 'confidence = "sure"'),
    ("no_way_to_reach", "contacts.toml", 'phone = "555 0101"\n', ""),
    ("no_way_to_reach", "city.toml", 'phone = "555 0100"\n', ""),
    ("no_emergency", "contacts.toml", "is_emergency = true\n", ""),
    ("contact_unconfirmed", "city.toml", "last_checked_on = 2026-01-15\n", ""),
    ("contact_unconfirmed", "contacts.toml", "last_checked_on = 2026-01-15\n", ""),
    ("contact_old", "contacts.toml", "last_checked_on = 2026-01-15", "last_checked_on = 2025-01-15"),
    ("year_unconfirmed", "calendar.toml", "year = 2026", "year = 2025"),
    ("year_missing", "calendar.toml", "year = 2026", "year = 2025"),
    ("unreadable", "calendar.toml", "[closures.court]", '[library]\nland = "ES"\n\n[closures.court]'),
    ("closures_missing", "calendar.toml", "[closures.court]", "[closures.tribunal]"),
    (
        "library",
        "calendar.toml",
        "[closures.court]",
        '[library]\ncountry = "ES"\nregion = "CV"\n\n[closures.court]',
    ),
    ("library", "calendar.toml", "[closures.court]", '[library]\ncountry = "Iberia"\n\n[closures.court]'),
    ("library", "calendar.toml", "[closures.court]", '[library]\nregion = "VC"\n\n[closures.court]'),
    ("year_doubtful", "denominators.toml", "is_year_confirmed = true", "is_year_confirmed = false"),
    ("promise_undecided", "service_levels.toml", "is_default = false", "is_default = true"),
    ("limit", "service_levels.toml", 'unit = "natural_day"', 'unit = "soon"'),
    ("limit", "service_levels.toml", "count = 3", "count = 0"),
    ("retention", "city.toml", "draft = 7", "draft = 0"),
    ("retention", "city.toml", "draft = 7\n", ""),
    ("colour", "city.toml", '"#5b2a86"', '"purple"'),
    ("colour", "city.toml", "--office-accent", "--accent"),
    ("contrast", "city.toml", '"#5b2a86"', '"#fffdf0"'),
    ("no_language", "languages.toml", 'staff = ["es"]', "staff = []"),
    ("no_language", "languages.toml", 'fallback = "en"', 'fallback = "fr"'),
    ("label_language", "languages.toml", '["en", "es"]', '["en", "es", "bg"]'),
    ("reference_unknown", "languages.toml", '["en", "es"]', '["en", "es", "tlh"]'),
    ("label_missing", "lists/routes.toml", 'label.fr = "Guichet du Phare"\n', ""),
    ("reference_unknown", "lists/routes.toml", "evidence = []", 'evidence = []\nareas = ["chess"]'),
    ("unreadable", "lists/routes.toml", 'who = "anyone"\n', ""),
    ("unreadable", "city.toml", '"Atlantic/Canary"', '"Atlantic/Atlantis"'),
    ("unreadable", "city.toml", TIDES, '"http://mareas.vilabreu.example/hoy"'),
    ("unreadable", "city.toml", TIDES, '"//mareas.vilabreu.example/hoy"'),
    ("unreadable", "city.toml", TIDES, '"https://mareas.vilabreu.example:8443/hoy"'),
    ("unreadable", "city.toml", TIDES, '"https://ana@mareas.vilabreu.example/"'),
    ("unreadable", "city.toml", TIDES, '"https://mareas.vilabreu.example/?from=office"'),
    ("unreadable", "city.toml", TIDES, '"https://mareas.vilabreu.example/#hoy"'),
    ("unreadable", "city.toml", TIDES, '"https://192.0.2.7/"'),
    ("unreadable", "city.toml", TIDES, '"https://mareas/"'),
    ("unreadable", "city.toml", TIDES, '"javascript:alert(1)"'),
    ("unreadable", "city.toml", TIDES, '"https://mareas.vilabreu.example/\\r\\nx"'),
    ("unreadable", "city.toml", TIDES, '""'),
    ("unreadable", "city.toml", f"way_out = {TIDES}\n", ""),
    ("way_out", "city.toml", TIDES, '"https://vilabreu.example/tiempo"'),
    ("unreadable", "calendar.toml", "[2, 28]", "[2, 29]"),
    ("unreadable", "districts.toml", "tile = [1, 0]", 'tile = "1,0"'),
    ("unreadable", "contacts.toml", "is_free = true", "is_cheap = true"),
    ("unreadable", "districts.toml", "is_not_a_district = true\n\n[[item]]", "\n[[item]]"),
]

WARNINGS = {
    "contact_old",
    "contact_unconfirmed",
    "year_unconfirmed",
    "year_missing",
    "year_doubtful",
    "promise_undecided",
}


@pytest.mark.parametrize(("rule", "file", "old", "new"), BROKEN_LISTS)
def test_a_broken_list_is_found(copies: Copies, rule: str, file: str, old: str, new: str) -> None:
    copies.replace(file, old, new)
    assert rule in {finding.rule for finding in copies.found() if finding.severity == "error"}


@pytest.mark.parametrize(("rule", "file", "old", "new"), BROKEN_CITIES)
def test_a_broken_city_is_found(copies: Copies, rule: str, file: str, old: str, new: str) -> None:
    before = copies.found()
    copies.replace(f"city/{file}", old, new)
    added = [finding for finding in copies.found() if finding not in before]
    severity = "warning" if rule in WARNINGS else "error"
    assert (rule, severity) in {(finding.rule, finding.severity) for finding in added}


def test_a_list_that_is_missing_or_that_nobody_knows_is_found(copies: Copies) -> None:
    (copies.data / "areas.toml").rename(copies.data / "moods.toml")
    (copies.city / "moods.toml").write_text("", encoding="utf-8")
    (copies.city / "lists" / "moods.toml").write_text("", encoding="utf-8")
    found = {(finding.source, finding.rule) for finding in copies.found()}
    assert {("areas", "unreadable"), ("moods", "unknown_list"), ("vilabreu", "unknown_list")} <= found


def test_a_city_that_drops_a_code_others_refer_to_is_told_which(copies: Copies) -> None:
    text = (copies.data / "conduct.toml").read_text(encoding="utf-8")
    own = text.replace('code = "profiling"', 'code = "checking"')
    (copies.city / "lists" / "conduct.toml").write_text(own, encoding="utf-8")
    assert ("vilabreu/acts", "reference_unknown") in {(one.source, one.rule) for one in copies.found()}


def test_a_review_that_is_due_is_a_warning_and_not_an_error(copies: Copies) -> None:
    assert "review_due" not in {finding.rule for finding in copies.found(date(2027, 6, 29))}
    due = [finding for finding in copies.found(date(2027, 6, 30)) if finding.rule == "review_due"]
    assert {finding.source for finding in due} == set(SHAPES)
    assert {finding.severity for finding in due} == {"warning"}


def test_a_list_somebody_reviewed_is_no_longer_counted_as_unreviewed(copies: Copies) -> None:
    before = {finding.source for finding in copies.found() if finding.rule == "unreviewed"}
    copies.replace("areas.toml", 'checked_by = ""', 'checked_by = "A lawyer"')
    after = {finding.source for finding in copies.found() if finding.rule == "unreviewed"}
    assert before - after == {"areas"}


def test_every_rule_of_the_checker_was_seen_to_fail() -> None:
    """The rules written in the checkers' own code, against those broken above."""
    written = {
        rule.value
        for module in ("checks.py", "city_checks.py", "limit_checks.py")
        for call in ast.walk(ast.parse((DATA.parent / module).read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        if call.func.id in ("error", "warning") and isinstance(rule := call.args[1], ast.Constant)
    }
    assert len(written) > 30
    assert {case[0] for case in (*BROKEN_LISTS, *BROKEN_CITIES)} | {"unreviewed", "review_due"} == written


def run(*arguments: str) -> None:
    parser = ArgumentParser()
    commands.add_commands(parser.add_subparsers(required=True))
    given = parser.parse_args(arguments)
    given.run(given)


def test_the_check_command_counts_what_nobody_reviewed(capsys: pytest.CaptureFixture[str]) -> None:
    run("vocabulary", "check")
    told = capsys.readouterr().out
    assert "warning: grounds: 31 codes that nobody has reviewed yet [unreviewed]" in told
    assert "\n0 errors, " in told


def test_the_check_command_refuses_a_broken_city(copies: Copies, capsys: pytest.CaptureFixture[str]) -> None:
    copies.replace("city/districts.toml", "population = 4000", "population = 1")
    with pytest.raises(commands.VocabulariesDoNotFit):
        run("vocabulary", "check", "--city-folder", str(copies.city))
    assert "[population_sum]" in capsys.readouterr().out


@pytest.mark.parametrize("name", NAMES)
def test_every_list_can_be_shown(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    run("vocabulary", "list", name, "--language", "fr")
    assert "reviewed by: nobody yet" in capsys.readouterr().out
