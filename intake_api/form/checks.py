"""Whether a form fits the office's lists, its languages and its promises: `python -m intake_api form check`.

Every problem is told, each in one sentence with its place, so that whoever changed the file mends it at once.
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from intake_api.form.answers import YES
from intake_api.form.questions import ASIDES, OWN_PAGES, Form, FormMeta, Question, Step, load_form
from office.errors import OfficeError
from office.languages.registry import tags_of
from office.vocabulary import LABEL_TAGS, NAMES, City, Vocabulary, load, words_in
from office.vocabulary.items import words_further

MOST_PAGES: Final = 8
MOST_QUESTIONS: Final = 10
CHOICES: Final = frozenset({"several", "one", "list"})
FORBIDDEN: Final = re.compile(
    r"\b(dni|nie|nif|tie|passports?|pasaportes?|passaports?|passeports?|passaport[eio]|pa[sș]apo(a)?rt\w*|"
    r"papeles|papers|papiers|papéis|permesso di soggiorno|permiso de (residencia|trabajo)|residence permit|"
    r"titre de séjour|visas?|visados?|visat|nacionalidad|nacionalitat|nationality|nationalité|cetățenia|"
    r"cittadinanza|nacionalidade|padrón|padró|empadronad[oa]|identity (card|number)|documento de identidad|"
    r"паспорт\w*|гражданств\w*|громадянств\w*)\b|"
    r"جواز السفر|جنسيتك|رقم الهوية|تصريح الإقامة|护照|国籍|居留证|پاسپورٹ|شہریت",
    re.IGNORECASE,
)
"""Words by which a question asks for papers or status, in the languages of the door; no office may ask so."""


class FormDoesNotFit(OfficeError):
    """The checker found problems."""

    code = "form_does_not_fit"
    sentence = "The form cannot be used as it is; see the problems above."


class Problem(NamedTuple):
    """One thing to mend, and where."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


def problems_in(path: Path, city: City) -> list[Problem]:
    """Return everything that is wrong with the form kept at `path`, for this city."""
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:  # not there, not UTF-8 or not TOML
        return [Problem(path.name, f"this is no TOML file that can be read ({error}).")]
    found: list[Problem] = []
    steps, asides = list(_steps(document, found)), list(_pages(document, "aside", found))
    found += _Checks(steps, asides, city).all()
    if not found:
        try:
            Form.model_validate(document)
        except ValidationError as error:
            found += [Problem(path.name, f"{one['msg']}.") for one in _told(error)]
    return list(dict.fromkeys(found))


def tell(path: Path, city: City) -> None:
    """Write every problem.

    Raises:
        FormDoesNotFit: there was at least one.
    """
    found = problems_in(path, city)
    for problem in found:
        sys.stdout.write(f"{problem}\n")
    sys.stdout.write(f"{len(found)} problems in {path.name}, for {city.code}\n")
    if found:
        raise FormDoesNotFit(problems=str(len(found)))


def _steps(document: Mapping[str, Any], found: list[Problem]) -> Iterator[Step]:
    """Give the steps that can be read, after looking at what stands beside them."""
    try:
        FormMeta.model_validate(document.get("meta", {}))
    except ValidationError as error:
        found += [Problem(f"meta.{_path(one)}", f"{one['msg']}.") for one in _told(error)]
    for key in sorted(document.keys() - {"meta", "step", "aside"}):
        found.append(Problem(key, "a form has only [meta], [[step]] and [[aside]]."))
    if not document.get("step"):
        found.append(Problem("step", "the form asks nothing: there is no [[step]]."))
    yield from _pages(document, "step", found)


