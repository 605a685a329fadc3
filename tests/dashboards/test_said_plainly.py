"""What an official reads without a second look: what a figure is about, how far a shade or band reaches."""

import re

import pytest
from starlette.testclient import TestClient

from dashboards.app import create_app
from tests.dashboards.conftest import ShelfRoot
from tests.support.facts import invented_facts, put_on_shelf, quarters_from

SMALL = quarters_from(2025, 4)
SOURCE = "imported:small-town"


@pytest.fixture(scope="module")
def small(first_root: ShelfRoot, tmp_path_factory: pytest.TempPathFactory) -> ShelfRoot:
    """A root with a shelf of one quiet year: some yearly bands begin at zero and are wide."""
    root = ShelfRoot(tmp_path_factory.mktemp("small"), first_root.key)
    root.public_keys.write_bytes(first_root.public_keys.read_bytes())
    put_on_shelf(
        root.shelves, invented_facts(3, SMALL, 60, source=SOURCE), SMALL, key=root.key, source=SOURCE
    )
    return root


def told(root: ShelfRoot, page: str) -> str:
    with TestClient(create_app(root.settings())) as client:
        return client.get(f"/en/imported-small-town/{page}/table").text


def test_rows_that_begin_at_zero_are_counted_by_what_they_say(small: ShelfRoot) -> None:
    page = told(small, "areas")
    findings = [one for one in page.split('class="finding"')[1:] if "<table" in one]
    assert len(findings) == 2  # a file does not tell how it was told
    for finding in findings:
        said = {
            few: int(count)
            for count, few in re.findall(r"(\d+) rows? says? only “(fewer than \d+)”", finding)
        }
        rows = re.findall(r"<td[^>]*>(fewer than \d+)</td>", finding)
        assert said and said == {few: rows.count(few) for few in said}
        assert sum(said.values()) == len(rows)


def test_each_of_several_findings_says_what_it_is_about(small: ShelfRoot) -> None:
    page = told(small, "areas")
    titles = re.findall(r"<h2[^>]*>(.*?)</h2>", page)
    assert [re.sub(r"<[^>]+>", "", one).partition(". ")[0] for one in titles[:2]] == [
        "Area of life",
        "Said to have done it",
    ]


def test_an_imported_file_is_not_said_to_be_what_this_office_was_told(small: ShelfRoot) -> None:
    page = told(small, "overview")
    assert "recorded in this file" in page and "somebody recorded in a file" in page
    assert "people told the office about" not in page


def test_shades_of_districts_reach_to_limits_that_do_not_overlap(client: TestClient) -> None:
    page = client.get("/en/demonstration/districts").text
    legend = page.partition('class="legend"')[2].partition("</ul>")[0]
    limits = [int(one) for one in re.findall(r"up to (\d+)", legend)]
    assert len(limits) >= 2 and limits == sorted(set(limits))
    assert "–" not in legend


def test_why_some_bands_are_wider_is_said_beside_them_and_nowhere_else(client: TestClient) -> None:
    why = "Some bands are wider than five"
    assert "10–19" in client.get("/en/demonstration/districts/table").text
    assert why in client.get("/en/demonstration/districts/table").text
    quarter = client.get("/en/demonstration/districts/table?period=2025-Q1").text  # its bands are all of five
    assert why not in quarter


def test_the_note_on_residents_stands_with_the_column_it_is_about(client: TestClient) -> None:
    page = client.get("/en/demonstration/districts/table").text
    folded = page.partition("<details")[2].partition("</details>")[0]
    assert "For every 10,000 residents" in folded
    assert folded.count("Residents of") == page.count("Residents of") == 1


def test_a_download_says_that_it_is_the_whole_table_and_the_meaning_of_its_codes_is_linked(
    client: TestClient,
) -> None:
    page = client.get("/en/demonstration/grounds/table?period=2025-Q1").text
    downloads = page.partition('class="downloads"')[2].partition("</p>")[0]
    links = dict(re.findall(r'href="(/data/[^"]+)"[^>]*>([^<]+)</a>', downloads))
    assert [address.rpartition("/")[2] for address in links] == ["quarter_ground.csv", "grounds.csv"]
    table, codes = links
    assert "whole table" in links[table] and "codes mean" in links[codes]
    listed = {line.partition(",")[0] for line in client.get(codes).text.splitlines()[1:]}
    columns, *rows = (line.split(",") for line in client.get(table).text.splitlines())
    assert {row[columns.index("ground")] for row in rows} <= listed


def test_without_script_a_chosen_ground_comes_before_the_list_of_all_others(client: TestClient) -> None:
    page = client.get("/en/demonstration/time/table").text
    chooser = page.partition('class="chooser long"')[2]
    assert chooser.partition("<summary")[0].count(" open") == 0
