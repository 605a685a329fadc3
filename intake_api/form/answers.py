"""Checks what was answered on a step and says, field by field, what to correct.

The same checks serve the pages and the programs' door. A correction never repeats what was typed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from intake_api.bodies import Given
from intake_api.form.offers import Offers
from intake_api.form.questions import WHEN_PARTS, Option, Question, Step
from intake_api.returning.notice_address import NOTICE_KEY, address_of
from office.languages import Language, mark
from office.languages.registry import digits_read

Answers = dict[str, list[str]]
"""Field by field what was answered, in the form in which it is kept in the draft."""

YES: Final = "yes"
ONLY_YES: Final = frozenset({YES})
EARLIEST_YEAR: Final = 1900
FEWEST_DIGITS: Final = 6

NOTHING_TOLD: Final = mark("Tell us what happened: write a few words or tick at least one box")
TOO_LONG: Final = mark(
    "This is too long: it has %(many)s characters and we can take %(most)s. Please shorten it"
)
BODY_CUT: Final = mark(
    "What you sent was too long, so we kept only its beginning. Please check and shorten it"
)
TOO_MANY: Final = mark("More answers were sent than we ask for. Please check them and send again")
NO_FORM: Final = mark("This could not be read. Please write it again on this page")
DAMAGED: Final = mark("Some characters could not be read and were left out. Please check what you wrote")
NOT_LISTED: Final = mark("Choose from the list")
ONLY_ONE: Final = mark("Choose only one")
DATE_UNREAL: Final = mark("This date does not exist. Please check day, month and year")
DATE_FUTURE: Final = mark("This date is in the future. Please check it")
DATE_LONG_AGO: Final = mark("Please check the year: it has four digits, for example %(year)s")
DAY_MISSING: Final = mark("Write day, month and year, or choose another answer")
MONTH_MISSING: Final = mark("Write month and year, or choose another answer")
CONTACT_MISSING: Final = mark("Write how we can reach you, or choose not to leave a contact")
CONTACT_UNWANTED: Final = mark(
    "You chose not to leave a contact, but wrote one. Choose how we can reach you, or delete it"
)
NUMBER_UNREAL: Final = mark("Write a whole number from 1 to %(most)s, or leave it empty")
NOTICE_MISSING: Final = mark("Write the e-mail address or the number, or choose to look yourself")
NOTICE_UNWANTED: Final = mark(
    "You chose to look yourself, but wrote an address or a number. Choose how we tell you, or delete it"
)
PHONE_UNREAL: Final = mark("This telephone number is not complete. Please check it")
EMAIL_UNREAL: Final = mark("This e-mail address is not complete. It needs an @, for example name@example.org")


ABOUT: Final = {NOTICE_KEY: (NOTICE_MISSING, NOTICE_UNWANTED)}
"""What to say when how and where do not fit together, by the key that the answer is sealed to."""
OF_A_CONTACT: Final = (CONTACT_MISSING, CONTACT_UNWANTED)


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing to correct: the field, and a sentence in the person's language."""

    field: str
    sentence: str


@dataclass(slots=True)
class Checked:
    """What a step's answers are, and what must still be corrected in them.

    `is_silent`: only that nothing was told is to be corrected.
    """

    answers: Answers = field(default_factory=dict)
    corrections: list[Correction] = field(default_factory=list)
    is_silent: bool = False

    def forgive_silence(self) -> None:
        """Ask for no words: somebody speaks in a recording, or is about to."""
        if self.is_silent:
            self.corrections.clear()

    @property
    def is_right(self) -> bool:
        """Whether nothing must be corrected."""
        return not self.corrections


