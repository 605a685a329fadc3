"""The observatory's commands as a person types them, with a store, a shelf and a clock of their own."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import update
from sqlmodel import col, select

from observatory.__main__ import main
from office import signing
from office.stores.engines import open_store, sessions
from office.stores.facts import Fact, KeptCount, Period
from office.stores.migrate import upgrade
from tests.support.facts import invented_facts, quarters_from

QUARTERS = quarters_from(2025, 5)
SIGNED = ("--signed-off-by", "Head of the Office")


class Bureau:
    """A facts store, a key and a shelf, driven by commands; `said` is what they wrote."""

    def __init__(
        self, home: Path, monkeypatch: pytest.MonkeyPatch, read: Callable[[], tuple[str, str]]
    ) -> None:
        self.home, self.read = home, read
        self.url = f"sqlite:///{home / 'facts.db'}"
        upgrade("facts", self.url)
        key = home / "signing.key"
        key.write_bytes(signing.new_private_key())
        key.chmod(0o600)
        self.public = signing.public_half(key.read_bytes())
        self.monkeypatch = monkeypatch
        for name, value in {
            "HOME": str(home),
            "FACTS_URL": self.url,
            "SHELF": str(home / "shelf"),
            "SIGNING_KEY": str(key),
            "DEMO": "1",
            "DEMO_NOW": "2026-02-10T10:00:00+00:00",
        }.items():
            monkeypatch.setenv(f"CONVIVENCIA_{name}", value)
        self.said = ("", "")
        self.facts = invented_facts(11, QUARTERS, 120)

    def __call__(self, *words: str) -> int:
        self.read()
        code = main(words)
        self.said = self.read()
        return code

    def at(self, instant: str) -> None:
        self.monkeypatch.setenv("CONVIVENCIA_DEMO_NOW", instant)

    def hand_over(self, facts: pd.DataFrame) -> None:
        engine = open_store(self.url, role="handover", store="facts")
        with sessions(engine).begin() as session:
            for line in facts.to_dict("records"):
                session.add(Fact(**{str(name): value for name, value in line.items()}))
            session.execute(update(Period).where(col(Period.state) == "awaited").values(state="open"))
        engine.dispose()

    def months(self, source: str = "demonstration") -> set[str]:
        """The months of which there are facts."""
        engine = open_store(self.url, role="observatory", store="facts")
        with sessions(engine)() as session:
            return set(session.exec(select(Fact.month).where(col(Fact.source) == source)))

    def kept(self) -> dict[tuple[str, str, str], int]:
        engine = open_store(self.url, role="observatory", store="facts")
        with sessions(engine)() as session:
            return {(one.quarter, one.part, one.code): one.count for one in session.exec(select(KeptCount))}

    def periods(self) -> dict[str, str]:
        engine = open_store(self.url, role="observatory", store="facts")
        with sessions(engine)() as session:
            return {one.quarter: one.state for one in session.exec(select(Period))}

    @property
    def shelf(self) -> Path:
        return self.home / "shelf" / "demonstration"


DEMO = ("--source", "demonstration")
