"""Promise 1: no field, table, log or export can hold a permit, an identity number or a roll entry.

Meanings, not only names: the list has the words of the four languages people who add a field here
would use, and looks at columns, handovers, form fields and settings alike.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("office", "intake_api", "casework", "observatory", "dashboards")

FORBIDDEN = re.compile(
    r"(^|_)("
    r"dni|nie|nif|passport|pasaporte|passeport|national_id|identity_number|id_number|id_card|"
    r"document_number|residence_permit|permit|permiso|visa|visado|titre_sejour|padron|padro|"
    r"census_entry|immigration_status|migration_status|legal_status|residency_status|undocumented|"
    r"sin_papeles|asylum_file|social_security_number|ssn|tax_number|cif|"
    r"birth_date|date_of_birth|birthplace|nationality|home_address|postal_address"
    r")(_|$)"
)


def declared_fields(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every annotated name of a class: columns, handover fields, settings, view models."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for part in node.body:
                if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
                    yield part.lineno, part.target.id


def forbidden_fields(folder: Path) -> list[str]:
    found = []
    for package in PACKAGES:
        for path in sorted((folder / package).rglob("*.py")):
            for line, name in declared_fields(ast.parse(path.read_text("utf-8"))):
                if FORBIDDEN.search(name):
                    found.append(f"{path.relative_to(folder)}:{line}: {name}")
    return found


def test_no_class_declares_a_field_that_could_hold_status_identity_or_address() -> None:
    assert forbidden_fields(ROOT) == []


def test_no_form_field_asks_for_status_identity_or_address() -> None:
    names = re.compile(r"""(?:name|code|id)\s*=\s*["']([a-z0-9_]+)["']""")
    found = []
    for package in PACKAGES:
        for path in [*(ROOT / package).rglob("*.html"), *(ROOT / package).rglob("form.toml")]:
            found += [
                f"{path.name}: {name}"
                for name in names.findall(path.read_text("utf-8"))
                if FORBIDDEN.search(name)
            ]
    assert found == []


@pytest.mark.parametrize("name", ["permit_kind", "padron_date", "dni", "reporter_nie", "home_address"])
def test_a_planted_field_is_found(tmp_path: Path, name: str) -> None:
    for package in PACKAGES:
        (tmp_path / package).mkdir()
    (tmp_path / "casework" / "tables.py").write_text(f"class Person:\n    {name}: str = ''\n")
    assert len(forbidden_fields(tmp_path)) == 1


@pytest.mark.parametrize(
    "name", ["evidence", "permitted_codes", "denied_on", "community", "unified", "specific"]
)
def test_innocent_words_are_left_alone(name: str) -> None:
    assert not FORBIDDEN.search(name)
