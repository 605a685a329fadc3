"""A legal sentence that nobody reviewed shows the Spanish beside it; a reviewed one does not."""

import re
from pathlib import Path

import pytest
from markupsafe import escape

from office.languages import language, languages_for
from office.web.beside import Beside

TEMPLATES = Path(__file__).parents[3] / "intake_api" / "templates"
SENTENCE = "In danger now? Call first"
SPANISH = language("es", "residents")


def beside(tag: str, *, is_reviewed: bool) -> Beside:
    return Beside(language(tag, "residents"), SPANISH, is_reviewed)


@pytest.mark.parametrize("tag", [one.tag for one in languages_for("residents") if one.written_as != "es"])
def test_an_unreviewed_language_says_danger_in_spanish_too(tag: str) -> None:
    told = beside(tag, is_reviewed=False).legal(SENTENCE)
    assert escape(language(tag, "residents").gettext(SENTENCE)) in told
    assert f'lang="es" dir="ltr">{SPANISH.gettext(SENTENCE)}<' in told
    assert "<span" not in beside(tag, is_reviewed=True).legal(SENTENCE)


def test_spanish_is_not_said_twice() -> None:
    assert beside("es", is_reviewed=False).legal(SENTENCE) == SPANISH.gettext(SENTENCE)


def test_words_of_data_and_words_put_together_are_said_beside_and_never_as_markup() -> None:
    told = beside("en", is_reviewed=False)
    assert told.words({"es": "Emergencias", "en": "Emergencies"}).endswith('dir="ltr">Emergencias</span>')
    assert "<b>" not in told.pair("<b>", "<b>") and told.pair("<b>", "<b>").count("&lt;b&gt;") == 2


def test_every_sentence_about_danger_or_a_limit_on_the_residents_pages_is_marked_legal() -> None:
    """They are known by some of their words: such a sentence is not said with `_("…")`."""
    about = re.compile(r"""(?<!legal)\(("[^"]*(?:in danger|danger now|time limit|time to act)[^"]*")""", re.I)
    found = {
        f"{path.name}: {sentence}"
        for path in sorted(TEMPLATES.glob("*.html"))
        for sentence in about.findall(path.read_text("utf-8"))
    }
    assert found == set()