def _pages(document: Mapping[str, Any], kind: str, found: list[Problem]) -> Iterator[Step]:
    """Give the pages that can be read; what cannot is a problem, and the rest is still looked at."""
    pages = document.get(kind, [])
    if not isinstance(pages, list):
        found.append(Problem(kind, f"these are no tables: write [[{kind}]]."))
        return
    for place, raw in enumerate(pages, 1):
        if not isinstance(raw, dict):
            found.append(Problem(f"{kind} {place}", "this is no table."))
            continue
        name = f"{kind} {raw.get('code', place)}"
        asked = []
        given = raw.get("question")
        for number, question in enumerate(given if isinstance(given, list) else (), 1):
            try:
                asked.append(Question.model_validate(question))
            except ValidationError as error:
                own = question.get("code", number) if isinstance(question, dict) else number
                found += [Problem(f"{name}, {own}, {_path(one)}", f"{one['msg']}.") for one in _told(error)]
        try:
            yield Step.model_validate({**raw, "question": asked})
        except ValidationError as error:
            found += [Problem(f"{name}, {_path(one)}", f"{one['msg']}.") for one in _told(error)]


def _told(error: ValidationError) -> list[Any]:
    return list(error.errors(include_input=False, include_url=False, include_context=False))


def _path(one: Mapping[str, Any]) -> str:
    return ".".join(str(part) for part in one["loc"])


