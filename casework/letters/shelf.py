"""The templates: folders with `letter.toml` and one file a language, the office's own before the product's.

A template is HTML with `{{ fields }}` of `rules.FIELDS`. It is drawn in a sandbox, with plain strings only,
and what it names is fetched from nowhere (`office.paper.printing`). Beside it may lie a document for a word
processor of the same name with the same fields (`es.docx`); without one the document is made from the HTML.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final
from zipfile import BadZipFile

from docx.exceptions import PythonDocxError
from jinja2 import TemplateError, meta, nodes
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from casework.letters.drawing import ENVIRONMENT
from casework.letters.rules import FIELDS, ROUTINGS, SECTORS, TO
from casework.letters.word.filling import BROKEN, source_of
from casework.letters.word.refusing import refused_in
from office.handover.paper import SAYINGS
from office.languages import languages_for

BUILT_IN: Final = Path(__file__).parent / "templates"
EVERY: Final = "every"
"""The file whose sentences are the office's own, in each language of the residents."""
NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
LARGEST_TEMPLATE: Final = 2 * 1024 * 1024
"""Bytes of one file: a letterhead's picture fits."""
NAMES: Final = frozenset({"has", "say"})
DESK: Final = ("es", "ca-valencia", "en")
Label = Annotated[str, StringConstraints(min_length=1, max_length=120)]


class Head(BaseModel):
    """What `letter.toml` says of a template.

    Attributes:
        version: of the text; it is kept with every letter.
        to: a code of `rules.TO`.
        by_hand: fields that may stay empty: the paper leaves a blank for them.
        optional: fields without which the letter is whole; nothing is left for them.
        routing: codes of `rules.ROUTINGS`: for which cases it is; for every case, if none is named.
        sector: codes of `rules.SECTORS`: against whom it is; against everybody, if none is named.
        checked_by: the lawyer who confirmed the text, if one did.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.-]{1,40}$")]
    to: str
    label: dict[str, Label]
    by_hand: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    routing: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    checked_by: str = ""
    law: tuple[str, ...] = Field(default=(), max_length=20)


@dataclass(frozen=True, slots=True)
class Template:
    """One template as it lies in its folder."""

    name: str
    head: Head
    folder: Path
    is_own: bool

    def label_in(self, tag: str) -> str:
        """Return what it is called at the desk."""
        return self.head.label.get(tag) or self.head.label.get("es") or self.name

    def is_for(self, routing: str, sector: str) -> bool:
        """Say whether it is for a case of this routing, against a respondent of this sector."""
        is_routed = not self.head.routing or routing in self.head.routing
        return is_routed and (not self.head.sector or sector in self.head.sector)

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages a letter of it can be written in, Spanish first."""
        if (self.folder / f"{EVERY}.html").exists():
            return tuple(one.tag for one in languages_for("office"))
        spoken = (one.tag for one in languages_for("office"))
        return tuple(tag for tag in spoken if (self.folder / f"{tag}.html").exists())

    def source(self, tag: str) -> str:
        """Return the text in a language."""
        own = self.folder / f"{tag}.html"
        return (own if own.exists() else self.folder / f"{EVERY}.html").read_text("utf-8")

    def word(self, tag: str) -> bytes | None:
        """Return the office's document for a word processor in a language; None where there is none.

        Where the sentences are those of every language, so is the document; one of its own comes first.
        """
        own = self.folder / f"{tag}.docx"
        path = (
            own if own.exists() or (self.folder / f"{tag}.html").exists() else self.folder / f"{EVERY}.docx"
        )
        return path.read_bytes() if path.exists() else None

    def fields(self, tag: str) -> tuple[str, ...]:
        """Return the fields the text in a language uses, on paper or in its document, in order."""
        word = self.word(tag)
        used, asked = _used(self.source(tag) + (source_of(word) if word else ""))
        return tuple(code for code in FIELDS if code in used | asked["has"])


def templates(home: Path) -> dict[str, Template]:
    """Return every template that can be read, by name; one of the office replaces that of the product."""
    found = {}
    for name, folder, is_own in _folders(home):
        try:
            head = _head(folder)
        except (OSError, ValueError):
            continue
        if not any(problems_of(Template(name, head, folder, is_own))):
            found[name] = Template(name, head, folder, is_own)
    return dict(sorted(found.items()))


def called(home: Path, name: str, tag: str) -> str:
    """Return what a template is called at the desk; its name, where there is none any more."""
    own = home / "letters" / name
    try:
        label = _head(own if own.is_dir() else BUILT_IN / name).label
    except (OSError, ValueError):
        return name
    return label.get(tag) or label.get("es") or name


def problems(home: Path) -> Iterator[str]:
    """Yield what is wrong with each template, in one line each."""
    for name, folder, is_own in _folders(home):
        try:
            head = _head(folder)
        except (OSError, ValueError) as error:
            yield f"{name}: letter.toml: {_why(error)}"
            continue
        yield from problems_of(Template(name, head, folder, is_own))


