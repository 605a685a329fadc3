"""Pages as PDF: tagged (PDF/UA-1), in every language, with the office's own typefaces, made in memory.

The library that draws them needs libraries of the system (Pango, HarfBuzz). They are looked for when the
first PDF is wanted, never when the service starts: where they are missing a person is told to print the page.
What is drawn can be read aloud, searched and copied, Arabic and Urdu too (`typefaces.py`).
One PDF is made at a time, so that nobody's form waits for ten. Nothing is kept here.
"""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from starlette.responses import Response

from office.errors import Unavailable
from office.paper.typefaces import faces, scripts

SHEET: Final = Path(__file__).parent / "sheet.css"
"""The style of receipts and new keys."""
FILE_NAME: Final = "sheet.pdf"
"""Says nothing of the office or of what happened, for it stays among somebody's downloads."""
FURTHER: Final = ("Noto Sans CJK SC", "Noto Sans", "sans-serif")
"""Fonts of the machine, for what ours do not have: Chinese is too large to come along."""
DRAWING: Final = ThreadPoolExecutor(1, "pdf")
"""The one thread of this process in which PDFs are made."""

SPEAKS_OF_WHAT_IT_DRAWS: Final = ("weasyprint", "fontTools")
"""Loggers of the library: a warning of theirs could repeat a picture, and with it a key."""

log = logging.getLogger(__name__)


class NoPdf(Unavailable):
    """This machine cannot make a PDF; the page itself can be printed."""

    code = "no_pdf"
    sentence = "We cannot make a PDF just now. Print this page instead: it says the same."


async def pdf_answer(html: str) -> Response:
    """Return the answer that hands over a receipt or a new key as a PDF.

    Raises:
        NoPdf: the libraries are missing, or the page could not be drawn.
    """
    made = await asyncio.get_running_loop().run_in_executor(DRAWING, pdf_of, html)
    told = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"', "Cache-Control": "no-store"}
    return Response(made, 200, told, media_type="application/pdf")


def pdf_of(html: str, style: Path = SHEET, *, has_fields: bool = False) -> bytes:
    """Return a page as a PDF, with fields to fill in or without.

    What the page names is fetched from inside it, never from a network or this machine.

    Raises:
        NoPdf: see `pdf_answer`.
    """
    try:
        # The import itself fails on a machine without Pango.
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher

        for name in SPEAKS_OF_WHAT_IT_DRAWS:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        sheet, fonts = _style(style)
        page = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",)))
        made: bytes = page.write_pdf(
            stylesheets=[sheet], font_config=fonts, pdf_forms=has_fields, pdf_variant="pdf/ua-1"
        )
    except Exception as error:  # whatever it was, the person has the page; nothing of it is logged
        log.warning("no PDF: %s", type(error).__name__)
        raise NoPdf from None
    return made


def drawn(html: str, style: Path = SHEET) -> bytes:
    """Return a page as a PDF, after those asked for before it; for routes with a thread of their own.

    Raises:
        NoPdf: see `pdf_answer`.
    """
    return DRAWING.submit(pdf_of, html, style).result()


def make_ready() -> None:
    """Load what draws, and the typefaces: seconds the first time, nothing later; without it, nothing happens.

    For a route that draws inside a transaction: on SQLite everybody else's would wait that long.
    """
    try:
        import weasyprint  # noqa: F401  # what it costs is its import

        faces()
    except Exception as error:  # `pdf_of` says so to whoever wants a PDF
        log.warning("no PDF: %s", type(error).__name__)


def _style(style: Path) -> tuple[Any, Any]:
    """Return a style sheet together with the office's own typefaces, for one document.

    Typefaces kept from one document to the next remember the languages of the one before.
    """
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    names = ",".join(f'"{name}"' for name in (*(f"Office {script}" for script in scripts()), *FURTHER[:-1]))
    family = f"body{{font-family:{names},{FURTHER[-1]}}}"
    return CSS(string=faces() + style.read_text("utf-8") + family, font_config=fonts), fonts
