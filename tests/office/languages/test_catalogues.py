"""Catalogues: what is read from them, how they are found in the code, kept, and checked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from office.languages import catalogues, language, languages_for, translations_record
from office.languages.catalogues import headers_in, read_catalogue, translations
from office.languages.commands import all_findings
from office.languages.completeness import Finding, findings_of, places_in
from office.languages.extraction import Found, Sentence, in_template, sentences
from office.languages.registry import language as spoken_in
from office.languages.writing import Kept, kept_in, written

SPANISH = {
    ("", "Go on"): Kept(("Seguir",)),
    ("", "%(num)s report"): Kept(("%(num)s informe", "%(num)s informes"), "%(num)s reports"),
    ("", "Not used any more"): Kept(("Ya no se usa",)),
}
FOUND: Found = {
    ("", "Go on"): Sentence("Go on", places={"casework/x.py"}),
    ("", "%(num)s report"): Sentence("%(num)s report", many="%(num)s reports"),
    ("", 'New, with "signs"\n'): Sentence('New, with "signs"\n'),
    ("button", "Open"): Sentence("Open", context="button"),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return an empty folder of catalogues that is used instead of the office's own."""
    caches = (translations, translations_record, spoken_in, languages_for)
    monkeypatch.setattr(catalogues, "CATALOGUES", tmp_path)
    for cache in caches:
        cache.cache_clear()
    yield tmp_path
    for cache in caches:
        cache.cache_clear()


def put(folder: Path, name: str, text: str) -> None:
    path = folder / f"{name}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_domain_stands_on_the_shared_one_and_what_is_missing_is_english(folder: Path) -> None:
    put(folder, "es/staff", written("es", "staff", FOUND, SPANISH, {}))
    put(
        folder,
        "es/office",
        written("es", "office", {("", "Back"): Sentence("Back")}, {("", "Back"): Kept(("Volver",))}, {}),
    )
    spanish = language("es", "staff")
    assert spanish.gettext("Go on") == "Seguir"
    assert spanish.gettext("Back") == "Volver"
    assert spanish.gettext('New, with "signs"\n') == 'New, with "signs"\n'
    assert spanish.gettext("Hello %(name)s", name="Ana") == "Hello Ana"


def test_plural_forms_follow_the_number_as_it_is_written(folder: Path) -> None:
    put(folder, "es/staff", written("es", "staff", FOUND, SPANISH, {}))
    spanish = language("es", "staff")
    assert spanish.ngettext("%(num)s report", "%(num)s reports", 1) == "1 informe"
    assert spanish.ngettext("%(num)s report", "%(num)s reports", 12000) == "12.000 informes"
    assert language("en", "staff").ngettext("%(num)s report", "%(num)s reports", 2) == "2 reports"


def test_a_catalogue_is_the_same_however_often_it_is_written(folder: Path) -> None:
    once = written("es", "staff", FOUND, SPANISH, {"X-Translated-By": "Ana Pérez"})
    put(folder, "es/staff", once)
    kept = kept_in(read_catalogue(folder / "es/staff.po"))
    assert written("es", "staff", FOUND, kept, headers_in(once)) == once
    assert '#~ msgid "Not used any more"' in once
    assert "Ya no se usa" not in written("es", "staff", FOUND, kept, {}, with_obsolete=False)


def test_who_translated_and_reviewed_is_read_from_the_headers(folder: Path) -> None:
    put(folder, "es/staff", written("es", "staff", FOUND, SPANISH, {"X-Translated-By": "Ana Pérez"}))
    record = translations_record("es", "staff")
    assert (record.translated_by, record.reviewed_by, record.is_reviewed) == ("Ana Pérez", "", False)
    assert translations_record("en", "staff").translated_by == ""


def test_arabic_has_room_for_its_six_plural_forms() -> None:
    assert "msgstr[5]" in written("ar", "residents", FOUND, {}, {})


def test_english_fills_itself_in() -> None:
    assert 'msgstr[1] "%(num)s reports"' in written("en", "residents", FOUND, {}, {})


