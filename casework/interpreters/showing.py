"""Languages beside names: who is chosen for a case, the card of a case, and whom a form may name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from casework.advice.rules import needs_interpreter
from casework.forms import Checked
from casework.interpreters.directory import directory, interpreters_for
from casework.interpreters.errors import NOT_UNDERTAKEN
from casework.interpreters.rules import ADVISES, LEVELS, WITH_LEVEL, is_everybodys, wanted_language
from casework.interpreters.speaking import speakers_of
from casework.interpreters.tables import Interpreter
from casework.staff.rules import Permission
from casework.timeline.queries import names_of
from office.handover.report import Languages
from office.languages import mark

if TYPE_CHECKING:
    from casework.showing import View

NOT_SIGNED: Final = mark("no undertaking yet")
ASKED_FIRST: Final = mark("ask the person first whether they know them")
AND_MORE: Final = mark("%(name)s (%(told)s)")

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class InTheirLanguage:
    """How somebody can be spoken to.

    Attributes:
        tag: their language.
        need: the code of the list `interpreters` that they named, if any.
        is_everybodys: everybody of the office works in it.
        speakers: who of the office speaks it, each with how well in words, the better first.
        is_advised_in: somebody of them can advise in it.
        interpreters: who interprets for them, those who undertook to keep silent first.
        may_read_directory: whoever looks may open the directory.
    """

    tag: str
    need: str | None
    is_everybodys: bool
    speakers: tuple[tuple[str, str], ...]
    is_advised_in: bool
    interpreters: tuple[Interpreter, ...]
    may_read_directory: bool


def in_their_language(view: "View", said: Languages, written_in: str) -> InTheirLanguage:
    """Return who speaks with somebody, and who interprets."""
    tag, session = wanted_language(said, written_in), view.session
    need, everybodys = said.interpreter_code, is_everybodys(tag)
    found = {} if everybodys else speakers_of(session, tag)
    is_interpreted = not everybodys or needs_interpreter(need)
    names = names_of(session, list(found))
    order = sorted(found, key=lambda one: (list(LEVELS).index(found[one]), names.get(one, "")))
    return InTheirLanguage(
        tag=tag,
        need=need,
        is_everybodys=everybodys,
        speakers=tuple((names.get(one, ""), told(view, found[one], tag)) for one in order),
        is_advised_in=ADVISES in found.values(),
        interpreters=tuple(interpreters_for(session, tag, need)) if is_interpreted else (),
        may_read_directory=view.act.who.may(Permission.CASES),
    )


def told(view: "View", level: str, tag: str) -> str:
    """Return how well somebody speaks a language, in words."""
    return view.text(WITH_LEVEL[level], language=view.label("languages", tag))


def with_languages(view: "View", advisers: Choices, tags: Iterable[str]) -> list[tuple[str, str]]:
    """Return who may be chosen with which of these languages they speak, the better ones first.

    Languages in which everybody works are not told.
    """
    looked = [one for one in dict.fromkeys(tags) if not is_everybodys(one)]
    by_tag = {tag: speakers_of(view.session, tag) for tag in looked}
    order = list(LEVELS)
    found = []
    for own, name in advisers:
        levels = {tag: who[UUID(own)] for tag, who in by_tag.items() if UUID(own) in who}
        words = ", ".join(told(view, level, tag) for tag, level in levels.items())
        rank = (-len(levels), min((order.index(one) for one in levels.values()), default=len(order)))
        found.append((rank, own, f"{name} · {words}" if words else name))
    return [(own, name) for _, own, name in sorted(found, key=lambda one: one[0])]


def interpreter_choices(view: "View", fitting: Sequence[Interpreter]) -> list[tuple[str, str]]:
    """Return everybody of the directory for a form, those who fit first, each with what must be known."""
    first = {one.id for one in fitting}
    rest = [one for one in directory(view.session) if one.id not in first]
    return [(str(one.id), _named(view, one)) for one in (*fitting, *rest)]


def _named(view: "View", one: Interpreter) -> str:
    words = [", ".join(view.desk.lists.labels("languages", one.language_codes, view.language.tag))]
    if not one.has_undertaken:
        words.append(view.text(NOT_SIGNED))
    if one.ask_first:
        words.append(view.text(ASKED_FIRST))
    return view.text(AND_MORE, name=one.name, told="; ".join(words))


def chosen_interpreter(view: "View", checked: Checked, name: str) -> Interpreter | None:
    """Return whom of the directory a form names, or None if nobody.

    Somebody who has not undertaken to keep silent is a correction of the form: nothing is kept.
    """
    rows = {str(one.id): one for one in directory(view.session)}
    if not checked.form.one(name):
        return None
    found = rows.get(checked.one(name, list(rows)))
    if found is not None and not found.has_undertaken:
        checked.wrong(name, NOT_UNDERTAKEN, who=found.name)
    return found
