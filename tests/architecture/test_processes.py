"""The second wall: each process holds only its own modules and its own environment.

A linter does not see an import made while running, so each process is started and asked.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from office.launcher import INHERITED, Service
from office.up import DESK, DOOR, POST, Office, told_here

ROOT = Path(__file__).parents[2]

MUST_NOT_HOLD = {
    "dashboards": (
        "sqlalchemy",
        "sqlmodel",
        "psycopg",
        "office.stores",
        "office.sealing",
        "office.keys",
        "casework",
        "intake_api",
        "observatory",
    ),
    "observatory": (
        "fastapi",
        "dash",
        "office.sealing",
        "office.keys",
        "office.handover.report",
        "office.handover.reply",
        "casework",
        "intake_api",
        "dashboards",
    ),
    "intake_api": (
        "av",
        "pandas",
        "dash",
        "office.handover.fact",
        "office.handover.release",
        "office.stores.facts",
        "office.keys",
        "casework",
        "observatory",
        "dashboards",
    ),
    "casework": ("dash", "pandas", "office.handover.release", "intake_api", "observatory", "dashboards"),
}
MODULES = {
    "dashboards": "import dashboards.app, dashboards.__main__",
    "observatory": "import observatory.__main__",
    "intake_api": "import intake_api.app, intake_api.__main__",
    "casework": "import casework.app, casework.__main__",
}


def loaded(program: str, folder: Path = ROOT) -> set[str]:
    """The modules a fresh interpreter holds after the program."""
    said = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys, json; print(json.dumps(sorted(sys.modules)))"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env={name: os.environ[name] for name in INHERITED if name in os.environ},
    )
    return set(json.loads(said.stdout.splitlines()[-1]))


def trespassers(package: str, modules: set[str]) -> list[str]:
    walls = MUST_NOT_HOLD[package]
    return sorted(
        name for name in modules if any(name == wall or name.startswith(wall + ".") for wall in walls)
    )


@pytest.mark.parametrize("package", MUST_NOT_HOLD)
def test_a_started_process_holds_no_module_from_beyond_its_walls(package: str) -> None:
    assert trespassers(package, loaded(MODULES[package])) == []


def test_a_dynamic_import_is_caught_where_a_linter_is_blind() -> None:
    program = "import dashboards.app\nimport importlib; importlib.import_module('sql' + 'model')"
    assert "sqlmodel" in trespassers("dashboards", loaded(program))


def test_a_child_process_gets_its_own_settings_and_nothing_of_its_parents(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CONVIVENCIA_CASEWORK_URL", "sqlite:///somewhere")
    monkeypatch.setenv("PGPASSWORD", "secret")
    environment = Service("dashboards", ("-m", "dashboards"), {"SHELF": "shelf"}).environment()
    assert environment["CONVIVENCIA_SHELF"] == "shelf"
    assert "CONVIVENCIA_CASEWORK_URL" not in environment
    assert "PGPASSWORD" not in environment


def test_only_the_mailer_knows_the_key_of_notices_and_by_which_post_they_go(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in POST:
        monkeypatch.setenv(f"CONVIVENCIA_{name}", "told here")
    office = Office(tmp_path, "valencia", (1, 2, 3), is_demo=False, post=told_here(POST))
    knowing = {
        service.name: {name for name in service.settings if name in ("NOTICE_KEY", *POST)}
        for service in office.services()
    }
    assert {name for name, known in knowing.items() if known} == {"mailer", "reminders"}
    assert {name for name in POST if name.startswith("MAIL_")} == knowing["reminders"], "no key, no gateway"
    assert knowing["mailer"] == {"NOTICE_KEY", *POST}
    mailer = next(service for service in office.services() if service.name == "mailer")
    assert set(mailer.settings) == {"CASEWORK_URL", "NOTICE_KEY", "CITY", "DEMO", *POST}


def test_only_the_residents_service_is_told_of_the_scanner_and_how_it_guards_its_disk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in DOOR:
        monkeypatch.setenv(f"CONVIVENCIA_{name}", "told here")
    office = Office(tmp_path, "valencia", (1, 2, 3), is_demo=False, door=told_here(DOOR))
    knowing = {service.name: set(DOOR) & set(service.settings) for service in office.services()}
    assert {name: known for name, known in knowing.items() if known} == {"intake": set(DOOR)}


def test_only_the_desk_is_told_of_the_sign_in_of_the_city_and_of_its_secret_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in DESK:
        monkeypatch.setenv(f"CONVIVENCIA_{name}", "told here")
    office = Office(tmp_path, "valencia", (1, 2, 3), is_demo=False, desk=told_here(DESK))
    knowing = {service.name: set(DESK) & set(service.settings) for service in office.services()}
    assert {name: known for name, known in knowing.items() if known} == {"casework": set(DESK)}
    assert not any(set(DESK) & set(step.settings) for _, step in office.first_steps())


@pytest.mark.parametrize(
    ("post", "kinds"),
    [({}, ""), ({"MAIL_SERVER": "mail.example"}, "email"), ({"SMS_GATEWAY": "https://sms.example"}, "sms")],
)
def test_the_form_offers_only_the_ways_by_which_the_mailer_can_tell(
    tmp_path: Path, post: dict[str, str], kinds: str
) -> None:
    office = Office(tmp_path, "valencia", (1, 2, 3), is_demo=False, post=post)
    (intake,) = [service for service in office.services() if service.name == "intake"]
    assert intake.settings["NOTICE_KINDS"] == kinds
