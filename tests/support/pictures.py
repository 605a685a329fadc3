"""The pictures of README and handbooks, taken anew from an invented office.

    python -m tests.support.pictures [folder]      (else docs/pictures)

A whole office of invented data is started on this machine, looked at with Chromium, and taken down again. One
clock for all, so that the same program gives the same pictures, but for the numbers of the cases.
"""

import re
import sys
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.casework.desk import PEOPLE
from tests.support.browser import ARGUMENTS, CHROMIUM
from tests.support.office import TriedOffice, tried_office

FOLDER: Final = Path(__file__).parents[2] / "docs" / "pictures"
NOW: Final = datetime.fromisoformat("2026-11-26T10:00:00+00:00")


@dataclass(frozen=True)
class Picture:
    """One picture.

    Attributes:
        name: of its file.
        width, height: of the window, in pixels.
        address: below the language of the desk; `{case}` is a case that has come far, `{new}` one that nobody
            has gone through yet.
    """

    name: str
    width: int
    height: int
    address: str


DESK: Final = (
    Picture("advisers", 1280, 860, "cases/{case}"),
    Picture("desk-case", 960, 937, "cases/{case}"),
    Picture("desk-stage", 960, 975, "cases/{new}/stage"),
    Picture("desk-list", 960, 675, "cases"),
    Picture("desk-deadlines", 960, 675, "deadlines"),
    Picture("desk-inbox", 960, 675, "inbox"),
    Picture("desk-agenda-phone", 390, 1500, "agenda?from=2026-11-30"),
)


def main(folder: Path) -> int:
    """Take every picture into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as home, sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        with tried_office(Path(home), demo_now=NOW.isoformat(), seeded=True) as office:
            office.start("intake", "casework", "dashboards")
            _of_the_doors(chromium, office, folder)
            _of_the_desk(chromium, office, folder)
        chromium.close()
    return 0


def _of_the_doors(chromium: Browser, office: TriedOffice, folder: Path) -> None:
    page = _window(chromium, 390, 844)
    page.goto(f"{office.address('intake')}/ar/")
    _keep(page, folder / "residents.png")
    page.context.close()
    page = _window(chromium, 1280, 860)
    page.goto(f"{office.address('dashboards')}/es/")
    page.wait_for_load_state("networkidle")
    _keep(page, folder / "observatory.png")
    page.context.close()


def _of_the_desk(chromium: Browser, office: TriedOffice, folder: Path) -> None:
    page = _window(chromium, 960, 937)
    own = office.address("casework") + "/es"
    person = PEOPLE["laila"]
    page.goto(f"{own}/sign-in")
    page.fill("[name=name]", person.sign_in_name)
    page.fill("[name=passphrase]", person.passphrase)
    page.fill("[name=code]", person.code(NOW))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/(inbox|cases)"))
    case, new = _fullest_case(page, own), _first_case(page, f"{own}/cases?which=unscanned")
    for one in DESK:
        page.set_viewport_size({"width": one.width, "height": one.height})
        page.goto(f"{own}/{one.address.format(case=case, new=new)}")
        _keep(page, folder / f"{one.name}.png")
    page.context.close()


def _fullest_case(page: Page, own: str) -> str:
    """Return the number of the open case of hers on whose page most stands."""
    found = _cases(page, f"{own}/cases")
    return max(found, key=lambda number: _length(page, f"{own}/cases/{number}"))


def _first_case(page: Page, listed: str) -> str:
    return _cases(page, listed)[0]


def _cases(page: Page, listed: str) -> list[str]:
    """Return the numbers on a page of a list."""
    page.goto(listed)
    links = page.locator("a.desk-number").evaluate_all("all => all.map(one => one.href)")
    return [found.group(1) for link in links if (found := re.search(r"/cases/(\w+)$", link))]


def _length(page: Page, address: str) -> int:
    page.goto(address)
    return len(page.locator("main").inner_text())


def _keep(page: Page, path: Path) -> None:
    """Write what the window shows, with no more colours than it has: a third of the size."""
    Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(200).save(path, optimize=True)


def _window(chromium: Browser, width: int, height: int) -> Page:
    return chromium.new_context(viewport={"width": width, "height": height}, locale="es").new_page()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else FOLDER))
