"""Every page of a form in every language as files to look at, made with the real templates: `form preview`.

No service runs, nothing can be sent, and every page says so. Questions and notes that wait for an answer are
all shown.
"""

import re
import sys
from pathlib import Path
from typing import Final

from starlette.requests import Request

from intake_api.assisted.relays import Filing
from intake_api.files.held import Held
from intake_api.form.offers import offers_of
from intake_api.form.questions import Form, Step, load_form
from intake_api.guide.reading import load_guide
from intake_api.pages_of_door import pages_for
from office.clock import SystemClock, day_in
from office.errors import Conflict
from office.languages import mark
from office.vocabulary import City, load
from office.web.pages import Pages, Switch
from office.web.static import PREFIX

PREVIEW: Final = mark("PREVIEW: this is the form of version %(version)s. Nothing here can be sent.")
_FORM: Final = re.compile(r'<form method="post" action="[^"]*"')
_LINK: Final = re.compile(r'(?<=href=")/[^"]*(?=")')


class FolderNotEmpty(Conflict):
    """The preview would write over something."""

    code = "folder_not_empty"
    sentence = "The folder for the preview is not empty. Name another, or empty it first."


def write(path: Path, city: City, folder: Path) -> int:
    """Write the preview of the form kept at `path` below `folder`; return how many pages.

    Raises:
        FormBroken: the form cannot be read.
        FolderNotEmpty: there is something in `folder` already.
    """
    form = load_form(path)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderNotEmpty(folder=str(folder))
    pages = pages_for(city)
    pages.shelf.copy_to(folder / "static")
    for direction in ("ltr", "rtl"):
        styles = folder / pages.shelf.address(f"{direction}.css").lstrip("/")
        styles.write_text(styles.read_text("utf-8").replace(f"{PREFIX}/", ""), "utf-8")
    for language in pages.languages:
        (folder / language.tag).mkdir()
        for step in form.step:
            page = folder / language.tag / f"{step.code}.html"
            page.write_text(_page(form, step, city, pages, language.tag), "utf-8")
    return len(form.step) * len(pages.languages)


def tell(path: Path, city: City, folder: Path) -> None:
    """Write the preview and say where it begins."""
    count = write(path, city, folder)
    first = load_form(path).step[0].code
    sys.stdout.write(f"{count} pages; begin with {folder / 'es' / first}.html\n")


def _page(form: Form, step: Step, city: City, pages: Pages, tag: str) -> str:
    today = day_in(city.zone, SystemClock().now())
    before, after = form.before(step.code), form.after(step.code)
    address = {"type": "http", "method": "GET", "path": f"/{tag}/report/{step.code}", "headers": []}
    text = pages.written(
        "step.html",
        tag,
        request=Request(address),
        step=step,
        number=form.step.index(step) + 1,
        steps=len(form.step),
        questions=step.question,
        notes=step.note,
        offers={
            one.code: offers_of(one, load(one.vocabulary, city) if one.vocabulary else None, today)
            for one in step.question
        },
        left_out=frozenset(),
        given={},
        corrections={},
        held=Held(),
        asides=form.offered_aside if step.needs_one_of else (),
        filing=Filing(),
        numbers=[],
        wants_to_save=False,
        is_saved=False,
        modes=load_guide(city.folder).short if step.shows_modes else (),
        then="",
        is_in_danger=False,
        emergencies=[one for one in city.contacts if one.is_emergency and one.phone],
        back=f"{before.code}.html" if before else None,
        languages=[
            Switch(
                one.tag,
                one.autonym,
                one.direction,
                f"../{one.tag}/{step.code}.html",
                one.tag == tag,
                one.written_as,
            )
            for one in pages.languages
        ],
    )
    return _still(text, (after or form.step[0]).code, pages, tag, form.meta.version)


def _still(text: str, onward: str, pages: Pages, tag: str, version: str) -> str:
    """Return a page that leads only to other pages of the preview, and says that it is one."""
    told = pages.spoken(tag).gettext(PREVIEW, version=version)
    text = _FORM.sub(f'<form method="get" action="{onward}.html"', text)
    text = text.replace(f"{PREFIX}/", "../static/")
    text = _LINK.sub("#main", text)
    banner = f'<p class="office-demo"><strong>{told}</strong></p>'
    return text.replace('<header class="office-masthead">', f'{banner}<header class="office-masthead">', 1)
