"""Templates that an office changes: its own come first, mistakes are told, nothing escapes the sandbox."""

from pathlib import Path

import pytest

from casework.__main__ import main
from casework.letters.drawing import body_of, isolated
from casework.letters.errors import TemplateBroken
from casework.letters.rules import FIELDS
from casework.letters.shelf import gaps, problems, templates
from office.handover.paper import SAYINGS
from office.languages import language, languages_for
from tests.casework.desk import Desk
from tests.casework.letters.post import begun, words_in

SPANISH = language("es", "office")
HEAD = 'version = "1"\nto = "authority"\n[label]\nes = "Aviso"\nca-valencia = "Avís"\nen = "Notice"\n'


def own(home: Path, name: str, head: str = HEAD, **texts: str) -> Path:
    """Put a template of the office's own into its folder."""
    folder = home / "letters" / name
    folder.mkdir(parents=True)
    (folder / "letter.toml").write_text(head, "utf-8")
    for tag, text in texts.items():
        (folder / f"{tag}.html").write_text(text, "utf-8")
    return folder


def test_those_that_come_with_the_product_are_right_and_reach_everybody_in_their_language(
    tmp_path: Path,
) -> None:
    assert list(problems(tmp_path)) == [] and list(gaps(tmp_path)) == []
    found = templates(tmp_path)
    assert set(found) == {"advice", "claim", "filing", "recordings"}
    assert set(found["advice"].languages) == {one.tag for one in languages_for("office")}
    for name in ("claim", "filing", "recordings"):
        assert {"es", "ca-valencia"} == set(found[name].languages)
        assert found[name].fields("es") == found[name].fields("ca-valencia")


def test_every_sentence_of_a_paper_is_there_in_every_language_of_the_residents() -> None:
    for one in languages_for("office"):
        said = [one.gettext(sentence) for sentence in SAYINGS.values()]
        same = {words for words in said if words in SAYINGS.values()}
        assert one.tag == "en" or len(same) <= 2, (one.tag, same)  # words alike, as "Date" in French


def test_a_template_of_the_office_comes_before_that_of_the_product(desk: Desk) -> None:
    own(desk.folder, "filing", es="<h1>De la casa</h1><p>{{ recipient }} {{ day }}</p>")
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    at = begun(desk, laila, reporter, "filing")
    words = words_in(laila.get(f"{at}/preview").content)
    assert "De la casa" in words and "23 de noviembre de 2026" in words


def test_what_a_broken_template_refuses_to_hand_out_was_not_taken(desk: Desk) -> None:
    folder = own(desk.folder, "filing", es="<p>{{ recipient }}</p>")
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    at = begun(desk, laila, reporter, "filing")
    (folder / "es.html").write_text("<p>{{ recipient.__class__ }}</p>", "utf-8")
    assert laila.get(f"{at}/word").status_code == 409
    assert "letter_taken" not in desk.events(reporter)


def test_the_checker_says_what_is_wrong_and_a_wrong_template_is_not_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own(tmp_path, "unknown_field", es="<p>{{ nie_number }} {{ has.passport }} {{ say.nothing }}</p>")
    own(tmp_path, "half", es="<p>{% if day %}</p>")
    own(tmp_path, "nobody", HEAD.replace("authority", "neighbour"), es="<p>Hola</p>")
    own(tmp_path, "no_text")
    own(tmp_path, "elsewhere", 'routing = ["moon"]\nsector = ["moon"]\n' + HEAD, es="<p>Hola</p>")
    own(tmp_path, "city_only", 'routing = ["city"]\n' + HEAD, es="<p>Hola</p>")
    own(tmp_path, "martian", xx="<p>Hola</p>", es="<p>Hola</p>")
    own(tmp_path, "person_only", HEAD.replace("authority", "person"), es="<p>Hola</p>")
    told = "\n".join(problems(tmp_path))
    for line in (
        "unknown_field: es.html: there is no field nie_number",
        "unknown_field: es.html: there is no field passport",
        "unknown_field: es.html: there is no sentence nothing",
        "half: es.html: line 1:",
        'nobody: letter.toml: to = "neighbour" is none of',
        "no_text: no text in any language",
        'elsewhere: letter.toml: routing "moon" is none of normal, city',
        'elsewhere: letter.toml: sector "moon" is none of private, public',
        "martian: xx.html: no language of the office",
    ):
        assert line in told, line
    found = templates(tmp_path)
    assert set(found) == {"advice", "claim", "city_only", "filing", "recordings", "person_only"}
    assert [name for name, one in found.items() if not one.is_for("city", "public")] == ["claim"]
    assert [name for name, one in found.items() if not one.is_for("normal", "public")] == [
        "city_only",
        "claim",
    ]
    assert [name for name, one in found.items() if not one.is_for("normal", "private")] == ["city_only"]
    assert any(line.startswith("person_only: not in ") and "ar" in line for line in gaps(tmp_path))
    monkeypatch.setenv("CONVIVENCIA_HOME", str(tmp_path))
    monkeypatch.setenv("CONVIVENCIA_CITY", "valencia")
    assert main(["check-letters"]) == 1
    assert "there is no field nie_number" in capsys.readouterr().out


@pytest.mark.parametrize(
    "source",
    [
        "{{ day.__class__.__mro__[1].__subclasses__() }}",
        "{{ ''.__class__ }}",
        "{{ say.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{% include '/etc/passwd' %}",
        "{% for one in range(999999999) %}x{% endfor %}",
        "{{ has.update({'day': 1}) }}",
    ],
)
def test_a_template_sees_plain_strings_and_nothing_of_the_program(source: str) -> None:
    values = dict.fromkeys(FIELDS, "x")
    with pytest.raises(TemplateBroken):
        body_of(source, values, SPANISH, missing={}, blank=())


def test_a_telephone_in_an_arabic_line_keeps_the_order_of_its_groups() -> None:
    line = isolated("اتصل على 900 123 456 أو +34 96 352 54 78 قبل 10/12/2026.", "rtl")
    assert "\u2066900 123 456\u2069" in line and "\u2066+34 96 352 54 78\u2069" in line
    assert isolated("Tel. 900 123 456", "ltr") == "Tel. 900 123 456"


def test_what_is_typed_is_never_html_and_never_a_template() -> None:
    body = body_of(
        "<p>{{ facts }}</p>", {"facts": '<img src="file:///x">{{ 7 * 7 }}'}, SPANISH, missing={}, blank=()
    )
    assert body == "<p>&lt;img src=&#34;file:///x&#34;&gt;{{ 7 * 7 }}</p>"
