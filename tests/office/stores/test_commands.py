"""What an operator types about stores, and what is answered."""

from argparse import ArgumentParser
from pathlib import Path

import psycopg
import pytest

from office.errors import OfficeError
from office.stores import commands, migrate
from office.stores.errors import StoreNotReady
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


def test_migrate_without_an_address_is_one_plain_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CONVIVENCIA_FACTS_URL", raising=False)
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
