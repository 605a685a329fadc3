"""Keys and numbers that are not right: told, pointed at, kept in their fields, and counted."""

import asyncio
import re
from collections.abc import Callable
from html import unescape

import pytest
from fastapi.testclient import TestClient

from intake_api.app import create_app
from office.clock import SetClock
from office.ids import ALPHABET, check_character
from office.languages import language
from office.sealing.receipts import doubtful_groups, new_key
from office.stores.mailbox import Throttle
from office.web.forms import OWN_SITE
from tests.intake_api.conftest import TAGS, Browser, Entrance, a_report, plain

NOBODY = "".join(reversed(ALPHABET[:8]))
NOBODY += check_character(NOBODY)
"""A well-formed number that nobody has."""


def typed_in(page: str, name: str) -> str:
    """What a field of the page holds."""
    found = re.search(rf'<input [^>]*name="{name}"[^>]*? value="([^"]*)"', page)
    assert found, page
    return unescape(found.group(1))


def with_another_digit(key: str, group: int) -> str:
    """The key with one digit changed so that its group, 1 to 6, is the first that is pointed at."""
    digits = key.replace(" ", "")
    for place in range(4 * group - 4, 4 * group):
        for digit in "0123456789":
            wrong = digits[:place] + digit + digits[place + 1 :]
            if doubtful_groups(wrong)[:1] == (group,):
                return wrong
    raise AssertionError("no digit of this group can be pointed at")


@pytest.mark.parametrize("tag", TAGS)
def test_a_typing_error_is_told_before_anything_is_tried_and_stays_to_be_mended(
    browser: Browser, entrance: Entrance, receipt: dict[str, str], tag: str
) -> None:
    key = receipt["key"]
    wrong = key[:-1] + str((int(key[-1]) + 1) % 10)
    refused = browser.post(f"/{tag}/return", {**receipt, "key": wrong})
    assert refused.status_code == 422
    assert 'href="#key"' in refused.text
    assert typed_in(refused.text, "case_number") == receipt["case_number"]
    assert typed_in(refused.text, "key") == wrong
    assert refused.headers["cache-control"] == "no-store"
    assert entrance.receipts[0].wrong_tries == 0
    assert browser.post(f"/{tag}/return", {}).text.count('href="#') >= 3


@pytest.mark.parametrize("tag", TAGS)
def test_the_group_that_is_probably_wrong_is_pointed_at(
    browser: Browser, receipt: dict[str, str], tag: str
) -> None:
    spoken = language(tag, "residents")
    wrong = with_another_digit(receipt["key"], 3)
    refused = browser.post(f"/{tag}/return", {**receipt, "key": wrong})
    groups = spoken.listed([spoken.number(one) for one in doubtful_groups(wrong)], "or")
    sentence = spoken.gettext(
        "Look first at group %(groups)s of the six, counted from the left.", groups=groups
    )
    assert sentence in plain(refused)
    marked = re.findall(r"<mark>(\d+)</mark>", refused.text)
    assert marked == [wrong[4 * one - 4 : 4 * one] for one in doubtful_groups(wrong)]


@pytest.mark.parametrize(
    "key", ["1234 567 9012 3456 7890 1254", "1234 5678 9O12 3456 7890 1254", "12", "x" * 3000]
)
def test_a_key_of_another_shape_comes_back_as_it_was_typed(
    browser: Browser, receipt: dict[str, str], key: str
) -> None:
    refused = browser.post("/es/return", {**receipt, "key": key})
    assert refused.status_code == 422
    assert typed_in(refused.text, "key") == key
    assert refused.text.count("<mark>") == (1 if len(key) in (28, 29) else 0)


@pytest.mark.parametrize("number", ["K4T7-2MPX-8", "K4T7", "nada", "<b>&"])
def test_a_mistyped_number_comes_back_with_the_key_beside_it(
    browser: Browser, receipt: dict[str, str], number: str
) -> None:
    refused = browser.post("/es/return", {**receipt, "case_number": number})
    assert refused.status_code == 422
    assert 'href="#case_number"' in refused.text and 'href="#key"' not in refused.text
    assert typed_in(refused.text, "case_number") == number
    assert typed_in(refused.text, "key") == receipt["key"]


def test_what_does_not_fit_together_comes_back_alike_whether_the_number_exists_or_not(
    browser: Browser, receipt: dict[str, str]
) -> None:
    key, pages = new_key(), []
    for number in (receipt["case_number"], NOBODY):
        refused = browser.post("/es/return", {"case_number": number, "key": key})
        assert refused.status_code == 422
        assert typed_in(refused.text, "key") == key
        assert typed_in(refused.text, "case_number") == number
        pages.append(refused.text.replace(number, ""))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)
