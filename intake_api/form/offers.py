"""What a question offers to choose from, in the order in which it is shown."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple

from intake_api.form.questions import Question
from office.vocabulary.items import Vocabulary, words_in


class Choice(NamedTuple):
    """One thing that can be chosen."""

    code: str
    label: Mapping[str, str]

    def label_in(self, tag: str) -> str:
        """Return the choice in the language `tag`."""
        return words_in(self.label, tag)


class Offer(NamedTuple):
    """Choices shown together, with or without a heading."""

    title: Mapping[str, str] | None
    choices: tuple[Choice, ...]

    def title_in(self, tag: str) -> str:
        """Return the heading in the language `tag`, or an empty text."""
        return words_in(self.title, tag) if self.title else ""


class Offers(tuple[Offer, ...]):
    """Everything a question offers, in the order in which it is shown."""

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes that may be chosen."""
        return frozenset(choice.code for offer in self for choice in offer.choices)


def offers_of(question: Question, vocabulary: Vocabulary | None, day: date) -> Offers:
    """Return what `question` offers on `day`, under its own headings, else those of the vocabulary."""
    own = tuple(Choice(option.code, option.label) for option in question.option)
    if vocabulary is None:
        return Offers([Offer(None, own)])
    items = [item for item in vocabulary.valid_on(day) if not question.only or item.code in question.only]
    names = question.named_by
    listed = {
        item.code: Choice(item.code, {"": item.value(names)} if names else item.label) for item in items
    }
    extra = tuple(choice for choice in own if choice.code not in listed)
    if question.section:
        under = [
            Offer(section.title, tuple(listed[code] for code in section.codes if code in listed))
            for section in question.section
        ]
    elif vocabulary.groups and not question.only:
        under = [
            Offer(group.label, tuple(listed[item.code] for item in items if item.group == group.code))
            for group in vocabulary.groups
        ]
        shown = {choice.code for offer in under for choice in offer.choices}
        under.append(Offer(None, tuple(choice for code, choice in listed.items() if code not in shown)))
    else:
        under = [Offer(None, tuple(listed.values()))]
    offers = [offer for offer in under if offer.choices]
    return Offers([*offers, Offer(None, extra)] if extra else offers)
