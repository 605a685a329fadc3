"""Guides of cities, to be read, changed and opened in tests."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from fastapi.testclient import TestClient

from intake_api.guide.reading import load_guide
from office.clock import SetClock
from office.vocabulary import CITIES, DATA, load
from office.web.forms import OWN_SITE
from tests.intake_api.conftest import Browser, Entrance, plain

GUIDE = load_guide()
AREAS = tuple(item.code for item in load("areas") if item.is_offered)
GROUNDS = frozenset(load("grounds").codes) - set(AREAS)
CHECKED = date(2026, 11, 28)
PAGES = ("rights", "rights/safety", "rights/housing", "rights/housing/sheet")


def page_of_a_city_with(
    folder: Path, migrated: Path, clock: SetClock, before: str, after: str, place: str
) -> str:
    """The words of a page in a city whose list of routes says `after` where the office's says `before`."""
    city = folder / "valencia"
    shutil.copytree(CITIES / "valencia", city)
    (city / "lists").mkdir()
    routes = (DATA / "routes.toml").read_text("utf-8")
    assert before in routes
    (city / "lists" / "routes.toml").write_text(routes.replace(before, after, 1), "utf-8")
    with opened(folder, migrated, clock, city) as browser:
        return plain(browser.get(f"/en/{place}"))


@contextmanager
def opened(folder: Path, migrated: Path, clock: SetClock, city: Path) -> Iterator[Browser]:
    """The door of a city in a folder."""
    file = folder / "mailbox.sqlite"
    shutil.copy(migrated, file)
    entrance = Entrance(folder, f"sqlite:///{file}", f"sqlite:///{file}", clock, city=str(city))
    with TestClient(entrance.app, follow_redirects=False, headers=OWN_SITE) as client:
        yield Browser(client)
    entrance.engine.dispose()


def change(city: Path, file: str, before: str, after: str) -> None:
    path = city / "guide" / f"{file}.toml"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
