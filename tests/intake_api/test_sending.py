"""Nothing lost, nothing half-kept: sending once, twice, at once, without a store, without keys."""

import asyncio
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from intake_api import sending, submission
from intake_api.drafts.keeping import Drafts
from intake_api.letter_statements import RECEIPT_COLUMNS, WITH_NOTICE
from intake_api.letterbox import Desk, Letterbox
from office.sealing.receipts import checked, derive, proof_hash
from office.stores.mailbox import Envelope, Receipt
from tests.intake_api.conftest import TAGS, Browser, Entrance, Filled

SHORT: Filled = {"what": {"what_happened": "one thing", "act_codes": "insult"}}


def test_the_statements_name_every_column_of_the_mailbox() -> None:
    assert set(WITH_NOTICE) == set(Envelope.model_fields)
    left_empty = {"case_public_key", "case_key_version", "blocked_until"}
    assert set(RECEIPT_COLUMNS) | left_empty == set(Receipt.model_fields)


@pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)
def test_sending_twice_is_one_report_and_one_receipt(browser: Browser, entrance: Entrance) -> None:
    browser.fill_in(SHORT)
    browser.send()
    first = browser.receipt()
    browser.send()
    assert browser.receipt() == first
    assert len(entrance.envelopes) == len(entrance.receipts) == 1


def test_a_page_fetched_ahead_closes_no_receipt_and_a_page_asked_for_does(browser: Browser) -> None:
    browser.fill_in({"what": {"act_codes": "insult"}})
    browser.send()
    browser.get("/en/", headers={"Sec-Purpose": "prefetch"})
    assert browser.receipt()
    browser.get("/en/")
    assert 'id="key"' not in browser.get("/en/report/receipt").text


def test_a_double_click_is_one_report(browser: Browser, entrance: Entrance) -> None:
    browser.fill_in(SHORT)
    browser.get("/en/report/check")
    with ThreadPoolExecutor(4) as clicks:
        answers = list(clicks.map(lambda _: browser.post("/en/report/send"), range(4)))
    assert {answer.status_code for answer in answers} == {303}
    assert len(entrance.envelopes) == 1


def test_a_lost_answer_after_the_commit_leaves_the_same_receipt_and_no_second_report(
    browser: Browser, entrance: Entrance, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.fill_in(SHORT)
    browser.get("/en/report/check")
    keep = entrance.door.letterbox.keep

    class Lost(Exception):
        pass

    async def kept_and_lost(work: Callable[[Desk], Any]) -> Any:
        result = await keep(work)
        if entrance.envelopes:
            raise Lost  # the process dies here: committed, and nobody was told
        return result

    monkeypatch.setattr(entrance.door.letterbox, "keep", kept_and_lost)
    browser.client.post("/en/report/send")
    monkeypatch.undo()

    browser.send()
    _, key = browser.receipt()
    (receipt,) = entrance.receipts
    assert len(entrance.envelopes) == 1
    assert proof_hash(derive(checked(key), receipt.salt).proof) == receipt.proof_hash


@pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)
def test_a_failure_inside_the_commit_keeps_nothing_of_it(
    browser: Browser, entrance: Entrance, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.fill_in(SHORT)
    change = Desk.change

    def fails_at_the_envelope(self: Desk, statement: str, values: Any) -> int:
        if statement.startswith("INSERT INTO envelope"):
            raise RuntimeError("cut")
        return change(self, statement, values)

    monkeypatch.setattr(Desk, "change", fails_at_the_envelope)
    assert browser.send().status_code == 500
    monkeypatch.undo()
    assert entrance.receipts == [] and entrance.envelopes == []
    browser.send()
    assert browser.receipt()
    assert len(entrance.receipts) == len(entrance.envelopes) == 1


def test_an_answer_changed_while_it_is_sent_is_in_the_report(
    browser: Browser, entrance: Entrance, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.fill_in(SHORT)
    inserting = submission.inserting
    other: list[int] = []

    def with_another_window(*given: Any) -> Any:
        if not other:
            other.append(1)
            with ThreadPoolExecutor(1) as window:
                more = {"ground_codes": "disability"}
                window.submit(lambda: entrance_change(entrance, browser, more)).result()
        return inserting(*given)

    monkeypatch.setattr(sending, "inserting", with_another_window)
    browser.send()
    (envelope,) = entrance.envelopes
    assert entrance.story(envelope).ground_codes == ("disability",)


def entrance_change(entrance: Entrance, browser: Browser, more: dict[str, str]) -> None:
    """Change one step of the same draft from another thread, as another window would."""

    async def change() -> None:
        letterbox = Letterbox(entrance.engine, None)
        letterbox.open()
        drafts = Drafts(letterbox, entrance.clock, entrance.door.city.zone, days=7, diary_days=365)
        kept = await drafts.find(browser.client.cookies["draft"])
        assert kept is not None
        await drafts.change(
            kept, lambda draft: draft.with_answers("why", {name: [value] for name, value in more.items()})
        )
        for _ in letterbox.workers:
            letterbox.waiting.put(None)

    asyncio.run(change())


@pytest.mark.parametrize("tag", TAGS)
def test_without_an_active_key_the_form_refuses_kindly_and_keeps_nothing(
    browser: Browser, entrance: Entrance, tag: str
) -> None:
    entrance.publish_keys("story", "contact", "statistics")
    start = browser.get(f"/{tag}/")
    assert start.status_code == 200 and f'href="/{tag}/report/what"' not in start.text
    refused = browser.answer("what", {"what_happened": "words to keep"}, tag)
    assert refused.status_code == 503
    assert "words to keep" in refused.text
    assert 'href="tel:' in refused.text
    assert entrance.drafts == [] and entrance.envelopes == []
    assert browser.get("/readyz").status_code == 503


def test_keys_withdrawn_before_sending_leave_the_draft_and_no_report(
    browser: Browser, entrance: Entrance
) -> None:
    browser.fill_in(SHORT)
    entrance.publish_keys()
    refused = browser.send()
    assert refused.status_code == 503 and 'action="/en/report/send"' in refused.text
    assert entrance.envelopes == []
    entrance.publish_keys("story", "story-apart", "contact", "statistics")
    assert browser.send().status_code == 303
    assert browser.receipt()


def test_a_mailbox_that_is_gone_keeps_what_was_typed_on_the_page(
    browser: Browser, entrance: Entrance, tmp_path: Path
) -> None:
    browser.answer("what", {"act_codes": "insult"})
    file = tmp_path / "mailbox.sqlite"
    entrance.engine.dispose()
    for one in tmp_path.glob("mailbox.sqlite*"):
        shutil.move(one, tmp_path / f"away-{one.name}")
    refused = browser.answer("why", {"ground_text": "words to keep", "ground_codes": "disability"}, "fr")
    assert refused.status_code == 503
    assert "words to keep" in refused.text and 'value="disability" checked' in refused.text
    assert browser.send("fr").status_code == 503
    for one in tmp_path.glob("away-*"):
        shutil.move(one, tmp_path / one.name.removeprefix("away-"))
    assert file.exists()
    assert browser.answer("why", {"ground_text": "words to keep"}, "fr").status_code == 303
    assert browser.send("fr").status_code == 303
    assert len(entrance.envelopes) == 1


def test_the_sealed_story_names_the_key_of_its_receipt_so_that_no_carrier_can_change_it(
    entrance: Entrance, receipt: dict[str, str]
) -> None:
    (envelope,) = entrance.envelopes
    (kept,) = entrance.receipts
    assert entrance.story(envelope).receipt_key == kept.reporter_public_key.hex()
