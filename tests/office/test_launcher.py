"""The launcher, with real child processes that serve, die, listen or look at their environment."""

import os
import socket
import threading
import time
from pathlib import Path

import pytest

from office.launcher import PortBusy, Service, ServiceDied, run

SERVES = """
import http.server, sys
class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *_): pass
print("ready", flush=True)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Health).serve_forever()
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serving(name: str, port: int) -> Service:
    return Service(name, ("-c", SERVES, str(port)), {}, port)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_all_start_and_one_stop_ends_all() -> None:
    first, second = free_port(), free_port()
    said: list[str] = []
    stopping, ready = threading.Event(), threading.Event()
    office = threading.Thread(
        target=run,
        args=([serving("one", first), serving("two", second)],),
        kwargs={"say": said.append, "when_ready": ready.set, "stopping": stopping},
    )
    office.start()
    assert ready.wait(30)
    stopping.set()
    office.join(30)
    assert not office.is_alive()
    assert sorted(line.split()[0] for line in said if line.endswith("ready")) == ["one", "two"]
    for port in (first, second):
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_if_one_dies_all_stop_and_its_last_lines_are_shown(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    lives = Service(
        "lives",
        ("-c", f"import os, time; open({str(pid_file)!r}, 'w').write(str(os.getpid())); time.sleep(60)"),
    )
    dies = Service("dies", ("-c", "import sys, time; time.sleep(1); print('the disk is full'); sys.exit(3)"))
    with pytest.raises(ServiceDied) as died:
        run([lives, dies], say=lambda _: None, when_ready=lambda: None, stopping=threading.Event())
    assert died.value.detail == {"service": "dies", "exit_code": "3", "last_lines": "the disk is full"}
    assert not is_alive(int(pid_file.read_text()))


def test_a_busy_port_is_told_before_anything_starts(tmp_path: Path) -> None:
    started = tmp_path / "started"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        services = [Service("first", ("-c", f"open({str(started)!r}, 'w')")), serving("second", port)]
        with pytest.raises(PortBusy) as busy:
            run(services, say=lambda _: None, when_ready=lambda: None, stopping=threading.Event())
    assert busy.value.detail == {"port": str(port), "service": "second"}
    assert not started.exists()


def test_a_service_that_ignores_the_request_to_end_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("office.launcher.GRACE_SECONDS", 1.0)
    pid_file = tmp_path / "pid"
    stubborn = Service(
        "stubborn",
        (
            "-c",
            "import os, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
            f"open({str(pid_file)!r}, 'w').write(str(os.getpid())); time.sleep(60)",
        ),
    )
    stopping = threading.Event()

    def stop_soon() -> None:
        while not pid_file.exists() or not pid_file.read_text():
            time.sleep(0.05)
        stopping.set()

    threading.Thread(target=stop_soon).start()
    run([stubborn], say=lambda _: None, when_ready=lambda: None, stopping=stopping)
    assert not is_alive(int(pid_file.read_text()))


def test_a_child_sees_only_its_own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVIVENCIA_FACTS_URL", "sqlite:///facts.db")
    said: list[str] = []
    asks = "import os; print(sorted(name for name in os.environ if name.startswith('CONVIVENCIA_')))"
    with pytest.raises(ServiceDied):
        run(
            [Service("asks", ("-c", asks), {"SHELF": "shelf"})],
            say=said.append,
            when_ready=lambda: None,
            stopping=threading.Event(),
        )
    assert [line.split(maxsplit=1)[1] for line in said] == ["['CONVIVENCIA_SHELF']"]
