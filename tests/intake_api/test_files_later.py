"""Files with a message, voice notes, and files of programs."""

import hashlib
import io
import json
import wave
from typing import Any

import numpy as np
import pytest

from intake_api.files import errors as file_errors
from office.handover.report import Message
from office.ids import checked_case_number
from office.sealing.boxes import unseal
from office.stores.mailbox import Draft, Upload, UploadPiece
from tests.intake_api import files
from tests.intake_api.conftest import Browser, Entrance, a_report
from tests.intake_api.files import add, chosen, opened


def come_back(browser: Browser, receipt: dict[str, str]) -> None:
    assert browser.post("/en/return", receipt).status_code == 303


def message_in(entrance: Entrance) -> Message:
    (envelope,) = (one for one in entrance.envelopes if one.kind == "message")
    key = entrance.private[envelope.key_name.rpartition(".")[0]]
    return Message.model_validate_json(
        unseal(envelope.sealed_story, key, about=f"message/{envelope.case_number}")
    )


def test_a_photo_goes_with_a_message_without_words(
    entrance: Entrance, browser: Browser, receipt: dict[str, str]
) -> None:
    come_back(browser, receipt)
    sent = browser.client.post("/en/return/files", data={"go": "on"}, files=chosen(("a.jpg", files.photo())))
    assert (sent.status_code, sent.headers["location"]) == (303, "/en/return/case")
    assert "a.jpg" in browser.get("/en/return/case").text
    assert browser.post("/en/return/message", {"message": ""}).status_code == 303

    told = message_in(entrance)
    pieces = entrance.all(UploadPiece)
    assert (told.text, [one.name for one in told.files]) == ("", ["a.jpg"])
    assert opened(told.files[0], pieces) == files.photo()
    assert {one.case_number for one in entrance.all(Upload)} == {checked_case_number(receipt["case_number"])}
    assert "a.jpg" not in browser.get("/en/return/case").text


def test_files_that_wait_for_a_message_are_there_on_another_day_and_for_nobody_else(
    entrance: Entrance, visitor: Any, browser: Browser, receipt: dict[str, str]
) -> None:
    come_back(browser, receipt)
    browser.client.post("/en/return/files", data={"go": "on"}, files=chosen(("a.jpg", files.photo())))
    browser.post("/en/return/leave")
    other = visitor()
    mine = a_report(other)
    come_back(other, mine)
    assert "a.jpg" not in other.get("/en/return/files").text
    entrance.clock.move(days=1)
    later = visitor()
    come_back(later, receipt)
    assert "a.jpg" in later.get("/en/return/files").text


def test_without_a_receipt_nobody_adds_a_file_to_a_message(entrance: Entrance, browser: Browser) -> None:
    sent = browser.client.post("/en/return/files", files=chosen(("a.jpg", files.photo())))
    assert (sent.status_code, sent.headers["location"]) == (303, "/en/return")
    assert entrance.all(UploadPiece) == []


def test_a_message_whose_files_are_gone_is_told_and_not_half_sent(
    entrance: Entrance, browser: Browser, receipt: dict[str, str]
) -> None:
    come_back(browser, receipt)
    browser.client.post("/en/return/files", data={"go": "on"}, files=chosen(("a.jpg", files.photo())))
    with entrance.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM upload_piece")
    answer = browser.post("/en/return/message", {"message": "here it is"})
    assert answer.status_code == 422
    assert file_errors.FilesGone.sentence in answer.text and "here it is" in answer.text
    assert [one.kind for one in entrance.envelopes] == ["report"]
    assert browser.post("/en/return/message", {"message": "here it is"}).status_code == 303


def test_a_voice_note_says_what_happened(entrance: Entrance, browser: Browser) -> None:
    asked = browser.answer("what", {"what_happened": "", "aside": "voice"})
    assert (asked.status_code, asked.headers["location"]) == (303, "/en/report/voice?then=what")
    add(browser, ("said.wav", files.voice()), page="voice", then="what", alter="no")
    browser.fill_in({})
    browser.send()
    story = entrance.story(entrance.envelopes[0])
    assert (story.what_happened, story.act_codes) == ("", ())
    assert (story.files[0].purpose, story.files[0].is_voice_altered) == ("voice", False)
    assert opened(story.files[0], entrance.all(UploadPiece)) == files.voice()


def test_without_words_ticks_or_voice_nothing_is_sent(entrance: Entrance, browser: Browser) -> None:
    browser.answer("what", {"aside": "voice"})
    assert browser.answer("what", {}).status_code == 422
    browser.send()
    assert entrance.envelopes == []


