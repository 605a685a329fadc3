"""Pages as PDF: tagged (PDF/UA-1), in every language, made in memory for one answer and kept nowhere.

The library that draws them needs libraries of the system (Pango, HarfBuzz). They are looked for when the
first PDF is wanted, never when the service starts: where they are missing a person is told to print the page.
One PDF is made at a time, so that nobody's form waits for ten.
"""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, Final

from starlette.responses import Response

from office.errors import Unavailable
from office.web.static import OWN

STYLE: Final = Path(__file__).parent / "data" / "sheet.css"
FONTS: Final = OWN / "fonts"
FILE_NAME: Final = "sheet.pdf"
"""Says nothing of the office or of what happened, for it stays among somebody's downloads."""
SCRIPTS: Final = ("latin", "latin-ext", "cyrillic", "arabic")
FURTHER: Final = ("Noto Sans CJK SC", "Noto Sans", "sans-serif")
"""Fonts of the machine, for what ours do not have: Chinese is too large to come along."""
DRAWING: Final = ThreadPoolExecutor(1, "pdf")

SPEAKS_OF_WHAT_IT_DRAWS: Final = ("weasyprint", "fontTools")
"""Loggers of the library: a warning of theirs could repeat a picture, and with it a key."""

log = logging.getLogger(__name__)


class NoPdf(Unavailable):
    """This machine cannot make a PDF; the page itself can be printed."""

    code = "no_pdf"
    sentence = "We cannot make a PDF just now. Print this page instead: it says the same."


async def pdf_answer(html: str) -> Response:
    """Return the answer that hands over a page as a PDF.

    Raises:
        NoPdf: the libraries are missing, or the page could not be drawn.
    """
    made = await asyncio.get_running_loop().run_in_executor(DRAWING, pdf_of, html)
    told = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"', "Cache-Control": "no-store"}
    return Response(made, 200, told, media_type="application/pdf")


def pdf_of(html: str) -> bytes:
    """Return a page as a PDF; what it names is fetched from this package or from inside it, never a network.

    Raises:
        NoPdf: see `pdf_answer`.
    """
    try:
        # The import itself fails on a machine without Pango.
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher

        for name in SPEAKS_OF_WHAT_IT_DRAWS:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        style, fonts = _style()
        fetcher = URLFetcher(allowed_protocols=("data",))
        page = HTML(string=html, url_fetcher=fetcher)
        made: bytes = page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")
    except Exception as error:  # whatever it was, the person has the page; nothing of it is logged
        log.warning("no PDF: %s", type(error).__name__)
        raise NoPdf from None
    return made


@cache
def _style() -> tuple[Any, Any]:
    """Return the style sheet of the printed sheets, with the office's own fonts."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    faces = "".join(
        f'@font-face{{font-family:"Office {script}";font-weight:{weight};'
        f"src:url({(FONTS / f'noto-sans-{script}-{weight}.woff2').as_uri()})}}"
        for script in SCRIPTS
        for weight in (400, 700)
    )
    names = ",".join(f'"{name}"' for name in (*(f"Office {script}" for script in SCRIPTS), *FURTHER[:-1]))
    family = f"body{{font-family:{names},{FURTHER[-1]}}}"
    return CSS(string=faces + STYLE.read_text("utf-8") + family, font_config=fonts), fonts
