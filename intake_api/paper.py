"""The paper form: a page to print, and a PDF that can be filled in, both made from the form itself.

The PDF is made once for each language and edition of the codes and kept in memory. WeasyPrint needs libraries
of the system; it is loaded only when a PDF is asked for, and a machine without them says so in a sentence and
offers the page to print. It fetches nothing from anywhere.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NoReturn

from anyio import CapacityLimiter, to_thread

from intake_api.door import Door
from intake_api.entry_codes import CodeBook, code_book
from intake_api.offers import Offers
from intake_api.questions import Step
from office.errors import Unavailable
from office.languages import Language

STYLES: Final = Path(__file__).parent / "static" / "paper.css"
VARIANT: Final = "pdf/ua-1"
MOST_KEPT: Final = 40

Sheets = tuple[tuple[Step, Mapping[str, Offers]], ...]


class PaperNotMade(Unavailable):
    """This machine lacks what makes a PDF; the page can be printed instead."""

    code = "paper_not_made"
    sentence = "We cannot make this PDF just now. Print this page from your browser instead."


def sheets_of(door: Door) -> Sheets:
    """Return every step of the form with what its questions offer today."""
    return tuple((step, door.offers(step)) for step in door.form.step)


def book_of(door: Door) -> CodeBook:
    """Return the codes of the form as they are printed today."""
    return code_book(sheets_of(door), door.form.meta.version)


def shown_on_paper(door: Door) -> dict[str, Any]:
    """Return what the templates of the paper are given."""
    return {"sheets": sheets_of(door), "book": book_of(door), "emergencies": door.emergencies()}


async def pdf_of(door: Door, language: Language, one_at_a_time: CapacityLimiter) -> bytes:
    """Return the form as a PDF with fields, tagged (PDF/UA-1), in `language`.

    Whoever asks while another is made waits without a thread, so that the form goes on for everybody else.

    Raises:
        PaperNotMade: this machine lacks the libraries.
    """
    text = door.pages.written("paper_print.html", language, **shown_on_paper(door))
    return await to_thread.run_sync(_pdf, text, limiter=one_at_a_time)


@lru_cache(maxsize=MOST_KEPT)
def _pdf(text: str) -> bytes:
    try:
        from weasyprint import CSS, HTML
    except (ImportError, OSError) as error:
        raise PaperNotMade from error
    page = HTML(string=text, base_url=None, url_fetcher=_nothing)
    made: bytes = page.write_pdf(stylesheets=[CSS(filename=STYLES)], pdf_forms=True, pdf_variant=VARIANT)
    return made


def _nothing(address: str, *_: object, **__: object) -> NoReturn:
    raise ValueError("the paper form fetches nothing")