def test_the_check_finds_everything_that_is_wrong(folder: Path) -> None:
    kept = {
        **SPANISH,
        ("", "Hello %(name)s"): Kept(("Hola %(nombre)s",)),
        ("", "Perhaps"): Kept(("Quizá",), is_fuzzy=True),
    }
    in_code = {
        **FOUND,
        ("", "Hello %(name)s"): Sentence("Hello %(name)s"),
        ("", "Perhaps"): Sentence("Perhaps"),
    }
    text = written("es", "staff", {**in_code, ("", "Gone"): Sentence("Gone")}, kept, {})
    put(folder, "es/staff", text.replace("X-Reviewed-By", "X-Other"))
    found = [str(one) for one in findings_of("es", "staff", {**in_code, ("", "Never"): Sentence("Never")})]
    assert found == [
        "error: es/staff: missing: 'Never'",
        "error: es/staff: no longer in the code: 'Gone'",
        "error: es/staff: its places are ['(nombre)s'] instead of ['(name)s']: 'Hello %(name)s'",
        "error: es/staff: not translated: 'New, with \"signs\"\\n'",
        "error: es/staff: fuzzy: 'Perhaps'",
        "error: es/staff: not translated: 'Open'",
        "warning: es/staff: translated by nobody yet",
        "error: es/staff: the header X-Reviewed-By is missing",
    ]


def test_a_catalogue_that_is_not_there_is_an_error(folder: Path) -> None:
    assert list(findings_of("fr", "public", FOUND)) == [
        Finding("error", "fr/public", "there is no such catalogue")
    ]


def test_a_plural_form_may_leave_the_number_unsaid_and_nothing_else(folder: Path) -> None:
    found: Found = {("", "%(num)s of %(all)s"): Sentence("%(num)s of %(all)s", many="%(num)s of %(all)s!")}
    for forms, is_right in (
        (("one of %(all)s", "%(num)s of %(all)s"), True),
        (("%(num)s", "%(num)s"), False),
    ):
        kept = {("", "%(num)s of %(all)s"): Kept(forms, "%(num)s of %(all)s!")}
        put(folder, "es/staff", written("es", "staff", found, kept, {}))
        errors = [one for one in findings_of("es", "staff", found) if one.severity == "error"]
        assert (errors == []) is is_right


def test_places_are_named_and_a_doubled_sign_is_none() -> None:
    assert places_in("%(name)s has %(share).1f%% and 5 %% off") == {"(name)s", "(share)f"}


def test_sentences_are_found_where_they_are_said(tmp_path: Path) -> None:
    for package in ("office", "intake_api", "casework", "dashboards", "observatory"):
        (tmp_path / package / "templates").mkdir(parents=True)
    (tmp_path / "office" / "errors.py").write_text(
        'class Wrong(Exception):\n    code = "wrong"\n    sentence: str = "It is " "wrong."\n'
    )
    (tmp_path / "casework" / "errors.py").write_text('class Odd(Wrong):\n    sentence = "Odd."\n')
    (tmp_path / "casework" / "pages.py").write_text(
        "from sqlalchemy import text\n"
        'NAME = mark("Inbox")\n'
        'sql = text("SELECT 1")\n'
        'said = language.ngettext("%(num)s case", "%(num)s cases", 2)\n'
        'more = view.text("Shared")\n'
        "other = language.gettext(NAME)\n"
    )
    (tmp_path / "intake_api" / "pages.py").write_text('text = language.gettext\ntext("Send")\n')
    (tmp_path / "office" / "templates" / "layout.html").write_text('{{ _("Shared") }}')
    (tmp_path / "intake_api" / "templates" / "a.html").write_text(
        '{% trans name=who %}\n  Hello {{ name }}:\n  100 %\n{% endtrans %}{{ field.text(_("Deep")) }}'
        '{{ pgettext("button", "Open") }}'
    )
    found = sentences(tmp_path)
    assert {key[1] for key in found["office"]} == {"It is wrong.", "Odd.", "Shared"}
    assert {key[1] for key in found["staff"]} == {"Inbox", "%(num)s case"}
    assert set(found["residents"]) == {
        ("", "Send"),
        ("", "Hello %(name)s: 100 %%"),
        ("", "Deep"),
        ("button", "Open"),
    }
    assert found["office"][("", "Shared")].places == {"casework/pages.py", "office/templates/layout.html"}


def test_a_counted_sentence_of_a_template_is_found_with_both_forms() -> None:
    source = "{% trans count=n %}{{ count }} case{% pluralize %}{{ count }} cases{% endtrans %}"
    assert [(one.one, one.many) for one in in_template(source)] == [("%(count)s case", "%(count)s cases")]


def test_every_catalogue_of_the_office_is_complete() -> None:
    errors = [str(one) for one in all_findings() if one.severity == "error"]
    assert errors == []
