"""`make check`: everything that can be judged without running the office. Changes nothing."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock", "deploy/bootstrap.lock")
PACKAGES = ("office", "intake_api", "casework", "observatory", "dashboards")


def says_yes(*command: str) -> Callable[[], tuple[bool, str]]:
    """Return a check that runs a command and looks at its exit code."""

    def check() -> tuple[bool, str]:
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False
        )
        return done.returncode == 0, (done.stdout + done.stderr).strip()

    return check


def locks_name_no_address() -> tuple[bool, str]:
    """Every pinned library has hashes, and no line says where it was fetched from."""
    wrong = []
    for name in LOCKS:
        text = (ROOT / name).read_text("utf-8")
        if "://" in text or "--index" in text or "--find-links" in text:
            wrong.append(f"{name} names an address")
        for pin in re.split(r"\n(?=\S)", text):
            if "==" in pin.partition("\n")[0] and "--hash=sha256:" not in pin:
                wrong.append(f"{name}: no hash for {pin.partition(' ')[0]}")
    return not wrong, "\n".join(wrong)


CHECKS: tuple[tuple[str, Callable[[], tuple[bool, str]]], ...] = (
    ("style and traps (ruff)", says_yes("-m", "ruff", "check", "-q", ".")),
    ("layout of code (ruff format)", says_yes("-m", "ruff", "format", "--check", "-q", ".")),
    ("types (mypy strict)", says_yes("-m", "mypy", *PACKAGES)),
    (
        "import walls",
        says_yes("-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"),
    ),
    ("vocabularies and cities", says_yes("-m", "office", "vocabulary", "check")),
    ("rights guide", says_yes("-m", "intake_api", "check-guide")),
    ("residents' form", says_yes("-m", "intake_api", "form", "check")),
    ("catalogues complete", says_yes("-m", "office", "languages", "check")),
    ("lock files without addresses", locks_name_no_address),
)


def main() -> int:
    """Run every check, tell each result, and return 1 if one failed."""
    failed = 0
    for name, check in CHECKS:
        fine, told = check()
        print(f"{'ok    ' if fine else 'WRONG '} {name}", flush=True)
        if told and (not fine or any(word in name for word in ("vocabular", "guide", "catalogues"))):
            print("       " + told.replace("\n", "\n       "), flush=True)
        failed += not fine
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
