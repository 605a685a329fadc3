"""A shelf root with real, signed releases of invented facts, made once and copied for each test."""

import base64
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from dashboards.app import create_app
from dashboards.settings import DashboardSettings
from office import signing
from tests.support.browser import browser, desktop, scripted
from tests.support.facts import invented_facts, put_on_shelf, quarters_from

__all__ = ["browser", "desktop", "scripted"]  # fixtures of this folder

YEARS = quarters_from(2024, 8)
LATER = ("2026-Q1",)


@dataclass(frozen=True)
class ShelfRoot:
    """A folder of shelves with the keys that sign and check it."""

    folder: Path
    key: bytes

    @property
    def shelves(self) -> Path:
        return self.folder / "shelves"

    @property
    def public_keys(self) -> Path:
        return self.folder / "public-keys.json"

    def publish(
        self, quarters: tuple[str, ...], *, source: str = "demonstration", day: int = 20, seed: int = 5
    ) -> Path:
        return put_on_shelf(
            self.shelves,
            invented_facts(seed, quarters, 700, source=source),
            quarters,
            key=self.key,
            source=source,
            at=datetime(2026, 4, day, 9, tzinfo=UTC),
        )

    def settings(self) -> DashboardSettings:
        return DashboardSettings(shelf=self.shelves, public_keys=self.public_keys, demo=True)


@pytest.fixture(scope="session")
def first_root(tmp_path_factory: pytest.TempPathFactory) -> ShelfRoot:
    """A demonstration shelf of two full years; look, do not touch."""
    folder = tmp_path_factory.mktemp("root")
    key = signing.new_private_key()
    public = base64.b64encode(signing.public_half(key)).decode("ascii")
    entries = {"release_signing": [{"version": 1, "public_key": public, "active": True}]}
    root = ShelfRoot(folder, key)
    root.public_keys.write_text(json.dumps(entries), "utf-8")
    root.publish(YEARS, day=10)
    return root


@pytest.fixture
def root(first_root: ShelfRoot, tmp_path: Path) -> ShelfRoot:
    """The same, to be changed at will."""
    folder = tmp_path / "root"
    shutil.copytree(first_root.folder, folder)
    return ShelfRoot(folder, first_root.key)


@pytest.fixture(scope="session")
def clean_environment() -> Iterator[None]:
    """Tests of other parts may leave addresses in the environment of this process; these are taken out."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CONVIVENCIA_MAILBOX_URL", "CONVIVENCIA_CASEWORK_URL", "CONVIVENCIA_FACTS_URL"):
            patch.delenv(name, raising=False)
        yield


AppOf = Callable[[ShelfRoot], FastAPI]


@pytest.fixture
def app_of(clean_environment: None) -> AppOf:
    """Makes the dashboards over a root; each look at the folders sees what is there now."""

    def make(root: ShelfRoot) -> FastAPI:
        app = create_app(root.settings())
        app.state.library._look_every = 0.0
        return app

    return make


@pytest.fixture(scope="session")
def first_app(first_root: ShelfRoot, clean_environment: None) -> FastAPI:
    """The dashboards over the first root."""
    return create_app(first_root.settings())


@pytest.fixture
def client(first_app: FastAPI) -> Iterator[TestClient]:
    """Asks the dashboards over the first root."""
    with TestClient(first_app, follow_redirects=False) as asking:
        yield asking
