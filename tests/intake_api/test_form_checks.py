"""An office that changes its form is told everything that is wrong, and sees it before anybody else."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from intake_api.__main__ import main
from intake_api.form.checks import problems_in
from intake_api.form.questions import FORM, form_file, load_form
from office.vocabulary import city_folder, load_city

CITY = load_city("valencia")
SHIPPED = FORM.read_text("utf-8")
Changed = Callable[..., list[str]]


@pytest.fixture
def changed(tmp_path: Path) -> Changed:
    """Return what is told of the form after words in it were replaced."""

    def told(*pairs: tuple[str, str], more: str = "") -> list[str]:
        text = SHIPPED
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new, 1)
        path = tmp_path / "form.toml"
        path.write_text(text + more, "utf-8")
        return [str(one) for one in problems_in(path, CITY)]

    return told


def test_the_form_of_the_office_has_no_problem_and_the_command_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["form", "check"]) == 0
    assert "0 problems" in capsys.readouterr().out


WRONG = {
    'vocabulary = "acts"': ('vocabulary = "deeds"', "the office has no list deeds"),
    '"minor_self", "group"': ('"minor_self", "grupo"', "the list roles has no code grupo"),
    'code = "area"': ('code = "receipt"', "this is the name of a page of ours"),
    'needs_one_of = ["what_happened", "act_codes"]': ("", "an empty report could be sent"),
    'asked_when = { role_code = ["witness", ': (
        'asked_when = { role_code = ["neighbour", ',
        "it waits for role_code to be neighbour, which is not offered there",
    ),
    "when = { role_code": ("when = { area_code", "it waits for area_code, which is not asked before it"),
    'code = "place_text"': ('code = "favourite_colour"', "so it would be lost"),
    'ca-valencia = "Què ha passat?", ': ("", "the words are missing in ca-valencia"),
    'en = "What happened?"': ('en = "What went wrong?"', "the words are missing in ro"),
    'alone = "unknown"': ('alone = "nobody"', "alone names nobody, which is not offered"),
    '"neighbour", "family_partner"': (
        '"family_partner"',
        "the code neighbour is under no section, so nobody can choose it",
    ),
    'kind = "consent"': ('kind = "text"', "it must be of the kind consent, not text"),
    "[meta]": ("[colours]\nred = 1\n[meta]", "a form has only [meta], [[step]] and [[aside]]"),
    '[[aside]]\ncode = "voice"': ('[[aside]]\ncode = "song"', "aside voice: it is missing"),
    "most = 20000": ('most = "many"', "Input should be a valid integer"),
}


@pytest.mark.parametrize("old", WRONG)
def test_each_mistake_is_told_in_a_sentence_with_its_place(changed: Changed, old: str) -> None:
    new, sentence = WRONG[old]
    told = changed((old, new))
    assert [one for one in told if sentence in one], told
    assert all(re.match(r"(form|meta|step|aside|colours|question)", one) for one in told), told


def test_all_mistakes_are_told_and_not_only_the_first(changed: Changed) -> None:
    told = changed(*((old, WRONG[old][0]) for old in ('vocabulary = "acts"', 'alone = "unknown"')))
    assert {"deeds", "nobody"} <= {word for one in told for word in re.split(r"[ ,.]", one)}


@pytest.mark.parametrize(
    ("tag", "asks"),
    [
        ("es", "¿Cuál es tu DNI o NIE?"),
        ("en", "Your passport number"),
        ("fr", "Avez-vous un titre de séjour ?"),
        ("ca-valencia", "Quina és la teua nacionalitat?"),
        ("ar", "ما هي جنسيتك؟"),
    ],
)
def test_a_question_for_papers_or_status_is_refused_in_each_language(
    changed: Changed, tag: str, asks: str
) -> None:
    old = next(re.finditer(rf'{tag} = "[^"]*"', SHIPPED[SHIPPED.index('code = "place_text"') :])).group(0)
    told = changed((old, f'{tag} = "{asks}"'))
    assert [one for one in told if "no office may ask for papers or status" in one], told


def test_too_many_pages_and_too_many_questions_are_told(changed: Changed) -> None:
    words = "{ es = 'Uno', ca-valencia = 'U', en = 'One', fr = 'Un', ar = 'واحد' }"
    page = "\n[[step]]\ncode = 'more{0}'\ntitle = {1}\n"
    asks = "[[step.question]]\ncode = 'x{0}'\nkind = 'tick'\nlabel = {1}\n"
    pages = "".join(page.format(n, words) + asks.format(n, words) for n in range(3))
    assert any("at most 8 may be asked" in one for one in changed(more=pages))
    questions = page.format(9, words) + "".join(asks.format(n, words) for n in range(11))
    assert any("it asks 11 questions" in one for one in changed(more=questions))


def test_a_file_that_is_no_toml_is_one_problem_and_exit_code_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "form.toml"
    path.write_bytes(b"\xff[[")
    assert main(["form", "check", str(path)]) == 1
    assert capsys.readouterr().out.startswith("form.toml: this is no TOML file")
    with pytest.raises(SystemExit) as ended:
        main(["form", "look"])
    assert ended.value.code == 2


def test_a_city_has_its_own_form_if_there_is_one_in_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    shutil.copytree(city_folder("valencia"), folder)
    assert form_file(folder) == FORM
    (folder / "form.toml").write_text(SHIPPED.replace(load_form().meta.version, "ours-1"), "utf-8")
    assert load_form(form_file(folder)).meta.version == "ours-1"


def test_the_preview_shows_every_step_in_every_language_and_nothing_can_be_sent(tmp_path: Path) -> None:
    out = tmp_path / "preview"
    assert main(["form", "preview", "--out", str(out)]) == 0
    pages = sorted(out.glob("*/*.html"))
    assert len(pages) == len(load_form().step) * len(CITY.languages.residents)
    for path in pages:
        text = path.read_text("utf-8")
        assert 'class="office-demo"><strong>' in text and load_form().meta.version in text
        assert 'method="post"' not in text and '="/' not in text
    assert "116 111" in (out / "en" / "when.html").read_text("utf-8")  # what waits for an answer is shown too
    styles = re.search(r"\.\./static/(ltr\.[0-9a-f]+\.css)", pages[-1].read_text("utf-8"))
    assert styles and "/static/" not in (out / "static" / styles.group(1)).read_text("utf-8")
    assert main(["form", "preview", "--out", str(out)]) == 1
