"""A letter as DOCX: from the office's own document with its fields, or from the text of the HTML template."""

import io
import re
import zipfile
from collections.abc import Collection, Mapping
from typing import Final

from docx import Document
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from lxml import etree

from casework.letters.drawing import ENVIRONMENT
from casework.letters.errors import TemplateBroken
from casework.letters.rules import FIELDS
from casework.letters.word.finishing import BLANK, END_MARK, MARK, finished, plain
from casework.letters.word.refusing import refused_in
from casework.letters.word.sheet import document_of
from office.handover.paper import SAYINGS
from office.languages import Language

BROKEN: Final = (
    TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, etree.XMLSyntaxError,
)  # fmt: skip
PARTS: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml|docProps/core\.xml")
"""The parts of a document in which fields are filled."""


def source_of(content: bytes) -> str:
    """Return everything a document's parts ask for, as one template; for looking at its fields only.

    Raises:
        TemplateError, ValueError: it cannot be read.
    """
    whole = DocxTemplate(io.BytesIO(content))
    whole.init_docx()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = [packed.read(name).decode("utf-8") for name in packed.namelist() if PARTS.fullmatch(name)]
    return "\n".join(whole.patch_xml(part) for part in parts)


def filled_word(
    content: bytes,
    values: Mapping[str, str],
    language: Language,
    title: str,
    *,
    missing: Mapping[str, str],
    blank: Collection[str],
) -> bytes:
    """Return the office's own document with its fields filled in, as `drawing.body_of` fills in HTML.

    What is typed is text: it is escaped, and never looked at for fields again.

    Raises:
        TemplateBroken: it holds or makes what is refused, or asks for something that is not there.
    """
    if any(refused_in(content)):
        raise TemplateBroken(why="refused")
    shown = {code: _shown(code, values, missing, blank) for code in FIELDS}
    whole = DocxTemplate(io.BytesIO(content))
    try:
        whole.render(
            {
                **shown,
                "has": {code: bool(values.get(code)) for code in FIELDS},
                "say": {name: language.gettext(sentence) for name, sentence in SAYINGS.items()},
            },
            ENVIRONMENT,
            autoescape=True,
        )
    except BROKEN as error:
        raise TemplateBroken(why=type(error).__name__) from None
    written = io.BytesIO()
    whole.save(written)
    made = finished(Document(io.BytesIO(written.getvalue())), language, title)
    if any(refused_in(made)):  # what a template may not hold, it may not make either
        raise TemplateBroken(why="refused")
    return made


def word_of_body(body: str, language: Language, title: str) -> bytes:
    """Return the text of a letter, as HTML, as a document that can be written on."""
    return finished(document_of(body, title), language, title)


def _shown(code: str, values: Mapping[str, str], missing: Mapping[str, str], blank: Collection[str]) -> str:
    written = plain(values.get(code, "").strip())
    if written:
        return written
    if FIELDS[code].is_by_hand or code in blank:
        return BLANK
    return f"{MARK}[{plain(missing[code])}]{END_MARK}" if code in missing else ""
