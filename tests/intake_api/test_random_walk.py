"""People who answer anything, go back and forth, change language, save, go on elsewhere and send twice.

The walker knows no question: it reads each page's form as a browser does and fills in what is there, so a
new step or a new kind of question is walked without a change here. What was accepted must stand on the page
again, in every language, on every device with the code, and in the sealed report.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape
from random import Random
from typing import Any

import pytest
from httpx2 import Response
from hypothesis import HealthCheck, Phase, given, note, seed
from hypothesis import settings as tried
from hypothesis import strategies as st

from intake_api.bodies import cleaned
from intake_api.form.conditions import heard
from tests.intake_api.conftest import TAGS, Browser, Entrance, receipt_in
from tests.support.pages_read import FormRead, form_of

SEED = 20221115
SOME = tried(
    max_examples=14,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
MANY = tried(SOME, max_examples=1_000)
STEPS = 40
NASTY = (
    "\u202eright to left\u202c and \u200fback\u200e",
    "لا أعرف «señal» & <b>fett</b> \"quotes\" 'and' `more`",
    "👩🏽‍🦽‍➡️ family 👨‍👩‍👧‍👦 flag 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "é e\u0301 ﬁ ß İ ı ǆ \ufeff\u00ad\u2060",
    "two\r\nlines\n\n\n  and spaces\t.",
    "</textarea><script>alert(1)</script>{{ 7*7 }}{% raw %}%(many)s %s",
    "a\u2028b\u2029c",
    "ʼ ٣٤٥ ۳۴ 一二三 ",
    "'; DROP TABLE draft; --",
    "x" * 299,
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𠜎𠜱",
    "NIE X1234567L",
    "soy X1234567L",
    "a\x00b\x08c",
    "\x85\x9f",
    "long " * 5_000,
)
USUAL = ("ana@example.org", "+34 612 345 678", "under the stairs", "")
DATES = ("", "1", "2", "11", "31", "2026", "2025", "1899", "٣", "0", "x", "99999")
PLANES = ((0x20, 0x7F), (0xA0, 0x2FF), (0x370, 0x6FF), (0x900, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x1FFFF))


def squeezed(text: str) -> str:
    return " ".join(text.split())


class Walk:
    """One person with a browser, and sometimes another one.

    Attributes:
        kept: what each step's page showed after its answers were accepted.
        done: how often what was worth walking for happened, in all walks.
    """

    def __init__(
        self, entrance: Entrance, visitor: Callable[[], Browser], random: Random, done: Counter[str]
    ) -> None:
        self.entrance, self.visitor, self.random, self.done = entrance, visitor, random, done
        self.steps = [step.code for step in self.entrance.door.form.step]
        self.texts = {question.code for question in self.entrance.door.form.texts}
        self.browser = self.visitor()
        self.kept: dict[str, dict[str, list[str]]] = {}
        self.code = ""
        self.sent = len(self.entrance.envelopes)

    def wander(self, steps: int) -> None:
        """Do this and that, answering more often than anything else."""
        acts = {
            self.answer: 10,
            self.look_back: 3,
            self.change_language: 1,
            self.check: 2,
            self.save: 1,
            self.go_on_elsewhere: 2,
        }
        for _ in range(steps):
            (act,) = self.random.choices(list(acts), list(acts.values()))
            act()
        self.check()
        self.send_twice()

    def tag(self) -> str:
        return self.random.choice(TAGS)

    def text(self) -> str:
        low, high = self.random.choice(PLANES)
        strange = "".join(chr(self.random.randint(low, high)) for _ in range(self.random.randint(1, 60)))
        return self.random.choice([strange, self.random.choice(NASTY), self.random.choice(USUAL)])

    def get(self, path: str) -> Response:
        answer = self.browser.get(path)
        assert answer.status_code < 500, (path, answer.status_code)
        return answer

    def shown(self, step: str, tag: str) -> FormRead | None:
        """The form of a step, or None if it is not asked now."""
        page = self.get(f"/{tag}/report/{step}")
        if page.status_code != 200:
            assert page.status_code == 303, (step, page.status_code)
            return None
        form = form_of(page.text, f"/report/{step}")
        assert form is not None, step
        return form

    def drawn(self, form: FormRead) -> dict[str, list[str]]:
        """Something for each field of a form."""
        given: dict[str, list[str]] = {}
        for name, one in form.fields.items():
            if one.hidden:
                continue
            if one.is_text:
                given[name] = [self.random.choice(DATES) if one.numeric else self.text()]
            elif one.kind == "checkbox":
                given[name] = self.random.sample(
                    one.choices, self.random.randint(0, min(4, len(one.choices)))
                )
            elif one.choices:
                given[name] = [self.random.choice(["", *one.choices])]
        return {name: some for name, values in given.items() if (some := [one for one in values if one])}

    def answer(self) -> None:
        tag = self.tag()
        first = next((step for step in self.steps if step not in self.kept), self.steps[0])
        step = self.random.choice([first, self.random.choice(self.steps)])
        form = self.shown(step, tag)
        if form is None:
            return
        given: dict[str, Any] = self.drawn(form)
        if self.random.random() < 0.3:
            given["then"] = "check"
        note(f"{step} in {tag}: {given}")
        choice, drawn = "keep", self.random.choice(["remove", "keep"])
        answered = self.browser.answer(step, given, tag)
        if 'name="numbers"' in answered.text:
            again = form_of(answered.text, f"/report/{step}")
            assert again is not None
            self.assert_typed_is_back(again, given)
            self.done["numbers"] += 1
            choice = drawn  # a number that was left in before is not asked about again
            answered = self.browser.answer(step, {**given, "numbers": choice}, tag)
        assert answered.status_code in (303, 413, 422), (step, given, answered.status_code)
        if answered.status_code == 303:
            self.assert_accepted(step, tag, given, choice)
            return
        again = form_of(answered.text, f"/report/{step}")
        assert again is not None
        self.assert_typed_is_back(again, given)
        self.done["corrected"] += 1

    def change_language(self) -> None:
        step = self.random.choice(self.steps)
        form = self.shown(step, self.tag())
        if form is None:
            return
        given = self.drawn(form)
        page = self.browser.answer(step, {**given, "stay": "yes"}, self.tag())
        again = form_of(page.text, f"/report/{step}")
        assert page.status_code == 200 and again is not None
        self.assert_typed_is_back(again, given)
        self.done["changed language"] += 1

    def assert_typed_is_back(self, form: FormRead, given: dict[str, Any]) -> None:
        """After a correction everything that could be read stands there again."""
        state = form.state()
        for name, values in given.items():
            for value in values if name not in ("then", "purpose") else ():
                text = squeezed(cleaned(value)[0])
                back = [squeezed(one) for one in state.get(name, [])]
                assert not text or text[:200] in "\n".join(back), (name, value[:80], back)

    def assert_accepted(self, step: str, tag: str, given: dict[str, Any], choice: str) -> None:
        form = self.shown(step, tag)
        assert form is not None, step
        state = form.state()
        for name in self.texts & given.keys():
            (value,) = given[name]
            if "X1234567L" in value and choice == "remove":
                value = value.replace("X1234567L", "[…]")
            assert squeezed(value) == squeezed("\n".join(state.get(name, []))), name
        self.kept[step] = state
        self.done["accepted"] += 1

    def look_back(self) -> None:
        step = self.random.choice(self.steps)
        form = self.shown(step, self.tag())
        if form is not None:
            self.assert_remembered(form, step)

    def check(self) -> None:
        tag = self.tag()
        page = self.get(f"/{tag}/report/check")
        if not self.kept:
            assert page.status_code == 303
            return
        words = squeezed(unescape(page.text))
        for state in self.kept.values():
            for name in self.texts & state.keys() & self.heard().keys():
                assert squeezed(state[name][0]) in words, name
        changes = sorted(set(re.findall(r'href="([^"#]+\?then=check)', page.text)))
        assert changes
        link = self.random.choice(changes)
        step = link.partition("?")[0].rpartition("/")[2]
        form = form_of(self.get(link).text, f"/report/{step}")
        assert form is not None
        if step in self.steps:  # what stands beside the steps is not answered here
            self.assert_remembered(form, step)
        assert form.fields["then"].values == ["check"]

    def save(self) -> None:
        if not self.kept:
            return
        tag = self.tag()
        saved = self.browser.post(f"/{tag}/report/save")
        assert saved.status_code == 303
        page = self.get(saved.headers["location"])
        assert page.status_code == 200
        found = re.search(r'id="code">(.*?)</bdi>', page.text, re.DOTALL)
        assert found is not None
        self.code = "".join(re.findall(r"\d", found.group(1)))
        assert len(self.code) == 24

    def go_on_elsewhere(self) -> None:
        if not self.code:
            return
        tag = self.tag()
        if self.random.random() < 0.5:
            assert self.browser.post(f"/{tag}/report/close").status_code == 303
        else:
            self.browser = self.visitor()
        opened = self.browser.post(f"/{tag}/report/continue", {"code": self.code})
        assert opened.status_code == 303, opened.status_code
        self.done["went on elsewhere"] += 1
        assert self.get(opened.headers["location"]).status_code == 200

    def send_twice(self) -> None:
        tag, again = self.tag(), self.tag()
        self.get(f"/{tag}/report/check")
        first = self.browser.post(f"/{tag}/report/send")
        second = self.browser.post(f"/{again}/report/send")
        assert {first.status_code, second.status_code} <= {303, 422}
        page = self.get(f"/{again}/report/receipt")
        if page.status_code != 200 or not self.kept:
            assert len(self.entrance.envelopes) == self.sent, "sent, and no receipt shown"
            return
        if 'id="key"' not in page.text:
            return
        self.sent += 1
        number, key = receipt_in(page.text)
        assert self.sent == len(self.entrance.envelopes), "one report for one sending, however often pressed"
        self.assert_sealed(number.replace("-", ""))
        self.assert_receipt_opens(number, key, tag)
        self.done["sent"] += 1
        self.browser.post(f"/{tag}/report/finish")
        if self.code:
            gone = self.visitor().post(f"/{tag}/report/continue", {"code": self.code})
            assert gone.status_code == 422, "a code opens nothing once its report is sent"
        self.browser, self.kept, self.code = self.visitor(), {}, ""

    def heard(self) -> dict[str, list[str]]:
        """What was answered, without what the form's own conditions leave unasked."""
        answers = {name: values for state in self.kept.values() for name, values in state.items()}
        return heard(self.entrance.door.form, answers)

    def assert_remembered(self, form: FormRead, step: str) -> None:
        """A page shows what it was answered: all that is still asked, and nothing that was not said."""
        asked, state, kept = self.heard(), form.state(), self.kept.get(step, {})
        assert all(state.get(name) == values for name, values in kept.items() if name in asked), step
        assert all(kept.get(name) == values for name, values in state.items()), step

    def assert_sealed(self, number: str) -> None:
        """Everything that was accepted is in the report that the office's keys open."""
        (envelope,) = (one for one in self.entrance.envelopes if one.case_number == number)
        told = set(strings_in(self.entrance.story(envelope).model_dump(mode="json")))
        if envelope.sealed_contact is not None:
            told |= set(strings_in(self.entrance.contact(envelope).model_dump(mode="json")))
        asked = self.heard()
        for step in self.entrance.door.form.step:
            state = self.kept.get(step.code, {})
            for question in step.question:
                if question.code in asked and (question.is_text or question.vocabulary):
                    # an option of the form itself ("I don't know", "another language") says nothing
                    own = {option.code for option in question.option}
                    missing = {squeezed(value) for value in state.get(question.code, [])} - told - own
                    assert not missing, question.code

    def assert_receipt_opens(self, number: str, key: str, tag: str) -> None:
        elsewhere = self.visitor()
        opened = elsewhere.post(f"/{tag}/return", {"case_number": number, "key": key})
        assert opened.status_code == 303, opened.status_code
        assert elsewhere.get(opened.headers["location"]).status_code == 200


