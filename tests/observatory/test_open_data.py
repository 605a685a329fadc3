"""Every table can be read by programmes, and by a spreadsheet without running anything."""

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq

from observatory.lists import CodeList, PublishedCode
from observatory.open_data.tables import code_list_bytes, harmless
from tests.observatory.attacker import KEY, served
from tests.support.facts import invented_facts, put_on_shelf, quarters_from


def test_no_text_of_a_release_starts_a_formula() -> None:
    wicked = CodeList("areas", (PublishedCode("a", {"en": "=1+1", "es": "@cmd", "fr": "-x", "ar": "+x"}),))
    lines = list(csv.reader(io.StringIO(code_list_bytes(wicked).decode())))
    assert all(not cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line)
    assert harmless(-3) == -3 and harmless("plain") == "plain" and harmless("\t=1") == "'\t=1"


def test_csv_parquet_and_description_say_the_same(tmp_path: Path) -> None:
    quarters = quarters_from(2025, 1)
    folder = put_on_shelf(tmp_path, invented_facts(2, quarters, 100), quarters, key=KEY)
    release = served(folder.parent).releases[0]
    for cuboid in release.cuboids:
        rows = release.rows(cuboid)
        table = pq.read_table(folder / "data" / f"{cuboid}.parquet")
        assert table.column("lo").to_pylist() == [row.lo for row in rows]
        assert table.column("hi").to_pylist() == [row.hi for row in rows]
        described = json.loads((folder / "data" / f"{cuboid}.csv-metadata.json").read_bytes())
        names = [column["name"] for column in described["tableSchema"]["columns"]]
        assert names == table.column_names
        for link in described["tableSchema"].get("foreignKeys", []):
            assert (folder / "data" / link["reference"]["resource"]).is_file()
        dims = [name for name in names if name in ("district", "area", "ground", "respondent", "channel")]
        for dim in dims:
            assert table.column(dim).to_pylist() == [row.code for row in rows]
    assert "01" in [row.code for row in release.rows("quarter_district")]
