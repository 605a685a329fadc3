"""The process as it is started: what it refuses, what it holds, and that it ends when asked."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.dashboards.conftest import ShelfRoot

PLACE = Path(__file__).parents[2]
KEPT = ("PATH", "LANG", "TMPDIR", "VIRTUAL_ENV")


def environment(root: ShelfRoot, **more: str) -> dict[str, str]:
    known = {name: os.environ[name] for name in KEPT if name in os.environ}
    own = {"CONVIVENCIA_SHELF": str(root.shelves), "CONVIVENCIA_PUBLIC_KEYS": str(root.public_keys)}
    return known | own | {"CONVIVENCIA_DEMO": "1"} | more


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_a_database_address_in_the_environment_stops_the_start_with_one_sentence(
    first_root: ShelfRoot,
) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "dashboards"],
        cwd=PLACE,
        env=environment(first_root, CONVIVENCIA_CASEWORK_URL="sqlite:////tmp/secret-place.db"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert "CONVIVENCIA_CASEWORK_URL" in ended.stderr
    assert "secret-place" not in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


def test_the_process_answers_and_ends_when_asked(first_root: ShelfRoot) -> None:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "dashboards"],
        cwd=PLACE,
        env=environment(first_root, CONVIVENCIA_PORT=str(port)),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        until = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                    assert json.load(answer) == {"status": "ready"}
                    assert "server" not in {name.lower() for name in answer.headers}
                    break
            except OSError:
                assert process.poll() is None and time.monotonic() < until
                time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) in (0, -signal.SIGTERM)
    finally:
        process.kill()
        _, told = process.communicate(timeout=10)
    assert "Traceback" not in told


HOLDS = """
import json, sys
from pathlib import Path
from starlette.testclient import TestClient
from dashboards.app import create_app
from dashboards.settings import DashboardSettings
app = create_app(DashboardSettings())
with TestClient(app) as client:
    for page in ("overview", "grounds", "districts", "areas", "time", "method", "data"):
        assert client.get(f"/es/demonstration/{page}/table").status_code == 200
        assert client.get(f"/es/demonstration/{page}").status_code == 200
print(json.dumps(sorted(sys.modules)))
"""
WALLS = (
    "sqlalchemy",
    "sqlmodel",
    "sqlite3",
    "psycopg",
    "office.stores",
    "office.sealing",
    "office.keys",
    "office.handover.report",
    "office.handover.fact",
    "casework",
    "intake_api",
    "observatory",
)


@pytest.mark.parametrize("wall", WALLS)
def test_a_process_that_has_shown_every_page_holds_no_module_of_stores_or_of_others(
    held_modules: list[str], wall: str
) -> None:
    assert [name for name in held_modules if name == wall or name.startswith(wall + ".")] == []


@pytest.fixture(scope="module")
def held_modules(first_root: ShelfRoot) -> list[str]:
    said = subprocess.run(
        [sys.executable, "-c", HOLDS],
        cwd=PLACE,
        env=environment(first_root),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    modules: list[str] = json.loads(said.stdout.splitlines()[-1])
    return modules
