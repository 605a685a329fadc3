"""What is invented is shown by a demonstration only; a real office's figures never stand beside it."""

from starlette.testclient import TestClient

from dashboards.app import create_app
from dashboards.settings import DashboardSettings
from tests.dashboards.conftest import YEARS, AppOf, ShelfRoot

RELEASE = "2024Q1-2025Q4.1"


def test_an_office_that_is_no_demonstration_does_not_know_the_invented_shelf(root: ShelfRoot) -> None:
    settings = DashboardSettings(shelf=root.shelves, public_keys=root.public_keys, demo=False)
    with TestClient(create_app(settings), follow_redirects=False) as client:
        for path in (
            "/en/demonstration/overview",
            "/en/demonstration/overview/table",
            f"/data/demonstration/{RELEASE}/release.json",
            f"/data/demonstration/{RELEASE}/data/quarter_total.csv",
        ):
            assert client.get(path).status_code == 404, path
        assert client.get("/en").headers["location"] == "/en/live/overview"
        assert client.get("/readyz").status_code == 503
        assert "demonstration" not in client.get("/en/live/overview").text.lower()


def test_the_live_shelf_is_shown_without_the_invented_one_beside_it(root: ShelfRoot) -> None:
    root.publish(YEARS, source="live", day=20, seed=7)
    settings = DashboardSettings(shelf=root.shelves, public_keys=root.public_keys, demo=False)
    with TestClient(create_app(settings), follow_redirects=False) as client:
        page = client.get("/en/live/overview/table")
        assert page.status_code == 200
        assert "/demonstration/" not in page.text


def test_a_demonstration_shows_it_and_says_so(root: ShelfRoot, app_of: AppOf) -> None:
    with TestClient(app_of(root), follow_redirects=False) as client:
        assert client.get("/en/demonstration/overview/table").status_code == 200