class Checker:
    """Checks the answers of one step in one language.

    Args:
        offers: what each question offers, by its code.
        today: the day in the city; nothing happened after it.
    """

    def __init__(self, language: Language, offers: Mapping[str, Offers], today: date) -> None:
        self.language = language
        self.offers = offers
        self.today = today
        self.checked = Checked()

    def step(self, step: Step, given: Given, asked: Sequence[Question] | None = None) -> Checked:
        """Return the answers to the questions of `step`, or to those `asked` of it, with what to correct."""
        questions = {question.code: question for question in (step.question if asked is None else asked)}
        for question in questions.values():
            if not given.fields.keys().isdisjoint(question.fields):
                self._question(question, given)
        for question in questions.values():
            if question.follows in questions:
                self._follower(question, questions[question.follows])
        whole = step.question[0].code
        if given.is_cut:
            self._correct(_longest(step, given), BODY_CUT)
        elif given.has_too_many:
            self._correct(whole, TOO_MANY)
        elif given.is_no_form:
            self._correct(whole, NO_FORM)
        needed = step.needs_one_of
        if needed and not any(self.checked.answers.get(code) for code in needed) and self.checked.is_right:
            self._correct(needed[0], NOTHING_TOLD)
            self.checked.is_silent = True
        return self.checked

    def _offered(self, question: Question) -> frozenset[str]:
        if question.kind in ("tick", "consent"):
            return ONLY_YES
        return self.offers[question.code].codes

    def _correct(self, name: str, sentence: str, **values: object) -> None:
        told = Correction(name, self.language.gettext(sentence, **values))
        if all(other.field != name for other in self.checked.corrections):
            self.checked.corrections.append(told)

    def _keep(self, name: str, values: Iterable[str]) -> None:
        kept = [value for value in values if value]
        if kept:
            self.checked.answers[name] = kept

    def _question(self, question: Question, given: Given) -> None:
        if question.is_text:
            self._text(question, given)
        elif question.kind == "when":
            self._when(question, given)
        elif question.kind == "number":
            self._number(question, given)
        elif question.kind in ("tick", "consent"):
            self._codes(question, given, is_single=True)
        else:
            self._codes(question, given, is_single=question.kind != "several")

    def _text(self, question: Question, given: Given) -> None:
        values = given.all(question.code)
        text = "\n".join(dict.fromkeys(values)).strip()
        if question.kind == "text":
            text = " ".join(text.split())
        self._keep(question.code, [text])
        if len(text) > question.most:
            self._correct(
                question.code,
                TOO_LONG,
                many=self.language.number(len(text)),
                most=self.language.number(question.most),
            )
        if question.code in given.damaged:
            self._correct(question.code, DAMAGED)

    def _number(self, question: Question, given: Given) -> None:
        typed = given.one(question.code).strip()
        if not typed and question.code not in given.damaged:
            return
        number = digits_read(typed)
        if not (number.isdecimal() and len(number) <= 9 and 1 <= int(number) <= question.most):
            self._correct(question.code, NUMBER_UNREAL, most=self.language.number(question.most))
            number = typed[:20]
        self._keep(question.code, [number])

    def _codes(self, question: Question, given: Given, *, is_single: bool) -> None:
        values = list(dict.fromkeys(value.strip() for value in given.all(question.code)))
        if not values and question.code not in given.damaged:
            return
        known = self._offered(question)
        right = [value for value in values if value in known]
        if len(right) < len(values) or question.code in given.damaged:
            self._correct(question.code, NOT_LISTED)
        if is_single and len(values) > 1:
            self._correct(question.code, ONLY_ONE)
            right = right[:1]
        if question.alone is not None and len(right) > 1:
            right = [value for value in right if value != question.alone]
        self._keep(question.code, right)

    def _when(self, question: Question, given: Given) -> None:
        name = question.code
        self._codes(question, given, is_single=True)
        day, month, year = (digits_read(given.one(f"{name}_{part}")).strip() for part in WHEN_PARTS)
        chosen = next(iter(self.checked.answers.get(name, [])), "")
        if not chosen and (day or month or year):
            chosen = "day" if day else "month"
            self.checked.answers[name] = [chosen]
        parts = {"day": (day, month, year), "month": ("", month, year)}.get(chosen)
        for part, value in zip(WHEN_PARTS, parts or (day, month, year), strict=True):
            self._keep(f"{name}_{part}", [value[:20]])
        if parts is None:
            for part in WHEN_PARTS:
                self.checked.answers.pop(f"{name}_{part}", None)
            return
        self._date(name, day if chosen == "day" else "1", month, year, is_day=chosen == "day")

    def _date(self, name: str, day: str, month: str, year: str, *, is_day: bool) -> None:
        first = f"{name}_day" if is_day else f"{name}_month"
        if not (day and month and year):
            self._correct(first, DAY_MISSING if is_day else MONTH_MISSING)
            return
        if not all(part.isdecimal() and len(part) <= 4 for part in (day, month, year)):
            self._correct(first, DATE_UNREAL)
            return
        if int(year) < EARLIEST_YEAR:
            self._correct(f"{name}_year", DATE_LONG_AGO, year=str(self.today.year))
            return
        try:
            told = date(int(year), int(month), int(day))
        except ValueError:
            self._correct(first, DATE_UNREAL)
            return
        if told > self.today:
            self._correct(first, DATE_FUTURE)
            return
        parts = {"day": str(told.day), "month": str(told.month), "year": str(told.year)}
        for part, value in parts.items():
            if is_day or part != "day":
                self.checked.answers[f"{name}_{part}"] = [value]

    def _follower(self, question: Question, leader: Question) -> None:
        answers = self.checked.answers
        text = next(iter(answers.get(question.code, [])), "")
        chosen = next(iter(answers.get(leader.code, [])), "")
        options = {option.code: option for option in leader.option}
        missing, unwanted = ABOUT.get(question.needs_key or "", OF_A_CONTACT)
        if chosen == leader.option[0].code:
            if text:
                self._correct(question.code, unwanted)
            return
        if text and not chosen:
            chosen = _likely(leader.option, text).code
            answers[leader.code] = [chosen]
        if chosen and not text:
            self._correct(question.code, missing)
        elif chosen in options and not _fits(question, options[chosen], text):
            self._correct(question.code, PHONE_UNREAL if options[chosen].shape == "phone" else EMAIL_UNREAL)


def _longest(step: Step, given: Given) -> str:
    texts = [question.code for question in step.question if question.is_text]
    return max(texts, key=lambda code: len(given.one(code)), default=step.question[0].code)


def _likely(options: tuple[Option, ...], text: str) -> Option:
    return next((option for option in options[1:] if option.shape and _has_shape(option, text)), options[-1])


def _fits(question: Question, option: Option, text: str) -> bool:
    """Say whether a text is what its option asks for; where a machine will write to it, exactly so."""
    address = address_of(option.code, text) if question.needs_key == NOTICE_KEY else None
    return address.goes_to is not None if address else _has_shape(option, text)


def _has_shape(option: Option, text: str) -> bool:
    if option.shape == "email":
        before, at, after = text.strip().partition("@")
        return bool(before and at and after) and " " not in text.strip()
    if option.shape == "phone":
        digits = [sign for sign in text if sign.isdecimal()]
        return len(digits) >= FEWEST_DIGITS and not any(sign.isalpha() for sign in text)
    return True
