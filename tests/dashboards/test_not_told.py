"""A shelf whose source has no such column says so, on every page, instead of failing."""

import pytest
from starlette.testclient import TestClient

from dashboards.app import create_app
from office.handover.fact import NOT_IN_FILE
from tests.dashboards.conftest import YEARS, ShelfRoot
from tests.support.facts import invented_facts, put_on_shelf

SOURCE = "imported:old-books"


@pytest.mark.parametrize("page", ["overview", "grounds", "districts", "areas", "time", "method", "data"])
def test_a_page_of_a_dimension_the_file_does_not_have_says_so(root: ShelfRoot, page: str) -> None:
    facts = invented_facts(9, YEARS, 300, source=SOURCE).assign(
        district_code=NOT_IN_FILE, respondent_code=NOT_IN_FILE
    )
    put_on_shelf(root.shelves, facts, YEARS, key=root.key, source=SOURCE)
    with TestClient(create_app(root.settings())) as client:
        answer = client.get(f"/en/imported-old-books/{page}/table")
    assert answer.status_code == 200
    assert ("says nothing about this" in answer.text) == (page in {"districts", "areas"})


def test_a_shelf_shows_the_title_of_its_file_as_plain_text_kept_apart(root: ShelfRoot) -> None:
    title = {"en": "Old <b>books</b> & more", "ar": "دفاتر قديمة (1)"}
    facts = invented_facts(9, YEARS[:1], 300, source=SOURCE)
    put_on_shelf(root.shelves, facts, YEARS[:1], key=root.key, source=SOURCE, title=title)
    with TestClient(create_app(root.settings())) as client:
        english = client.get("/en/imported-old-books/overview/table").text
        arabic = client.get("/ar/imported-old-books/overview/table").text
        french = client.get("/fr/demonstration/overview/table").text
    shown = "\u2068Old &lt;b&gt;books&lt;/b&gt; &amp; more\u2069"
    assert f"Imported history: {shown}" in english and f"From the file “{shown}”" in english
    assert "<b>books" not in english + french
    assert "\u2068دفاتر قديمة (1)\u2069" in arabic
    assert f"Historique importé : {shown}" in french  # no French title: the first one the file has