def loudest_tone(sound: bytes) -> float:
    with wave.open(io.BytesIO(sound)) as told:
        assert (told.getnchannels(), told.getsampwidth()) == (1, 2)
        samples = np.frombuffer(told.readframes(told.getnframes()), "<i2").astype(float)
        rate = told.getframerate()
    middle = samples[len(samples) // 4 : 3 * len(samples) // 4]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    return float(spectrum.argmax() * rate / len(middle))


def test_of_an_altered_voice_only_the_altered_one_is_kept(entrance: Entrance, browser: Browser) -> None:
    true = files.voice(4, rate=44_100, pitch=200)
    browser.answer("what", {"aside": "voice"})
    assert add(browser, ("me.wav", true), page="voice", alter="yes").status_code == 303
    browser.send()
    (sent,) = entrance.story(entrance.envelopes[0]).files
    kept = opened(sent, entrance.all(UploadPiece))
    assert sent.is_voice_altered and len(entrance.all(UploadPiece)) == sent.pieces
    assert sent.sha256 == hashlib.sha256(kept).hexdigest() != hashlib.sha256(true).hexdigest()
    heard = loudest_tone(kept)
    assert abs(heard - 200) > 20, heard
    with wave.open(io.BytesIO(kept)) as told:
        assert abs(told.getnframes() / told.getframerate() - 4) < 0.5


def test_a_voice_that_cannot_be_altered_is_not_kept_and_that_is_said(
    entrance: Entrance, browser: Browser
) -> None:
    answer = add(browser, ("me.ogg", files.ogg()), page="voice", alter="yes")
    assert answer.status_code == 422
    assert file_errors.VoiceNotAltered.sentence in answer.text
    assert entrance.all(UploadPiece) == []


def test_a_photo_is_no_voice_note(entrance: Entrance, browser: Browser) -> None:
    for alter in ("no", "yes"):
        answer = add(browser, ("me.jpg", files.photo()), page="voice", alter=alter)
        assert file_errors.NoSound.sentence in answer.text
    assert entrance.all(UploadPiece) == []


def test_a_mandate_is_told_apart(entrance: Entrance, browser: Browser) -> None:
    browser.answer("what", {"act_codes": "insult"})
    add(browser, ("m.pdf", files.pdf()), purpose="mandate")
    browser.send()
    assert entrance.story(entrance.envelopes[0]).files[0].purpose == "mandate"


def put(browser: Browser, content: bytes) -> Any:
    return browser.client.post(
        "/api/v1/files", content=content, headers={"content-type": "application/octet-stream"}
    )


def report(browser: Browser, body: dict[str, Any], key: str = "") -> Any:
    headers = {"content-type": "application/json", **({"Idempotency-Key": key} if key else {})}
    return browser.client.post("/api/v1/reports", content=json.dumps(body), headers=headers)


def test_a_program_sends_files_and_names_them_in_its_report(entrance: Entrance, browser: Browser) -> None:
    picture, note = put(browser, files.noisy_photo(700)), put(browser, files.voice())
    assert (picture.status_code, note.status_code) == (201, 201)
    assert picture.json()["media_type"] == "image/png"
    named = [
        {"file": picture.json()["file"], "name": "door.png"},
        {"file": note.json()["file"], "name": "said.wav", "purpose": "voice"},
    ]
    body = {"files": named, "links": ["example.org/hate"]}
    key = "a-random-key-of-thirty-characters"
    first, again = report(browser, body, key), report(browser, body, key)
    assert (first.status_code, again.status_code) == (201, 201), first.text
    assert first.json()["case_number"] == again.json()["case_number"]
    (envelope,) = entrance.envelopes
    story = entrance.story(envelope)
    assert [(one.name, one.purpose) for one in story.files] == [
        ("door.png", "evidence"),
        ("said.wav", "voice"),
    ]
    assert opened(story.files[0], entrance.all(UploadPiece)) == files.noisy_photo(700)
    assert {one.case_number for one in entrance.all(Upload)} == {envelope.case_number}
    assert [one.address for one in story.links] == ["example.org/hate"]
    assert entrance.all(Draft) == []


def test_a_program_is_told_what_is_wrong_with_a_file(entrance: Entrance, browser: Browser) -> None:
    assert put(browser, b"").json()["type"] == "/problems/file_empty"
    assert put(browser, b"MZ\x90\x00").json()["type"] == "/problems/file_kind_unknown"
    assert put(browser, b"a" * (40 * 1024 * 1024 + 1)).status_code == 413
    assert (entrance.all(UploadPiece), entrance.all(Draft)) == ([], [])
    refused = report(browser, {"act_codes": ["insult"], "files": [{"file": "no-such-word-at-all-here"}]})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/files/0/file")
    one = put(browser, files.photo()).json()["file"]
    twice = report(browser, {"act_codes": ["insult"], "files": [{"file": one}, {"file": one}]})
    assert twice.json()["errors"][0]["pointer"] == "/files/1/file"
    assert entrance.envelopes == []


@pytest.mark.parametrize("entrance", ["postgres"], indirect=True)
@pytest.mark.postgres
def test_on_postgresql_files_are_kept_marked_and_swept_alike(entrance: Entrance, browser: Browser) -> None:
    browser.answer("what", {"act_codes": "insult"})
    add(browser, ("one.png", files.noisy_photo(700)), ("two.jpg", files.photo()), ("bad", b""))
    page = browser.get("/en/report/files").text
    browser.post("/en/report/files/remove", {"id": page.partition('name="id" value="')[2].partition('"')[0]})
    browser.send()
    (sent,) = entrance.story(entrance.envelopes[0]).files
    assert opened(sent, entrance.all(UploadPiece)) == files.photo()
    assert len(entrance.all(UploadPiece)) == 1