def strings_in(told: Any) -> Iterator[str]:
    """Every text in a report, with its white space as one blank."""
    if isinstance(told, str):
        yield squeezed(told)
    elif isinstance(told, dict):
        for value in told.values():
            yield from strings_in(value)
    elif isinstance(told, list | tuple):
        for value in told:
            yield from strings_in(value)


def walks(entrance: Entrance, visitor: Callable[[], Browser], how: tried) -> None:
    done: Counter[str] = Counter()

    @seed(SEED)
    @how
    @given(st.randoms(use_true_random=True))
    def one(random: Random) -> None:
        Walk(entrance, visitor, random, done).wander(STEPS)

    one()
    print(dict(done))
    for what in ("accepted", "corrected", "changed language", "numbers", "went on elsewhere", "sent"):
        assert done[what] >= how.max_examples / 10, (what, done)


@pytest.fixture(scope="session")
def settings() -> dict[str, Any]:
    return {"posts_per_second": 0}


def test_whoever_wanders_through_the_form_loses_nothing(
    entrance: Entrance, visitor: Callable[[], Browser]
) -> None:
    walks(entrance, visitor, SOME)


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)
def test_a_thousand_wander_through_the_form_and_lose_nothing(
    entrance: Entrance, visitor: Callable[[], Browser]
) -> None:
    walks(entrance, visitor, MANY)
