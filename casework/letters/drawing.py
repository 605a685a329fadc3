"""A letter drawn: its fields set into the template, in a sandbox, with a sheet around it. No store."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final
from unicodedata import bidirectional

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from casework.letters.errors import TemplateBroken
from casework.letters.rules import FIELDS
from office.handover.paper import SAYINGS
from office.languages import Language, mark
from office.paper.printing import drawn

STYLE: Final = Path(__file__).with_name("letter.css")
ENVIRONMENT: Final = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
"""For templates that an office changes: they see plain strings and nothing of the program."""
del ENVIRONMENT.filters["safe"], ENVIRONMENT.globals["lipsum"]  # nothing makes markup of what was typed
SHEET: Final = """<!DOCTYPE html>
<html lang="{lang}" dir="{dir}"><head><meta charset="utf-8"><title>{title}</title></head>
<body><p class="letter-office">{title}</p>
{body}
</body></html>"""
ISOLATE, ISOLATE_LTR, END_ISOLATE = "\u2068", "\u2066", "\u2069"
GROUPS: Final = re.compile(r"\+?\d+(?:[ \u00a0]\d+)+")
"""A number written in groups, as telephones are: after Arabic letters the groups would change places."""
MISSING: Final = mark("Missing: %(what)s")
BLANK: Final = Markup('<span class="by-hand">&nbsp;</span>')


def body_of(
    source: str,
    values: Mapping[str, str],
    language: Language,
    *,
    missing: Mapping[str, str],
    blank: Collection[str],
) -> str:
    """Return the text of a letter as HTML.

    Args:
        source: the template in this language.
        values: what stands in each field, as plain text; an empty one is not there.
        language: of the letter.
        missing: for what is missing, the words that mark it.
        blank: fields for which the paper leaves a blank when they are empty.

    Raises:
        TemplateBroken: the template asks for something that is not there.
    """
    shown = {code: _shown(code, values, language, missing, blank) for code in FIELDS}
    try:
        return ENVIRONMENT.from_string(source).render(
            **shown,
            has={code: bool(values.get(code)) for code in FIELDS},
            say={name: language.gettext(sentence) for name, sentence in SAYINGS.items()},
        )
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise TemplateBroken(why=type(error).__name__) from None


def sheet_of(body: str, language: Language, title: str) -> str:
    """Return the page a letter is drawn from; its title is the office's name and nothing of the case."""
    return SHEET.format(
        lang=escape(language.written_as), dir=language.direction, title=escape(title), body=body
    )


def pdf_of_letter(body: str, language: Language, title: str) -> bytes:
    """Return a letter as PDF/UA.

    Raises:
        NoPdf: this machine cannot make one.
    """
    return drawn(sheet_of(body, language, title), STYLE)


def isolated(line: str, direction: str) -> str:
    """Return a line that keeps its own direction in a text of another; the library knows no `dir="auto"`."""
    runs = {bidirectional(one) for one in line}
    is_mixed = direction == "rtl" or bool(runs & {"R", "AL"})
    if not is_mixed:
        return line
    whole = GROUPS.sub(lambda found: f"{ISOLATE_LTR}{found[0]}{END_ISOLATE}", line)
    return f"{ISOLATE}{whole}{END_ISOLATE}"


def _shown(
    code: str,
    values: Mapping[str, str],
    language: Language,
    missing: Mapping[str, str],
    blank: Collection[str],
) -> Markup:
    written = values.get(code, "").strip()
    if written:
        lines = (isolated(line, language.direction) for line in written.splitlines())
        return Markup("<br>").join(escape(line) for line in lines)
    if FIELDS[code].is_by_hand or code in blank:
        return BLANK
    return Markup("<mark>[{}]</mark>").format(missing[code]) if code in missing else Markup()
