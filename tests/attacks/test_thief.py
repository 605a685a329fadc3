"""A thief takes every file of the home, and every key that lies there (promise 3).

A hundred reports with planted phrases go in by the front door; the courier carries them; the desk opens
some. Then all files are searched, in every encoding, and every sealed blob is tried with every key found.
"""

import base64
import hashlib
import json
import re
import shutil
import sqlite3
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from os.path import commonprefix
from pathlib import Path

import pytest

from office.handover.report import CodedRecord
from office.sealing.boxes import CannotOpen, SealingKey, unseal
from tests.support.office import tried_office
from tests.support.reports import post_json, report

pytestmark = pytest.mark.xdist_group("thief")  # one robbed office for all

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
        "telephone": f"+34 699 417 {number:03d}",
    }


@dataclass(frozen=True)
class Robbed:
    """What the thief has: every file as it was before the courier came, and as it was after.

    `short` and `long` are the case numbers of two more reports, of 100 and of 900 characters.
    """

    before: Path
    after: Path
    files: dict[str, bytes]
    short: str
    long: str


def files_of(home: Path, when: str) -> dict[str, bytes]:
    """Every file by its name; read at once, because whoever opens a store as a store changes it."""
    return {
        f"{path.relative_to(home)} {when} the courier": path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def robbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Robbed]:
    """An office after a hundred reports, with all its files, while it is at work."""
    folder = tmp_path_factory.mktemp("robbed")
    with tried_office(folder / "office") as office:
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
        short, long = (post_json(url, report("x" * length)).body["case_number"] for length in (100, 900))
        (office.home / "log").write_text("\n".join(office.said))
        shutil.copytree(office.home, folder / "before")
        office.collect()
        (office.home / "log").write_text("\n".join(office.said))
        files = files_of(folder / "before", "before") | files_of(office.home, "after")
        yield Robbed(folder / "before", office.home, files, short.replace("-", ""), long.replace("-", ""))


def stems() -> list[str]:
    """What stands in every one of the hundred reports: finding none of it is finding none of them."""
    first, last = planted(0), planted(99)
    begins = [commonprefix([first[part], last[part]]) for part in first]
    ends = ["del Portal Verde", "شجرة اللوز", "мигдаль"]
    assert all(len(each) >= 7 for each in begins)
    return begins + ends