def gaps(home: Path) -> Iterator[str]:
    """Yield which languages of the residents a template to the person lacks; they are no mistake."""
    for name, template in templates(home).items():
        wanted = [one.tag for one in languages_for("office")] if template.head.to == "person" else DESK[:2]
        lacking = [tag for tag in wanted if tag not in template.languages]
        if lacking:
            yield f"{name}: not in {', '.join(lacking)}"


def problems_of(template: Template) -> Iterator[str]:
    """Yield what is wrong with one template."""
    name, head = template.name, template.head
    if not NAME.fullmatch(name):
        yield f"{name}: the folder's name takes small letters, digits and _"
    if head.to not in TO:
        yield f'{name}: letter.toml: to = "{head.to}" is none of {", ".join(TO)}'
    for code in head.routing:
        if code not in ROUTINGS:
            yield f'{name}: letter.toml: routing "{code}" is none of {", ".join(ROUTINGS)}'
    for code in head.sector:
        if code not in SECTORS:
            yield f'{name}: letter.toml: sector "{code}" is none of {", ".join(SECTORS)}'
    for tag in DESK:
        if tag not in head.label:
            yield f"{name}: letter.toml: no label.{tag}"
    for code in (*head.by_hand, *head.optional):
        if code not in FIELDS:
            yield f"{name}: letter.toml: there is no field {code}"
    if not template.languages:
        yield f"{name}: no text in any language (es.html, ar.html, …)"
    known = {one.tag for one in languages_for("office")} | {EVERY}
    for path in sorted(template.folder.glob("*.html")):
        where = f"{name}: {path.name}"
        if path.stem not in known:
            yield f"{where}: no language of the office"
        elif path.stat().st_size > LARGEST_TEMPLATE:
            yield f"{where}: larger than {LARGEST_TEMPLATE} bytes"
        else:
            yield from (f"{where}: {what}" for what in _mistakes(path))
    for path in sorted(template.folder.glob("*.do[ct]*")):
        where = f"{name}: {path.name}"
        if path.suffix != ".docx":
            yield f"{where}: only documents without macros are taken (.docx)"
        elif not path.with_suffix(".html").exists():
            yield f"{where}: there is no {path.stem}.html beside it, from which the PDF is drawn"
        elif path.stat().st_size > LARGEST_TEMPLATE:
            yield f"{where}: larger than {LARGEST_TEMPLATE} bytes"
        else:
            refused = list(refused_in(path.read_bytes()))
            yield from (f"{where}: it holds what no template may: {what}" for what in refused)
            if not refused:
                yield from (f"{where}: {what}" for what in _mistakes(path))


def _mistakes(path: Path) -> Iterator[str]:
    try:
        used, asked = _used(_source(path))
    except UnicodeDecodeError:
        yield "not UTF-8"
        return
    except TemplateError as error:
        yield f"line {getattr(error, 'lineno', 1)}: {error}"
        return
    except (*BROKEN, PythonDocxError, BadZipFile, OSError, RecursionError):
        yield "its parts do not fit together, or it cannot be read"
        return
    for code in sorted(used - FIELDS.keys() - NAMES):
        yield f"there is no field {code}"
    for code in sorted(asked["has"] - FIELDS.keys()):
        yield f"there is no field {code}"
    for code in sorted(asked["say"] - SAYINGS.keys()):
        yield f"there is no sentence {code}"


def _source(path: Path) -> str:
    return source_of(path.read_bytes()) if path.suffix == ".docx" else path.read_text("utf-8")


def _used(source: str) -> tuple[set[str], dict[str, set[str]]]:
    """Return the names a text uses, and which fields and sentences it asks `has` and `say` for."""
    tree = ENVIRONMENT.parse(source)
    asked: dict[str, set[str]] = {name: set() for name in NAMES}
    for one in tree.find_all(nodes.Getattr):
        if isinstance(one.node, nodes.Name) and one.node.name in NAMES:
            asked[one.node.name].add(one.attr)
    return meta.find_undeclared_variables(tree), asked


def _folders(home: Path) -> Iterator[tuple[str, Path, bool]]:
    own = home / "letters"
    names = {path.parent.name: path.parent for path in sorted(BUILT_IN.glob("*/letter.toml"))}
    mine = {path.name: path for path in sorted(own.iterdir()) if path.is_dir()} if own.is_dir() else {}
    for name, folder in {**names, **mine}.items():
        yield name, folder, name in mine


def _head(folder: Path) -> Head:
    return Head.model_validate(tomllib.loads((folder / "letter.toml").read_text("utf-8")))


def _why(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    if isinstance(error, OSError):
        return "it is not there or cannot be read"
    return str(error)
