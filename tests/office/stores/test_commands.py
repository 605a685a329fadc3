"""What an operator types about stores, and what is answered."""

from argparse import ArgumentParser
from pathlib import Path

import psycopg
import pytest

from office.errors import OfficeError
from office.settings import store_in
from office.stores import commands, migrate
from office.stores.engines import open_store
from office.stores.errors import StoreNotReady, StoreUnavailable
from office.stores.grants import STORES
from office.terminal import NOT_DONE, ended
from tests.support.postgres import as_role

from .conftest import Office


def run(*words: str) -> None:
    """As `python -m office` does."""
    parser = ArgumentParser()
    commands.add_commands(parser.add_subparsers())
    given = parser.parse_args(words)
    given.run(given)


def test_migrate_makes_every_store_says_so_and_can_check_and_go_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for store in ("mailbox", "casework", "facts"):
        monkeypatch.setenv(f"CONVIVENCIA_{store.upper()}_URL", f"sqlite:///{tmp_path / store}.sqlite")

    with pytest.raises(StoreNotReady):
        run("migrate", "--check")
    run("migrate")
    assert f"mailbox: {migrate.head('mailbox')}\n" in capsys.readouterr().out
    run("migrate", "--check")
    run("migrate", "facts", "--back-to", "base")
    with pytest.raises(StoreNotReady):
        run("migrate", "facts", "--check")


def test_migrate_makes_the_stores_it_is_not_told_of_below_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for store in STORES:
        monkeypatch.delenv(f"CONVIVENCIA_{store.upper()}_URL", raising=False)
    monkeypatch.setenv("CONVIVENCIA_HOME", str(tmp_path / "office"))
    monkeypatch.setenv("CONVIVENCIA_FACTS_URL", f"sqlite:///{tmp_path / 'elsewhere.db'}")
    run("migrate")
    run("migrate", "--check")
    made = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.db")}
    assert made == {"office/stores/mailbox.db", "office/stores/casework.db", "elsewhere.db"}
    migrate.require_ready("casework", store_in(tmp_path / "office", "casework"), role="casework")


def test_a_command_says_that_a_store_may_not_have_been_made_and_residents_read_their_own_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def look() -> None:
        with open_store(f"sqlite:///{tmp_path / 'none.db'}", role="intake", store="mailbox").connect():
            pass

    assert ended(look) == NOT_DONE
    said = capsys.readouterr().err
    assert "it has not been made yet, run: python -m office migrate" in said
    assert "few minutes" not in said
    assert "migrate" not in StoreUnavailable(store="mailbox", reason="gone").sentence
    busy = StoreUnavailable(store="mailbox", reason="busy")
    assert busy.for_operators == busy.sentence


def test_migrate_with_an_address_that_cannot_be_is_one_plain_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CONVIVENCIA_FACTS_URL", "")
    for words in (["facts"], ["--url", "sqlite:///x"], ["shelf"]):
        with pytest.raises(OfficeError, match="store_address_invalid"):
            run("migrate", *words)


@pytest.mark.postgres
def test_the_printed_grants_can_be_run_by_hand(installed: Office, capsys: pytest.CaptureFixture[str]) -> None:
    owner = installed.url("mailbox")
    run("grants", "mailbox", "--role-prefix", "alcoi_")
    printed = capsys.readouterr().out
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(printed.encode())
    with psycopg.connect(as_role(owner, "alcoi_courier")) as courier:
        courier.execute("SELECT * FROM envelope")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            courier.execute("SELECT * FROM draft")
