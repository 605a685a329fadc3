"""A thief takes every file of the home, and every key that lies there (promise 3).

A hundred reports with planted phrases go in by the front door; the courier carries them; the desk opens
some. Then all files are searched, in every encoding, and every sealed blob is tried with every key found.
"""

import base64
import json
import re
import sqlite3
import urllib.parse
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from office.handover.report import CodedRecord
from office.sealing.boxes import CannotOpen, SealingKey, unseal
from tests.support.office import TriedOffice, tried_office
from tests.support.reports import post_json, report

REPORTS = 100
ABOUTS = ("statistics", "story/{n}", "contact/{n}", "message/{n}", "reply/{n}", "notice/{n}", "notice")


def planted(number: int) -> dict[str, str]:
    """What one person wrote, each part unmistakable."""
    return {
        "what_happened": f"almendro-azul-{number:03d} شجرة اللوز {number:03d} мигдаль",
        "ground_text": f"granado-rojo-{number:03d}",
        "respondent_text": f"Señor Inventado {number:03d} del Portal Verde",
        "place": f"callejón de las Higueras {number:03d}",
        "name": f"Zulaikha Inventada {number:03d}",
        "telephone": f"+34 699 {number:03d} 417",
    }


@pytest.fixture(scope="module")
def robbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TriedOffice]:
    """An office after a hundred reports, stopped, with all its files."""
    with tried_office(tmp_path_factory.mktemp("office")) as office:
        office.start("intake")
        url = office.address("intake") + "/api/v1/reports"
        for number in range(REPORTS):
            told = planted(number)
            sent = report(
                told["what_happened"],
                ground_text=told["ground_text"],
                respondent_text=told["respondent_text"],
                where={"district_code": "14", "place_text": told["place"]},
                contact={"kind": "phone", "value": told["telephone"], "name": told["name"]},
                consents={"count": number % 2 == 0, "advise": True},
            )
            assert post_json(url, sent).status == 201
        if office.running:
            (office.home / "log").write_text("\n".join(office.said))
        yield office


def copied_before_and_after_the_courier(office: TriedOffice) -> Iterator[Path]:
    yield from sorted(path for path in office.home.rglob("*") if path.is_file())
    office.collect()
    (office.home / "log").write_text("\n".join(office.said))
    yield from sorted(path for path in office.home.rglob("*") if path.is_file())


def disguises(phrase: str) -> Iterator[bytes]:
    """The phrase as it could stand in a file."""
    for text in {phrase, phrase.lower(), phrase.upper(), phrase.replace(" ", "")}:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "latin-1", "cp1256"):
            raw = text.encode(encoding, "ignore")
            if len(raw) < 6:
                continue
            yield raw
            yield raw.hex().encode()
            yield raw[::-1]
            for shift in range(3):
                coded = base64.b64encode(b"\0" * shift + raw)
                yield coded[4:-4]
                yield coded[4:-4].replace(b"+", b"-").replace(b"/", b"_")
        yield urllib.parse.quote(text).encode()
        yield urllib.parse.quote_plus(text).encode()
        yield json.dumps(text)[1:-1].encode()


def test_no_phrase_name_or_telephone_is_found_in_any_file_in_any_encoding(robbed: TriedOffice) -> None:
    looked_for = {
        shape for number in (0, 1, 37, 99) for text in planted(number).values() for shape in disguises(text)
    }
    pattern = re.compile(b"|".join(re.escape(shape) for shape in sorted(looked_for, key=len, reverse=True)))
    files = 0
    for path in copied_before_and_after_the_courier(robbed):
        files += 1
        found = pattern.search(path.read_bytes())
        assert found is None, f"{path.name}: {found.group()[:40]!r}"
    assert files > 8


def test_the_search_would_find_a_phrase_that_stands_in_clear(tmp_path: Path) -> None:
    text = planted(1)["name"]
    for shape in (
        text.encode(),
        base64.b64encode(b"x" + text.encode() + b"yz"),
        text.encode("utf-16-le").hex().encode(),
    ):
        assert any(each in shape for each in disguises(text))