def test_a_wrong_key_and_an_unknown_number_get_the_same_answer(
    browser: Browser, entrance: Entrance, receipt: dict[str, str], clock: SetClock
) -> None:
    for number in (receipt["case_number"], NOBODY):
        seen = []
        for _ in range(20):
            refused = browser.post("/en/return", {"case_number": number, "key": new_key()})
            seen.append(refused.status_code)
        assert seen[:5] == [422] * 5
        assert 429 in seen
    assert entrance.receipts[0].wrong_tries >= 5


@pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)
def test_a_stranger_with_the_number_shuts_nobody_out_and_learns_of_no_visit(
    visitor: Callable[[], Browser], entrance: Entrance, receipt: dict[str, str], clock: SetClock
) -> None:
    stranger, person = visitor(), visitor()
    seen: dict[str, list[int]] = {}
    for number in (receipt["case_number"], NOBODY):
        tried = [stranger.post("/en/return", {"case_number": number, "key": new_key()}) for _ in range(8)]
        if number != NOBODY:
            assert person.post("/en/return", receipt).status_code == 303
            message = {"message": "Are you there?"}
            sent = person.post("/en/return/message", message)
            assert sent.headers["location"].endswith("done=message")
        clock.move(seconds=70)
        again = [stranger.post("/en/return", {"case_number": number, "key": new_key()}) for _ in range(3)]
        seen[number] = [one.status_code for one in (*tried, *again)]
    assert 429 in seen[NOBODY]
    assert seen[NOBODY] == seen[receipt["case_number"]]


def test_a_program_cannot_tell_a_blocked_number_from_one_nobody_has(
    visitor: Callable[[], Browser], browser: Browser, receipt: dict[str, str]
) -> None:
    told = []
    for number in (receipt["case_number"].replace("-", ""), NOBODY):
        stranger = visitor()
        for _ in range(7):
            stranger.client.cookies.set("visit", f"{number}.{new_key()}")
            answer = stranger.get("/en/return/case", headers={"Accept": "application/json"})
        told.append((answer.status_code, answer.json(), answer.headers["retry-after"]))
    assert told[0] == told[1]
    assert told[0][0] == 429


@pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)
def test_a_number_nobody_has_costs_a_durable_commit_like_one_somebody_has(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    # A commit that changes nothing waits for no disk, and the answer comes sooner: a clock could tell.
    for _ in range(3):
        browser.post("/en/return", {"case_number": NOBODY, "key": new_key()})
    (row,) = entrance.all(Throttle)
    assert row.wrong_tries == 3
    assert NOBODY not in row.bucket


@pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)
def test_another_process_does_not_know_a_number_better_than_the_first(
    browser: Browser, entrance: Entrance, receipt: dict[str, str], clock: SetClock
) -> None:
    numbers = (receipt["case_number"], NOBODY)
    for number in numbers:
        for _ in range(7):
            browser.post("/en/return", {"case_number": number, "key": new_key()})
    again = create_app(entrance.door.settings, clock)
    with TestClient(again, follow_redirects=False, headers=OWN_SITE) as client:
        tries = [client.post("/en/return", data={"case_number": one, "key": new_key()}) for one in numbers]
    assert [one.status_code for one in tries] == [429, 429]


@pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)
def test_tries_are_forgotten_after_an_hour_alike_and_leave_nothing_behind(
    browser: Browser, entrance: Entrance, receipt: dict[str, str], clock: SetClock
) -> None:
    numbers = (receipt["case_number"], NOBODY)

    def tried(number: str, times: int) -> list[int]:
        given = [{"case_number": number, "key": new_key()} for _ in range(times)]
        return [browser.post("/en/return", one).status_code for one in given]

    for number in numbers:
        assert tried(number, 7)[-1] == 429
    clock.move(minutes=61)
    for number in numbers:
        assert tried(number, 5) == [422] * 5
    assert [entrance.receipts[0].wrong_tries, entrance.all(Throttle)[0].wrong_tries] == [5, 5]
    clock.move(minutes=62)
    assert asyncio.run(purged(entrance)) == 1
    assert entrance.all(Throttle) == []


async def purged(entrance: Entrance) -> int:
    return int(await entrance.door.returns.purge())


def test_wrong_keys_slow_their_own_case_alone(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    browser.post("/en/report/finish")
    other = a_report(browser)
    for _ in range(20):
        browser.post("/en/return", {**receipt, "key": new_key()})
    assert browser.post("/en/return", other).status_code == 303
