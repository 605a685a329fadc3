"""The served pages: what they say, what they refuse, and that downloads are the release's own bytes."""

import csv
import hashlib
import io
import json
import re
import shutil
import time
from html.parser import HTMLParser

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from dashboards.charts.bars import ranges
from dashboards.pages.all import PAGES
from dashboards.settings import DatabaseAddressFound, refuse_databases
from office.languages import language, languages_for
from tests.dashboards.conftest import LATER, AppOf, ShelfRoot

TAGS = [one.tag for one in languages_for("public")]
NAMES = [page.path for page in PAGES]
RELEASE = "2024Q1-2025Q4.1"


class Tables(HTMLParser):
    """The rows of the tables of a page, as texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.captions: list[str] = []
        self.scopes: list[str | None] = []
        self._cell: list[str] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("th", "td", "caption"):
            self._cell = []
        if tag == "th":
            self.scopes.append(dict(attrs).get("scope"))

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td") and self._cell is not None:
            self.tables[-1][-1].append("".join(self._cell))
        if tag == "caption" and self._cell is not None:
            self.captions.append("".join(self._cell))
        if tag in ("th", "td", "caption"):
            self._cell = None


def as_band(words: str) -> tuple[int, int]:
    """The band a table cell says in English."""
    few = re.fullmatch(r"fewer than (\d+)", words)
    if few:
        return 0, int(few[1]) - 1
    low, _, high = words.replace(",", "").partition("–")
    return int(low), int(high or low)


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("page", NAMES)
def test_every_page_answers_in_every_language_with_and_without_script(
    client: TestClient, page: str, tag: str
) -> None:
    direction = "rtl" if tag == "ar" else "ltr"
    for tail in ("", "/table"):
        answer = client.get(f"/{tag}/demonstration/{page}{tail}")
        assert answer.status_code == 200
        assert f'<html lang="{tag}" dir="{direction}">' in answer.text
        assert 'class="first"' in answer.text
        assert 'class="notice invented"' in answer.text


@pytest.mark.parametrize("dimension", ["ground", "district", "area", "respondent", "channel"])
@pytest.mark.parametrize("period", ["2025", "2025-Q2"])
def test_the_table_says_the_same_bands_as_the_release_file(
    client: TestClient, dimension: str, period: str
) -> None:
    page = {"ground": "grounds", "district": "districts"}.get(dimension, "areas")
    cuboid = f"{'quarter' if '-Q' in period else 'year'}_{dimension}"
    file = client.get(f"/data/demonstration/{RELEASE}/data/{cuboid}.csv")
    told = list(csv.DictReader(io.StringIO(file.text)))
    published = sorted((int(row["lo"]), int(row["hi"])) for row in told if row["period"] == period)

    found = Tables(client.get(f"/en/demonstration/{page}/table?period={period}").text)
    index = {"respondent": 1, "channel": 2}.get(dimension, 0)
    assert sorted(as_band(row[1]) for row in found.tables[index][1:]) == published
    assert set(found.scopes) == {"col", "row"}
    assert all(found.captions)


@pytest.mark.parametrize("page", NAMES)
def test_no_cell_of_any_table_says_zero(client: TestClient, page: str) -> None:
    for table in Tables(client.get(f"/en/demonstration/{page}/table").text).tables:
        assert not [row for row in table if row[1:] and re.match(r"0\b", row[1])]


def test_a_page_with_hidden_cells_says_so_beside_them(client: TestClient) -> None:
    page = client.get("/en/demonstration/grounds/table?period=2025-Q2").text
    assert "too few to show more; none looks the same" in page


def test_the_grounds_say_that_mentions_are_more_than_situations(client: TestClient) -> None:
    assert "do not add them up" in client.get("/en/demonstration/grounds/table").text


def test_districts_come_in_the_order_of_their_codes(client: TestClient) -> None:
    file = client.get(f"/data/demonstration/{RELEASE}/codes/districts.csv").text
    names = {row["label_en"]: row["code"] for row in csv.DictReader(io.StringIO(file.lstrip("\ufeff")))}
    rows = Tables(client.get("/en/demonstration/districts/table").text).tables[0][1:]
    codes = [names[row[0]] for row in rows if names[row[0]].isdigit()]
    assert codes == sorted(codes)
    assert len(codes) > 10


def test_every_file_of_a_release_is_served_byte_for_byte(client: TestClient, first_root: ShelfRoot) -> None:
    folder = first_root.shelves / "demonstration" / RELEASE
    manifest = json.loads((folder / "release.json").read_bytes())
    for path, digest in manifest["files"].items():
        served = client.get(f"/data/demonstration/{RELEASE}/{path}")
        assert served.content == (folder / path).read_bytes()
        assert hashlib.sha256(served.content).hexdigest() == digest
    assert (
        client.get(f"/data/demonstration/{RELEASE}/release.json").content
        == (folder / "release.json").read_bytes()
    )


def test_every_download_a_page_offers_exists(client: TestClient) -> None:
    for page in NAMES:
        text = client.get(f"/en/demonstration/{page}/table").text
        for address in set(re.findall(r'href="(/data/[^"]+)"', text)):
            assert client.get(address).status_code == 200, address


@pytest.mark.parametrize(
    "path",
    ["../shelf.json", "..%2f..%2fpublic-keys.json", "data/none.csv", "", "/etc/passwd"],
)
def test_nothing_else_can_be_downloaded(client: TestClient, path: str) -> None:
    assert client.get(f"/data/demonstration/{RELEASE}/{path}").status_code in (404, 303)


@pytest.mark.parametrize(
    "address",
    [
        "/xx/demonstration/overview",
        "/en/nowhere/overview",
        "/en/demonstration/cases",
        "/en/demonstration/overview/more",
        "/en/demonstration/grounds?period=2031",
        "/en/demonstration/grounds?period=2025-Q2%20OR%201=1",
        "/en/demonstration/grounds?release=2020Q1.1",
        "/data/live/2025Q1.1/data/year_total.csv",
        "/_dash-nothing",
        "/favicon.ico",
    ],
)
def test_what_is_not_published_is_not_found(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_first_page_speaks_the_readers_language_and_shows_the_shelf_that_has_something(
    client: TestClient,
) -> None:
    first = client.get("/", headers={"accept-language": "ar,fr;q=0.5"})
    assert first.headers["location"] == "/ar/demonstration/overview"
    assert client.get("/", headers={"accept-language": "ca"}).headers["location"].startswith("/ca-valencia/")
    assert client.get("/fr").headers["location"] == "/fr/demonstration/overview"


def test_headers_allow_no_script_from_elsewhere_and_name_no_program(client: TestClient) -> None:
    answer = client.get("/en/demonstration/overview")
    policy = answer.headers["content-security-policy"]
    script = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe" not in script
    assert "http" not in script
    assert "server" not in answer.headers
    told = json.loads(re.search(r'id="_dash-config"[^>]*>(.*?)</script>', answer.text, re.DOTALL)[1])  # type: ignore[index]
    assert not [name for name in told if "version" in name and name != "disable_version_check" and told[name]]
    assert "plotly.com" not in answer.text


def test_health_is_told_and_readiness_needs_a_verified_release(
    client: TestClient, root: ShelfRoot, app_of: AppOf
) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").status_code == 200
    root.public_keys.write_text(json.dumps({"release_signing": []}), "utf-8")
    with TestClient(app_of(root)) as other:
        assert other.get("/healthz").status_code == 200
        assert other.get("/readyz").status_code == 503


def test_an_empty_shelf_root_says_that_nothing_is_published(root: ShelfRoot, app_of: AppOf) -> None:
    for release in (root.shelves / "demonstration").iterdir():
        if release.is_dir():
            release.rename(root.folder / release.name)
    with TestClient(app_of(root)) as client:
        answer = client.get("/en/demonstration/overview")
        assert answer.status_code == 503
        assert "No release has been published here yet." in answer.text


@pytest.mark.parametrize("victim", ["data/year_ground.csv", "notes.json", "release.json"])
def test_nothing_of_a_damaged_release_is_shown(root: ShelfRoot, app_of: AppOf, victim: str) -> None:
    file = root.shelves / "demonstration" / RELEASE / victim
    file.chmod(0o644)
    file.write_bytes(file.read_bytes().replace(b"a", b"b", 1))
    with TestClient(app_of(root)) as client:
        answer = client.get("/en/demonstration/grounds")
        assert answer.status_code == 503
        assert "is damaged" in answer.text
        assert RELEASE in answer.text
        assert "<table" not in answer.text
        assert client.get(f"/data/demonstration/{RELEASE}/data/year_ground.csv").status_code == 404
        assert client.get("/readyz").status_code == 503


def test_damage_is_noticed_while_running(root: ShelfRoot, app_of: AppOf) -> None:
    with TestClient(app_of(root)) as client:
        assert client.get("/en/demonstration/grounds").status_code == 200
        file = root.shelves / "demonstration" / RELEASE / "data" / "year_ground.csv"
        file.chmod(0o644)
        file.write_bytes(file.read_bytes() + b"x")
        assert client.get("/en/demonstration/grounds").status_code == 503


def test_a_release_signed_by_a_stranger_is_not_shown(root: ShelfRoot, app_of: AppOf) -> None:
    foreign = ShelfRoot(root.folder / "stranger", bytes(range(32))).publish(LATER, seed=9)
    shutil.copytree(foreign, root.shelves / "demonstration" / foreign.name)
    with TestClient(app_of(root)) as client:
        page = client.get("/en/demonstration/overview").text
        assert "is damaged" in page
        assert "2026" not in Tables(client.get("/en/demonstration/time/table").text).tables[0][-1][0]


def test_a_new_release_is_noticed_and_old_links_say_that_there_is_a_newer(
    root: ShelfRoot, app_of: AppOf
) -> None:
    with TestClient(app_of(root)) as client:
        lasting = f"/en/demonstration/time/table?release={RELEASE}"
        before = Tables(client.get(lasting).text).tables
        newer = root.publish(LATER, seed=9).name
        page = client.get("/en/demonstration/time/table").text
        assert Tables(page).tables[0][-1][0] == "1st quarter 2026"
        assert "A newer one" not in page
        old = client.get(lasting).text
        assert Tables(old).tables == before
        assert newer in old
        assert "A newer one" in old


def test_an_imported_shelf_names_its_source(root: ShelfRoot, app_of: AppOf) -> None:
    root.publish(("2024-Q1", "2024-Q2"), source="imported:harbourtown")
    with TestClient(app_of(root)) as client:
        page = client.get("/en/imported-harbourtown/overview").text
        assert 'class="notice imported"' in page
        assert "“\u2068harbourtown\u2069”" in page  # set apart, so that its direction turns nothing around it
        assert 'href="/en/imported-harbourtown/overview"' in client.get("/en/demonstration/overview").text


def test_a_part_of_the_year_that_is_not_published_cannot_be_chosen_and_says_why(
    root: ShelfRoot, app_of: AppOf
) -> None:
    root.publish(LATER, seed=9)
    with TestClient(app_of(root)) as client:
        page = client.get("/en/demonstration/grounds/table?period=2026-Q1").text
        assert "<s>Whole year</s>" in page
        assert (
            "Not published for 2026: Whole year, April to June, July to September and October to December."
            in page
        )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CONVIVENCIA_FACTS_URL", "anything"),
        ("CONVIVENCIA_MAILBOX_URL", "sqlite:///mailbox.db"),
        ("CONVIVENCIA_STATISTICS_KEY", "statistics.key"),
        ("DATABASE_URL", "x"),
        ("PGPASSWORD", "x"),
        ("SOMETHING", "postgresql+psycopg://somebody@somewhere/office"),
        ("ELSE", "sqlite:///x.db"),
    ],
)
def test_an_environment_with_a_database_or_a_secret_key_is_refused(name: str, value: str) -> None:
    with pytest.raises(DatabaseAddressFound) as refused:
        refuse_databases({"PATH": "/usr/bin", name: value})
    assert value not in str(refused.value)


def test_an_ordinary_environment_is_not_refused() -> None:
    refuse_databases(
        {"PATH": "/usr/bin", "CONVIVENCIA_SHELF": "shelf", "HOME": "/home/x", "LANG": "es_ES.UTF-8"}
    )


def test_the_callback_gives_the_page_of_its_address(client: TestClient) -> None:
    asked = {
        "output": "page.children",
        "outputs": {"id": "page", "property": "children"},
        "inputs": [{"id": "address", "property": "pathname", "value": "/en/demonstration/grounds"}],
        "changedPropIds": ["address.pathname"],
        "state": [{"id": "address", "property": "search", "value": "?period=2025-Q2"}],
    }
    began = time.perf_counter()
    answer = client.post("/_dash-update-component", json=asked)
    assert time.perf_counter() - began < 2
    assert answer.status_code == 200
    assert "2nd quarter 2025" in answer.text


def test_no_true_count_hides_in_what_the_page_draws_from(client: TestClient, first_app: FastAPI) -> None:
    edition = first_app.state.library.edition("demonstration")
    bands = {(cell.lo, cell.hi) for table in edition.tables.values() for cell in table.cells}
    for dimension in ("ground", "area"):
        table = edition.table(dimension, "2025-Q2")
        drawn = ranges(table, {}, language("en", "public"))["data"][1]
        for base, length in zip(drawn["base"], drawn["x"], strict=True):
            assert (base, base + length) in bands
