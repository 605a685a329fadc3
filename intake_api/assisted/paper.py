"""The paper form: a page to print, and a PDF that can be filled in, both made from the form itself.

The PDF says nothing of anybody, so it is made once for each language and edition of the codes and kept in
memory.
"""

import asyncio
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from intake_api.assisted.entry_codes import CodeBook, code_book
from intake_api.door import Door
from intake_api.form.offers import Offers
from intake_api.form.questions import Step
from office.languages import Language
from office.paper.printing import DRAWING, pdf_of

STYLE: Final = Path(__file__).parents[1] / "data" / "paper.css"
MOST_KEPT: Final = 40

Sheets = tuple[tuple[Step, Mapping[str, Offers]], ...]


def sheets_of(door: Door) -> Sheets:
    """Return every step of the form with what its questions offer today."""
    return tuple((step, door.offers(step)) for step in door.form.step)


def asked_today(door: Door) -> Sheets:
    """Return the steps as they are printed and read aloud: without what the office cannot do now."""
    return tuple(_without(step, offers, door.left_out(step)) for step, offers in sheets_of(door))


def book_of(door: Door) -> CodeBook:
    """Return the codes of the form as they are printed today."""
    return code_book(sheets_of(door), door.form.meta.version)


def shown_on_paper(door: Door) -> dict[str, Any]:
    """Return what the templates of the paper are given."""
    return {"sheets": asked_today(door), "book": book_of(door), "emergencies": door.emergencies()}


async def paper_pdf(door: Door, language: Language) -> bytes:
    """Return the form as a PDF with fields, in `language`.

    Raises:
        NoPdf: this machine lacks the libraries.
    """
    text = door.pages.written("paper_print.html", language, **shown_on_paper(door))
    return await asyncio.get_running_loop().run_in_executor(DRAWING, _kept, text)


@lru_cache(maxsize=MOST_KEPT)
def _kept(text: str) -> bytes:
    return pdf_of(text, STYLE, has_fields=True)


def _without(
    step: Step, offers: Mapping[str, Offers], left_out: frozenset[str]
) -> tuple[Step, Mapping[str, Offers]]:
    if not left_out:
        return step, offers
    kept = [question for question in step.question if question.code not in left_out]
    ways = {question.code for question in kept if question.needs_key}
    possible = {
        code: Offers(
            offer._replace(choices=tuple(one for one in offer.choices if one.code not in left_out))
            for offer in offered
        )
        if code in ways
        else offered
        for code, offered in offers.items()
    }
    return step.model_copy(update={"question": tuple(kept)}), possible
