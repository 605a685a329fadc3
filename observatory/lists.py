"""The code lists a release speaks in: published codes only, with their labels, and what stands for what.

Made from the office's vocabularies and the city's districts; a row for what nobody told is added to each.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from observatory.plan import Plan, load_plan
from office.vocabulary import LABEL_TAGS, Vocabulary, load


@dataclass(frozen=True, slots=True)
class PublishedCode:
    """One row of a code list."""

    code: str
    labels: Mapping[str, str]
    parent: str = ""


@dataclass(frozen=True, slots=True)
class CodeList:
    """The rows a dimension has in every table, in their order.

    Attributes:
        stands_for: published code by the code of a fact, for codes that never leave under their own name.
    """

    name: str
    rows: tuple[PublishedCode, ...]
    stands_for: Mapping[str, str] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes, in order."""
        return tuple(row.code for row in self.rows)


Lists = Mapping[str, CodeList]
"""Code lists by the name of the dimension."""


def lists_for(city: str, plan: Plan | None = None) -> Lists:
    """Return the code list of each dimension of the plan, for one city.

    Raises:
        CityUnknown, VocabularyBroken: as the vocabularies say.
    """
    plan = plan or load_plan()
    return {one.name: _published(one.list, load(one.list, city), plan) for one in plan.dimension}


def _published(name: str, vocabulary: Vocabulary, plan: Plan) -> CodeList:
    rows = [
        PublishedCode(item.code, {tag: item.label_in(tag) for tag in LABEL_TAGS}, item.group or "")
        for item in vocabulary.published
    ]
    known = {row.code for row in rows}
    rows += [PublishedCode(one.code, dict(one.label)) for one in plan.residual if one.code not in known]
    stands_for = {item.code: item.published_as for item in vocabulary.items if item.published_as}
    return CodeList(name, tuple(rows), stands_for)