def disguises(phrase: str) -> Iterator[bytes]:
    """The phrase as it could stand in a file whose ASCII letters were made small."""
    for text in {phrase, phrase.lower(), phrase.upper(), phrase.replace(" ", "")}:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "latin-1", "cp1256"):
            raw = text.encode(encoding, "ignore")
            if len(raw) < 6:
                continue
            yield raw.lower()
            yield raw[::-1].lower()
            yield raw.hex().encode()
            for shift in range(3):
                # Only the signs that hold no bit of what stands beside the phrase.
                own = slice((8 * shift + 5) // 6, 8 * (shift + len(raw)) // 6)
                coded = base64.b64encode(b"\0" * shift + raw)[own].lower()
                yield coded
                yield coded.replace(b"+", b"-").replace(b"/", b"_")
        yield urllib.parse.quote(text).lower().encode()
        yield urllib.parse.quote_plus(text).lower().encode()
        yield json.dumps(text)[1:-1].lower().encode()


def shapes_looked_for() -> list[bytes]:
    """Every disguise of every stem, each once, without those that contain a shorter one."""
    kept: list[bytes] = []
    for shape in sorted({shape for stem in stems() for shape in disguises(stem)}, key=len):
        if len(shape) >= 6 and not any(shorter in shape for shorter in kept):
            kept.append(shape)
    return kept


def found_in(content: bytes, shapes: list[bytes]) -> bytes | None:
    small = content.lower()
    return next((shape for shape in shapes if shape in small), None)


def test_no_phrase_name_or_telephone_is_found_in_any_file_in_any_encoding(robbed: Robbed) -> None:
    shapes = shapes_looked_for()
    searched = set()
    for name, content in robbed.files.items():
        digest = hashlib.sha256(content).digest()
        found = None if digest in searched else found_in(content, shapes)
        assert found is None, f"{name}: {found!r}"
        searched.add(digest)
    assert len(robbed.files) > 16
    for name in ("mailbox.db-wal before", "mailbox.db-wal after", "casework.db after"):
        assert len(robbed.files[f"stores/{name} the courier"]) > REPORTS * 4096


@pytest.mark.parametrize("part", sorted(planted(0)))
def test_the_search_would_find_a_phrase_that_stands_in_clear(part: str) -> None:
    shapes = shapes_looked_for()
    around = bytes(range(256)) * 16
    for number in (0, 1, 37, 99):
        text = planted(number)[part]
        for clear in (
            text.encode(),
            text.lower().encode(),
            text.upper().encode("utf-16-be"),
            text.encode("utf-16-le").hex().upper().encode(),
            text.replace(" ", "").encode(),
            text.encode()[::-1],
            urllib.parse.quote_plus(text).encode(),
            json.dumps({"told": text}).encode(),
            *(base64.b64encode(b"x" * shift + text.encode() + b"yz") for shift in range(3)),
            *(base64.urlsafe_b64encode(b"x" * shift + text.encode("utf-16-le")) for shift in range(3)),
        ):
            assert found_in(around + clear + around, shapes), (part, clear)
    assert found_in(around, shapes) is None


def blobs(home: Path) -> Iterator[tuple[str, str, str, bytes]]:
    """Every blob of every store: (store, table.column, case number or '', bytes)."""
    for path in sorted((home / "stores").glob("*.db")):
        with sqlite3.connect(path) as store:
            store.row_factory = sqlite3.Row
            tables = [row[0] for row in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for table in tables:
                for row in store.execute(f'SELECT * FROM "{table}"'):
                    columns = row.keys()
                    number = row["case_number"] if "case_number" in columns else ""
                    for column in columns:
                        if isinstance(row[column], bytes) and len(row[column]) > 64:
                            yield path.stem, f"{table}.{column}", str(number), row[column]
        store.close()


def keys_lying_about(home: Path) -> dict[str, SealingKey]:
    """Every 32 bytes in a key file, whatever it calls itself."""
    found: dict[str, SealingKey] = {}
    for path in sorted((home / "keys").iterdir()):
        for word in re.findall(r"[A-Za-z0-9+/_-]{43}=?", path.read_text("utf-8", "ignore")):
            raw = base64.b64decode(word.replace("-", "+").replace("_", "/") + "=" * (-len(word) % 4))
            if len(raw) == 32:
                found[f"{path.name}:{len(found)}"] = SealingKey.from_private_bytes(raw)
    return found


@pytest.mark.parametrize(
    ("when", "where"),
    [("before", "mailbox:envelope.sealed_statistics"), ("after", "casework:coded_record.sealed")],
)
def test_the_keys_that_lie_there_open_coded_facts_and_nothing_else(
    robbed: Robbed, when: str, where: str
) -> None:
    home = robbed.before if when == "before" else robbed.after
    keys = keys_lying_about(home)
    assert any(name.startswith("statistics") for name in keys)
    assert any(name.startswith("notice") for name in keys)
    opened: list[tuple[str, str, bytes]] = []
    sealed = 0
    for store, place, number, blob in blobs(home):
        sealed += 1
        for name, key in keys.items():
            for about in ABOUTS:
                try:
                    opened.append((name, f"{store}:{place}", unseal(blob, key, about=about.format(n=number))))
                except CannotOpen:
                    continue
    assert sealed > REPORTS
    assert {(name.partition(".")[0], place) for name, place, _ in opened} == {("statistics", where)}
    assert len(opened) == REPORTS / 2 + 2
    for _, _, clear in opened:
        record = CodedRecord.model_validate_json(clear)
        assert record.month == f"{datetime.now(UTC):%Y-%m}"
        assert not re.search(rb"\d{2}:\d{2}", clear)
        assert b"Inventad" not in clear


def test_no_exact_time_of_a_report_is_kept_in_clear(robbed: Robbed) -> None:
    instant = re.compile(rb"20\d\d-\d\d-\d\d[ T]\d\d:\d\d")
    for name, content in robbed.files.items():
        if name.startswith("stores/mailbox.db"):
            assert instant.search(content) is None, name
    with sqlite3.connect(robbed.after / "stores" / "casework.db") as store:
        for table in ("inbox_report", "coded_record"):
            for row in store.execute(f"SELECT * FROM {table}"):
                assert not any(isinstance(cell, str) and instant.search(cell.encode()) for cell in row)
    store.close()


def test_a_short_and_a_long_report_cannot_be_told_apart(robbed: Robbed) -> None:
    with sqlite3.connect(robbed.before / "stores" / "mailbox.db") as store:
        shapes = []
        for number in (robbed.short, robbed.long):
            lengths = []
            for table in ("envelope", "receipt"):
                row = store.execute(f"SELECT * FROM {table} WHERE case_number = ?", (number,)).fetchone()
                lengths.append([len(cell) if isinstance(cell, bytes | str) else cell for cell in row])
            shapes.append(lengths)
    store.close()
    assert shapes[0] == shapes[1]