@dataclass
class _Checks:
    steps: list[Step]
    asides: list[Step]
    city: City

    def all(self) -> Iterator[Problem]:
        shipped = load_form()
        pages = (*self.steps, *self.asides)
        self.questions = [(step, question) for step in pages for question in step.question]
        self.by_code = {question.code: question for _, question in self.questions}
        self.shipped = {
            question.code: question for page in (*shipped.step, *shipped.aside) for question in page.question
        }
        yield from self._form()
        for step in self.steps:
            yield from self._step(step)
        before: set[str] = set()
        for step, question in self.questions:
            place = f"step {step.code}, {question.code}"
            for what in (*self._question(question), *self._condition(question.asked_when, before)):
                yield Problem(place, what)
            before.add(question.code)
        for place, words in self._words():
            for what in self._languages(words):
                yield Problem(place, what)
            if not place.endswith(("hint", "intro", "note")) and (said := _forbidden(words.values())):
                yield Problem(place, f"no office may ask for papers or status: it says “{said}”.")

    def _form(self) -> Iterator[Problem]:
        if len(self.steps) > MOST_PAGES:
            yield Problem("form", f"it has {len(self.steps)} pages; at most {MOST_PAGES} may be asked.")
        if self.steps and not any(step.needs_one_of for step in self.steps):
            yield Problem("form", "no step has needs_one_of, so an empty report could be sent.")
        asides = [page.code for page in self.asides]
        for code in sorted(ASIDES.symmetric_difference(asides)):
            what = (
                "there is no such page of ours"
                if code in asides
                else "it is missing, and other pages lead to it"
            )
            yield Problem(f"aside {code}", f"{what}: [[aside]] are {' and '.join(sorted(ASIDES))}.")
        for kind, codes in (
            ("step", [step.code for step in self.steps]),
            ("question", [question.code for _, question in self.questions]),
        ):
            for code in sorted({code for code in codes if codes.count(code) > 1}):
                yield Problem(f"{kind} {code}", "this code is used twice.")

    def _step(self, step: Step) -> Iterator[Problem]:
        place = f"step {step.code}"
        if step.code in OWN_PAGES:
            yield Problem(place, "this is the name of a page of ours; choose another.")
        if not re.fullmatch(r"[a-z][a-z0-9-]{0,30}", step.code):
            yield Problem(place, "a step is named in small letters, digits and hyphens: it is an address.")
        here = {question.code for question in step.question}
        whole = [one for one in step.question if not (one.follows or here.intersection(one.asked_when))]
        if len(whole) > MOST_QUESTIONS:
            yield Problem(place, f"it asks {len(whole)} questions; at most {MOST_QUESTIONS} fit on a page.")
        for code in step.needs_one_of:
            if code not in here:
                yield Problem(place, f"it needs one of {code}, which it does not ask.")
        for note in step.note:
            asked_before = {one.code for one in self._before(step)}
            for what in self._condition(note.when, asked_before):
                yield Problem(f"{place}, note", what)

    def _before(self, step: Step) -> Iterator[Question]:
        for other in self.steps[: self.steps.index(step)]:
            yield from other.question

    def _question(self, question: Question) -> Iterator[str]:
        known = self.shipped.get(question.code)
        if known is None:
            yield "a report has no place for this answer, so it would be lost."
        elif not _is_alike(known, question):
            yield f"it must be of the kind {known.kind}, not {question.kind}."
        if question.follows is not None and question.follows not in self.by_code:
            yield f"it follows {question.follows}, which is not asked."
        codes = [option.code for option in question.option]
        if len(codes) != len(set(codes)):
            yield "an option's code is used twice."
        listed = self._list(question)
        if question.vocabulary is not None and listed is None:
            yield f"the office has no list {question.vocabulary}."
        if question.kind in CHOICES and not (codes or listed):
            yield "it offers nothing to choose from."
        if listed is not None:
            named = [*question.only, *(code for section in question.section for code in section.codes)]
            for code in dict.fromkeys(code for code in named if code not in listed):
                yield f"the list {listed.name} has no code {code}."
            if question.section:
                yield from _left_out(question, listed)
        if question.alone is not None and question.alone not in self._offered(question):
            yield f"alone names {question.alone}, which is not offered."

    def _condition(self, condition: Mapping[str, Iterable[str]], before: set[str]) -> Iterator[str]:
        for code, answers in condition.items():
            if code not in before:
                yield f"it waits for {code}, which is not asked before it, so it is never asked."
                continue
            offered = self._offered(self.by_code[code])
            for answer in answers:
                if answer not in offered:
                    yield f"it waits for {code} to be {answer}, which is not offered there."

    def _list(self, question: Question) -> Vocabulary | None:
        return load(question.vocabulary, self.city) if question.vocabulary in NAMES else None

    def _offered(self, question: Question) -> frozenset[str]:
        if question.kind in ("tick", "consent"):
            return frozenset({YES})
        listed = self._list(question)
        codes = {item.code for item in listed if item.is_offered} if listed else set()
        if question.only:
            codes &= set(question.only)
        return frozenset(codes | {option.code for option in question.option})

    def _words(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        for step in (*self.steps, *self.asides):
            place = f"step {step.code}"
            told = [("title", step.title), ("intro", step.intro), *(("note", one.says) for one in step.note)]
            yield from ((f"{place}, {part}", words) for part, words in told if words)
            for question in step.question:
                own = f"{place}, {question.code}"
                parts = [("label", question.label), ("heading", question.heading), ("hint", question.hint)]
                parts += [(f"option {one.code}", one.label) for one in question.option]
                parts += [("section", one.title) for one in question.section]
                yield from ((f"{own}, {part}", words) for part, words in parts if words)

    def _languages(self, words: Mapping[str, str]) -> Iterator[str]:
        known = {*LABEL_TAGS, *tags_of("data")}
        for tag in words.keys() - known:
            yield f"{tag} is no language of the pages."
        for tag in sorted({*LABEL_TAGS, *(tag for tag in self.city.languages.residents if tag in known)}):
            if not (words.get(tag, "").strip() or (tag not in LABEL_TAGS and words_further(words, tag))):
                yield f"the words are missing in {tag}: “{words_in(words, 'es')[:60]}”."


def _is_alike(known: Question, question: Question) -> bool:
    kinds = {known.kind, question.kind}
    return len(kinds) == 1 or kinds <= CHOICES or (known.is_text and question.is_text)


def _left_out(question: Question, listed: Vocabulary) -> Iterator[str]:
    shown = {code for section in question.section for code in section.codes}
    for item in listed:
        if item.is_offered and item.code not in shown and (not question.only or item.code in question.only):
            yield f"the code {item.code} is under no section, so nobody can choose it."


def _forbidden(texts: Iterable[str]) -> str:
    return next((found.group(0) for text in texts if (found := FORBIDDEN.search(text))), "")
