"""Finds every sentence of the code and says to which domain it belongs.

The domain follows the package. Whatever several faces show, that is the page layout and the sentences of
errors wherever they are defined, belongs to the domain `office`, on which every other domain stands. In a
package's own domain such a sentence is not listed again.

The domain `data` holds what lists, forms and cities say in words (`label.es = …`), for the languages that do
not stand in those files themselves; the Spanish words are the context of the English ones, so that words that
are alike in one language may differ in another.

Found are, in Python: `gettext("…")`, `ngettext("…", "…", …)`, `pgettext("…", "…")`, `text("…")`, `_("…")`,
also as methods, `mark("…")`, `legal("…")`, and the class attribute `sentence` of an error. In templates: the
same calls and `{% trans %}`.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from jinja2 import Environment, nodes

from office.languages.registry import Domain

ROOT: Final = Path(__file__).parents[2]
DOMAIN_OF: Final[dict[str, Domain]] = {
    "office": "office",
    "intake_api": "residents",
    "casework": "staff",
    "dashboards": "public",
    "observatory": "public",
}
_DATA: Final = (
    "office/vocabulary/data/*.toml",
    "office/vocabulary/cities/*/*.toml",
    "intake_api/data/**/*.toml",
)
STAFF_LISTS: Final = frozenset(
    {
        "barriers",
        "channels",
        "closure",
        "conduct",
        "first_answer_bands",
        "limit_events",
        "outcomes",
        "remedies",
        "responses",
        "routing",
        "service_levels",
        "services",
        "stages",
        "urgency",
    }
)
"""Files whose words no resident reads."""
_CODE: Final = re.compile(r"[a-z0-9]+(?:[._][a-z0-9]+)+")
_ONE: Final = frozenset({"gettext", "text", "_", "mark", "legal"})
_MANY: Final = frozenset({"ngettext", "ntext"})
_IN_CONTEXT: Final = frozenset({"pgettext"})
_OTHER_TEXTS: Final = ("sqlalchemy", "sqlmodel", "alembic")
_SKIPPED: Final = frozenset({"migrations"})
_NOT_OURS: Final = ("sa", "sqlalchemy")


@dataclass(slots=True)
class Sentence:
    """A sentence to translate.

    Attributes:
        one: the sentence, or its form for one thing.
        many: its form for several things, if it counts.
        context: what it is about, where the same words need two translations.
        places: files it is in.
    """

    one: str
    many: str = ""
    context: str = ""
    places: set[str] = field(default_factory=set)

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other sentence of its domain."""
        return self.context, self.one


Found = dict[tuple[str, str], Sentence]


def sentences(root: Path = ROOT) -> dict[Domain, Found]:
    """Return every sentence of the code under `root`, by domain."""
    found: dict[Domain, Found] = {"office": {}, "residents": {}, "staff": {}, "public": {}, "data": {}}
    for package, domain in DOMAIN_OF.items():
        for path in sorted((root / package).rglob("*")):
            place = path.relative_to(root).as_posix()
            if path.suffix == ".py" and not _SKIPPED.intersection(path.relative_to(root).parts[1:-1]):
                tree = ast.parse(path.read_text(encoding="utf-8"), place)
                for sentence in in_python(tree):
                    _add(found[domain], sentence, place)
                for sentence in of_errors(tree):
                    _add(found["office"], sentence, place)
            elif path.suffix in (".html", ".txt", ".svg") and "templates" in path.parts:
                for sentence in in_template(path.read_text(encoding="utf-8")):
                    _add(found[domain], sentence, place)
    for pattern in _DATA:
        for path in sorted(root.glob(pattern)):
            if path.stem not in STAFF_LISTS:
                for sentence in in_data(tomllib.loads(path.read_text(encoding="utf-8"))):
                    _add(found["data"], sentence, path.relative_to(root).as_posix())
    for domain, own in found.items():
        if domain not in ("office", "data"):
            for key in found["office"].keys() & own.keys():
                found["office"][key].places |= own.pop(key).places
    return found


def _add(found: Found, sentence: Sentence, place: str) -> None:
    kept = found.setdefault(sentence.key, sentence)
    kept.many = kept.many or sentence.many
    kept.places.add(place)


def _called(name: str, given: list[str | None]) -> Sentence | None:
    texts = [text for text in given if text is not None]
    if given and given[0] and _CODE.fullmatch(given[0]):
        return None  # `answers.text("sign_in.name")` asks for a field, it says nothing
    if name in _ONE and given and given[0]:
        return Sentence(given[0])
    if name in _MANY and len(texts) > 1 and given[0] and given[1]:
        return Sentence(given[0], many=given[1])
    if name in _IN_CONTEXT and len(texts) > 1 and given[0] and given[1]:
        return Sentence(given[1], context=given[0])
    return None


def in_python(tree: ast.Module) -> Iterator[Sentence]:
    """Return the sentences a module says."""
    foreign = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_OTHER_TEXTS)
        for alias in node.names
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = ""
        if isinstance(node.func, ast.Name) and node.func.id not in foreign:
            name = node.func.id
        elif isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) not in _NOT_OURS:
            name = node.func.attr
        given = [_text_of(argument) for argument in node.args]
        if sentence := _called(name, given):
            yield sentence


def of_errors(tree: ast.Module) -> Iterator[Sentence]:
    """Return the sentences of the errors a module defines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for line in node.body:
                target = line.targets[0] if isinstance(line, ast.Assign) else getattr(line, "target", None)
                if isinstance(target, ast.Name) and target.id == "sentence":
                    text = _text_of(getattr(line, "value", None))
                    if text:
                        yield Sentence(text)


def _text_of(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def in_data(value: object) -> Iterator[Sentence]:
    """Return the words a data file says, wherever they stand in it."""
    if isinstance(value, dict):
        texts = [text for text in value.values() if isinstance(text, str)]
        if len(texts) == len(value) and {"es", "en"} <= set(value):
            yield Sentence(value["en"], context=value["es"])
        else:
            for each in value.values():
                yield from in_data(each)
    elif isinstance(value, list):
        for each in value:
            yield from in_data(each)


def in_template(source: str) -> Iterator[Sentence]:
    """Return the sentences a template says."""
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    environment.newstyle_gettext = True  # type: ignore[attr-defined]  # as pages have it; added by the extension
    environment.policies["ext.i18n.trimmed"] = True
    for node in environment.parse(source).find_all(nodes.Call):
        name = ""
        if isinstance(node.node, nodes.Name):
            name = node.node.name
        elif isinstance(node.node, nodes.Getattr):
            name = node.node.attr
        given = [
            argument.value if isinstance(argument, nodes.Const) and isinstance(argument.value, str) else None
            for argument in node.args
        ]
        if sentence := _called(name, given):
            yield sentence
