"""A whole file comes in: rows in = accepted + rejected; twice adds nothing, a dry run keeps nothing."""

import csv
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlmodel import Session, func, select

from casework.__main__ import main
from casework.history.errors import ColumnMissing, HistoryFileUnreadable, MappingInvalid
from casework.history.importing import Outcome, import_history
from casework.history.mapping import HistoryMapping, read_mapping
from casework.history.tables import HistoryFact
from office.stores.engines import open_store, sessions
from office.stores.migrate import upgrade
from office.terminal import DONE, NOT_DONE
from office.vocabulary import load_city

TODAY = date(2026, 3, 1)
EXAMPLES = Path(__file__).parents[3] / "casework" / "history" / "examples"
MAPPING = """
[source]
name = "old-books"
[source.title]
en = "Old books"
[rows]
id = ["No"]
[date]
column = "Date"
formats = ["%Y-%m-%d"]
basis = "registered"
[[grounds]]
column = "Race"
empty = ["", "NO"]
default = "race_ethnicity"
[[grounds]]
column = "Faith"
empty = ["", "NO"]
[grounds.values]
"Jewish" = "jewish"
"""
HEADINGS = ["No", "Date", "Race", "Faith", "Story"]
ROWS = [
    ["1", "2024-01-05", "Black", "NO", "what a neighbour shouted"],
    ["2", "2024-01-06", "Black", "Jewish", ""],
    ["3", "2024-13-06", "Black", "NO", "=HYPERLINK(1)"],
    ["4", "2024-02-06", "NO", "Jedi", ""],
    ["2", "2024-02-07", "NO", "Jewish", ""],
    ["5", "2024-02-08", "NO", "NO", ""],
]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Session]:
    url = f"sqlite:///{tmp_path / 'casework.db'}"
    upgrade("casework", url)
    with sessions(open_store(url, role="casework", store="casework"))() as session:
        yield session


@pytest.fixture
def mapping(tmp_path: Path) -> HistoryMapping:
    path = tmp_path / "map.toml"
    path.write_text(MAPPING)
    return read_mapping(path, load_city("valencia"))


def as_csv(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *rows])
    return path


def bring_in(desk: Session, file: Path, mapping: HistoryMapping, dry_run: bool = False) -> Outcome:
    outcome = import_history(
        desk, file, mapping, rejects=file.with_suffix(".rejected.csv"), today=TODAY, dry_run=dry_run
    )
    desk.commit()
    return outcome


def kept(desk: Session) -> int:
    return desk.exec(select(func.count()).select_from(HistoryFact)).one()


def test_rows_in_are_accepted_or_rejected_with_their_reason(
    desk: Session, mapping: HistoryMapping, tmp_path: Path
) -> None:
    outcome = bring_in(desk, as_csv(tmp_path / "old.csv", ROWS), mapping)
    assert (outcome.rows, outcome.new, outcome.rejected) == (6, 3, 3)
    assert outcome.rows == outcome.accepted + outcome.rejected
    assert outcome.reasons == {
        "date_unreadable": 1, "value_not_in_mapping": 1, "same_id_as_an_earlier_row": 1,
    }  # fmt: skip
    assert outcome.unlisted == {("Faith", "Jedi"): 1}
    assert (outcome.several_values, outcome.several_grounds) == (1, 1)
    assert kept(desk) == 3


def test_rejected_rows_are_written_with_line_and_reason_and_open_harmlessly(
    desk: Session, mapping: HistoryMapping, tmp_path: Path
) -> None:
    bring_in(desk, as_csv(tmp_path / "old.csv", ROWS), mapping)
    with (tmp_path / "old.rejected.csv").open(encoding="utf-8", newline="") as file:
        rejected = list(csv.DictReader(file))
    assert [(row["line"], row["reason"], row["column"]) for row in rejected] == [
        ("4", "date_unreadable", "Date"),
        ("5", "value_not_in_mapping", "Faith"),
        ("6", "same_id_as_an_earlier_row", "No"),
    ]
    assert rejected[0]["Story"] == "'=HYPERLINK(1)"


def test_a_second_run_adds_nothing(desk: Session, mapping: HistoryMapping, tmp_path: Path) -> None:
    file = as_csv(tmp_path / "old.csv", ROWS)
    bring_in(desk, file, mapping)
    again = bring_in(desk, file, mapping)
    assert (again.new, again.already_here, again.rejected) == (0, 3, 3)
    assert kept(desk) == 3


def test_a_dry_run_tells_the_same_and_keeps_nothing(
    desk: Session, mapping: HistoryMapping, tmp_path: Path
) -> None:
    outcome = bring_in(desk, as_csv(tmp_path / "old.csv", ROWS), mapping, dry_run=True)
    assert (outcome.new, outcome.rejected) == (3, 3)
    assert kept(desk) == 0


def test_a_dry_run_needs_no_store_and_says_what_becomes_of_values_nobody_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CONVIVENCIA_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CONVIVENCIA_CASEWORK_URL", raising=False)
    map_file = tmp_path / "map.toml"
    map_file.write_text(MAPPING + '[area]\ncolumn = "Story"\nunlisted = "unknown"\n')
    file = as_csv(tmp_path / "old.csv", ROWS)
    asked = ["import-history", str(file), "--mapping", str(map_file)]

    assert main([*asked, "--dry-run"]) == DONE
    said = capsys.readouterr().out
    assert "6 rows = 3 accepted (3 new, 0 already here) + 3 rejected" in said
    assert "in an accepted row each is counted as unknown" in said
    assert "1  Story: what a neighbour shouted" in said
    assert not (tmp_path / "home").exists()

    assert main(asked) == NOT_DONE
    assert "python -m office migrate" in capsys.readouterr().err


