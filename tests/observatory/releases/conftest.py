"""A bureau of its own for each test of the releases."""

from pathlib import Path

import pytest

from tests.observatory.releases.bureau import Bureau


@pytest.fixture
def bureau(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Bureau:
    def read() -> tuple[str, str]:
        said = capfd.readouterr()
        return said.out, said.err

    bureau = Bureau(tmp_path, monkeypatch, read)
    bureau.hand_over(bureau.facts)
    return bureau
