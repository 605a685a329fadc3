"""What is said when a store is busy, full, broken, away or read-only, and that nothing is half kept."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Engine, insert, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from office.stores import engines, migrate
from office.stores.engines import open_store, sessions
from office.stores.errors import StoreUnavailable
from office.stores.mailbox import Envelope

from . import rows
from .conftest import Office


def add_one(engine: Engine) -> None:
    with sessions(engine).begin() as form:
        form.add(rows.an_envelope())


def test_a_store_that_is_busy_too_long_says_so_and_works_again_afterwards(
    embedded: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_AFTER_MS", 50)
    form = embedded.open("mailbox", "intake")
    with embedded.open("mailbox", "courier").connect() as courier:
        courier.execute(select(Envelope))
        with pytest.raises(StoreUnavailable) as refused:
            add_one(form)
        assert refused.value.detail["reason"] == "busy"
    add_one(form)


def test_a_full_disk_is_told_and_leaves_nothing_half_kept(embedded: Office) -> None:
    engine = embedded.open("mailbox")
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")
        with pytest.raises(StoreUnavailable) as refused:
            for _ in range(40):
                connection.execute(insert(Envelope).values(**rows.an_envelope().model_dump()))
        assert refused.value.detail["reason"] == "full"
    with sessions(embedded.open("mailbox"))() as owner:
        assert owner.exec(select(Envelope)).all() == []


ON_A_FULL_DISK = """
import resource, sys
from office.stores.engines import open_store, sessions
from office.stores.errors import StoreUnavailable
from office.stores.mailbox import Throttle

engine = open_store(sys.argv[1], role="intake", store="mailbox")

def write():
    try:
        with sessions(engine).begin() as form:
            form.add(Throttle(bucket="full"))
    except StoreUnavailable as error:
        return error.detail["reason"]
    return "kept"

def read(beside):
    connection = engine.raw_connection()
    try:
        told = connection.cursor().execute("SELECT count(*) FROM throttle").fetchone()[0]
        return [told, *read(beside - 1)] if beside else [told]
    finally:
        connection.close()

before = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (8192, before[1]))
print(read(2), write(), read(2), read(0))
resource.setrlimit(resource.RLIMIT_FSIZE, before)
print(write(), read(0))
engine.dispose()
"""


def test_a_store_nobody_has_open_is_read_while_the_disk_takes_nothing_more(embedded: Office) -> None:
    # Whoever opens it first lays out an index of 32 KB beside the journal; here no file may grow over 8 KB.
    with sessions(embedded.open("mailbox")).begin() as owner:
        owner.add(rows.a_throttle())
    embedded.close()
    told = subprocess.run(
        [sys.executable, "-c", ON_A_FULL_DISK, embedded.url("mailbox")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.stdout.splitlines() == ["[1, 1, 1] read_only [1, 1, 1] [1]", "kept [2]"], told.stderr


def test_a_file_that_is_no_store_is_told(embedded: Office) -> None:
    path = embedded.folder / "mailbox.sqlite"
    path.write_bytes(b"not a database at all" * 500)
    with pytest.raises(StoreUnavailable) as refused:
        add_one(embedded_engine(path))
    assert refused.value.detail["reason"] == "broken"


def embedded_engine(path: Path) -> Engine:
    return open_store(f"sqlite:///{path}", role="intake", store="mailbox")


NOBODY = 65534


@contextmanager
def not_root() -> Iterator[None]:
    """For root nothing is read-only: while this lasts, root is nobody."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def test_a_file_that_cannot_be_written_is_told(embedded: Office) -> None:
    embedded.url("mailbox")
    with TemporaryDirectory() as folder:  # where everybody may go; that of the test is its owner's alone
        os.chmod(folder, 0o755)
        file = Path(shutil.copy(embedded.folder / "mailbox.sqlite", folder))
        file.chmod(0o444)
        engine = open_store(f"sqlite:///{file}", role="intake", store="mailbox")
        with not_root(), pytest.raises(StoreUnavailable) as refused:
            add_one(engine)
        engine.dispose()
        assert refused.value.detail["reason"] == "read_only"


@pytest.mark.postgres
def test_a_server_that_is_away_or_hangs_up_is_told_and_the_next_try_works(installed: Office) -> None:
    away = open_store("postgresql://intake@/mailbox?host=/nowhere", role="intake", store="mailbox")
    with pytest.raises(StoreUnavailable) as refused:
        add_one(away)
    assert refused.value.detail["reason"] == "unreachable"

    form = installed.open("mailbox", "intake")
    add_one(form)
    with form.connect() as connection:
        connection.execute(text("SELECT 1"))
        with installed.open("mailbox").begin() as owner:
            owner.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'intake'")
            )
        with pytest.raises(StoreUnavailable):
            connection.execute(text("SELECT 1"))
    add_one(form)


def test_an_error_of_the_engine_repeats_no_value(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'mailbox.db'}"
    migrate.upgrade("mailbox", url)
    engine = open_store(url, role="owner", store="mailbox")
    with pytest.raises(IntegrityError) as refused, engine.begin() as connection:
        connection.execute(
            text("INSERT INTO draft (lookup, sealed, expires_on) VALUES (:lookup, :sealed, NULL)"),
            {"lookup": b"almendro-azul" + b"0" * 19, "sealed": b"granado-rojo"},
        )
    assert "almendro" not in str(refused.value)
    assert "granado" not in str(refused.value)
    engine.dispose()