def test_a_spreadsheet_gives_the_same_as_its_csv(
    desk: Session, mapping: HistoryMapping, tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    for number, day, *rest in ROWS:
        typed = date.fromisoformat(day) if day != "2024-13-06" else day
        sheet.append([int(number), typed, *rest])
    book.save(tmp_path / "old.xlsx")
    outcome = bring_in(desk, tmp_path / "old.xlsx", mapping)
    assert (outcome.rows, outcome.new, outcome.rejected) == (6, 3, 3)
    assert outcome.several_grounds == 1


def test_no_free_text_enters_the_store(desk: Session, mapping: HistoryMapping, tmp_path: Path) -> None:
    bring_in(desk, as_csv(tmp_path / "old.csv", ROWS), mapping)
    files = b"".join(path.read_bytes() for path in tmp_path.glob("casework.db*"))
    assert b"neighbour" not in files
    assert b"race_ethnicity" in files


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("gone.csv", None, HistoryFileUnreadable),
        ("empty.csv", b"", HistoryFileUnreadable),
        ("other.pdf", b"%PDF", HistoryFileUnreadable),
        ("not.xlsx", b"no zip", HistoryFileUnreadable),
        (
            "latin.csv",
            "No,Date,Race,Faith\n1,2024-01-05,a\xf1o,NO\n".encode("latin-1"),
            HistoryFileUnreadable,
        ),
        ("short.csv", b"No,Date\n1,2024-01-05\n", ColumnMissing),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole(
    desk: Session,
    mapping: HistoryMapping,
    tmp_path: Path,
    name: str,
    content: bytes | None,
    error: type[Exception],
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(error):
        bring_in(desk, file, mapping)
    desk.rollback()
    assert kept(desk) == 0


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('"jewish"', '"no_such_ground"'),
        ('basis = "registered"', 'basis = "guessed"'),
        ("[rows]", "[rows"),
        ('name = "old-books"', 'name = "Old Books!"'),
        ('column = "Race"', 'column = "Race"\ncolour = 1'),
    ],
)
def test_a_wrong_mapping_is_refused_before_any_row_is_read(tmp_path: Path, was: str, becomes: str) -> None:
    path = tmp_path / "map.toml"
    path.write_text(MAPPING.replace(was, becomes))
    with pytest.raises(MappingInvalid):
        read_mapping(path, load_city("valencia"))


@pytest.mark.parametrize("name", ["austin", "toronto"])
def test_the_shipped_examples_are_right(name: str) -> None:
    assert read_mapping(EXAMPLES / f"{name}.toml", load_city("valencia")).source.name == name


def test_a_hundred_thousand_rows_come_in_with_progress(
    desk: Session, mapping: HistoryMapping, tmp_path: Path
) -> None:
    file = as_csv(
        tmp_path / "large.csv",
        [[str(n), f"20{10 + n % 15}-0{1 + n % 9}-11", "Black", "NO", ""] for n in range(100_000)],
    )
    told: list[int] = []
    outcome = import_history(
        desk, file, mapping, rejects=tmp_path / "rejected.csv", today=TODAY, progress=told.append
    )
    desk.commit()
    assert (outcome.rows, outcome.new, outcome.rejected) == (100_000, 100_000, 0)
    assert told[-1] == 100_000
    assert kept(desk) == 100_000


def test_rejected_rows_are_for_nobody_else_to_read_and_no_heading_is_a_formula(
    desk: Session, mapping: HistoryMapping, tmp_path: Path
) -> None:
    file = as_csv(tmp_path / "old.csv", ROWS)
    file.write_text(file.read_text("utf-8").replace("Story", "=CMD()", 1), "utf-8")
    bring_in(desk, file, mapping)
    rejects = tmp_path / "old.rejected.csv"
    assert rejects.stat().st_mode & 0o077 == 0
    assert rejects.read_text("utf-8").splitlines()[0].endswith(",'=CMD()")


def test_a_spreadsheet_that_swells_beyond_reason_is_refused_before_it_is_unpacked(
    desk: Session, mapping: HistoryMapping, tmp_path: Path
) -> None:
    book = Workbook()
    book.save(tmp_path / "bomb.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "bomb.xlsx", "a", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/sharedStrings.xml", "w") as part,
    ):
        for _ in range(100):
            part.write(b"A" * 1_000_000)
    with pytest.raises(HistoryFileUnreadable) as refused:
        bring_in(desk, tmp_path / "bomb.xlsx", mapping)
    assert refused.value.detail["problem"] == "it unpacks to far more than a spreadsheet holds"


@pytest.mark.parametrize("title", ['"two\\nlines"', '"turned \\u202e round"', '""', f'"{"x" * 200}"'])
def test_a_title_that_is_not_one_plain_line_is_refused_with_the_place_in_the_mapping(
    tmp_path: Path, title: str
) -> None:
    place = tmp_path / "mapping.toml"
    place.write_text(MAPPING.replace('"Old books"', title), "utf-8")
    with pytest.raises(MappingInvalid) as refused:
        read_mapping(place, load_city("valencia"))
    assert refused.value.detail["problem"].startswith("source.title.en")