def blobs(office: TriedOffice) -> Iterator[tuple[str, str, str, bytes]]:
    """Every blob of every store: (store, table.column, case number or '', bytes)."""
    for path in sorted((office.home / "stores").glob("*.db")):
        with sqlite3.connect(path) as store:
            store.row_factory = sqlite3.Row
            tables = [row[0] for row in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for table in tables:
                for row in store.execute(f'SELECT * FROM "{table}"'):
                    number = row["case_number"] if "case_number" in row.keys() else ""  # noqa: SIM118 - sqlite3.Row
                    for column in row.keys():  # noqa: SIM118 - sqlite3.Row
                        if isinstance(row[column], bytes) and len(row[column]) > 64:
                            yield path.stem, f"{table}.{column}", str(number), row[column]
        store.close()


def keys_lying_about(office: TriedOffice) -> dict[str, SealingKey]:
    """Every 32 bytes in a key file, whatever it calls itself."""
    found = {}
    for path in sorted((office.home / "keys").iterdir()):
        for word in re.findall(r"[A-Za-z0-9+/_-]{43}=?", path.read_text("utf-8", "ignore")):
            raw = base64.b64decode(word.replace("-", "+").replace("_", "/") + "=" * (-len(word) % 4))
            if len(raw) == 32:
                found[f"{path.name}:{len(found)}"] = SealingKey.from_private_bytes(raw)
    return found


def test_the_keys_that_lie_there_open_coded_facts_and_nothing_else(robbed: TriedOffice) -> None:
    robbed.collect()
    keys = keys_lying_about(robbed)
    assert any(name.startswith("statistics") for name in keys)
    assert any(name.startswith("notice") for name in keys)
    opened: list[tuple[str, str, bytes]] = []
    sealed = 0
    for store, where, number, blob in blobs(robbed):
        sealed += 1
        for name, key in keys.items():
            for about in ABOUTS:
                try:
                    opened.append((name, f"{store}:{where}", unseal(blob, key, about=about.format(n=number))))
                except CannotOpen:
                    continue
    assert sealed > REPORTS
    assert {(name.partition(".")[0], where) for name, where, _ in opened} == {
        ("statistics", "casework:coded_record.sealed")
    }
    assert len(opened) == REPORTS / 2
    for _, _, clear in opened:
        record = CodedRecord.model_validate_json(clear)
        assert record.month == f"{datetime.now(UTC):%Y-%m}"
        assert not re.search(rb"\d{2}:\d{2}", clear)
        assert b"Inventad" not in clear


def test_no_exact_time_of_a_report_is_kept_in_clear(robbed: TriedOffice) -> None:
    robbed.collect()
    instant = re.compile(rb"20\d\d-\d\d-\d\d[ T]\d\d:\d\d")
    for path in sorted((robbed.home / "stores").glob("mailbox.db*")):
        assert instant.search(path.read_bytes()) is None, path.name
    with sqlite3.connect(robbed.home / "stores" / "casework.db") as store:
        for table in ("inbox_report", "coded_record"):
            for row in store.execute(f"SELECT * FROM {table}"):
                assert not any(isinstance(cell, str) and instant.search(cell.encode()) for cell in row)
    store.close()


def test_a_short_and_a_long_report_cannot_be_told_apart(robbed: TriedOffice) -> None:
    url = robbed.address("intake") + "/api/v1/reports"
    numbers = [
        post_json(url, report("x" * length)).body["case_number"].replace("-", "") for length in (100, 900)
    ]
    with sqlite3.connect(robbed.home / "stores" / "mailbox.db") as store:
        shapes = []
        for number in numbers:
            lengths = []
            for table in ("envelope", "receipt"):
                row = store.execute(f"SELECT * FROM {table} WHERE case_number = ?", (number,)).fetchone()
                lengths.append([len(cell) if isinstance(cell, bytes | str) else cell for cell in row])
            shapes.append(lengths)
    store.close()
    assert shapes[0] == shapes[1]
