"""Files with a report, as people without a script send them."""

import hashlib

from office.stores.mailbox import UploadPiece
from tests.intake_api import files
from tests.intake_api.conftest import Browser, Entrance, plain
from tests.intake_api.files import add, opened


def test_a_photo_goes_with_the_report_and_only_its_key_opens_it(entrance: Entrance, browser: Browser) -> None:
    picture = files.noisy_photo()
    assert len(picture) > 2 * 1024 * 1024
    browser.fill_in({"what": {"act_codes": "insult"}})

    assert add(browser, ("puerta de José.png", picture)).status_code == 303
    page = browser.get("/en/report/check")
    browser.send()
    receipt = browser.get("/en/report/receipt")

    (sent,) = entrance.story(entrance.envelopes[0]).files
    pieces = entrance.all(UploadPiece)
    assert opened(sent, pieces) == picture
    assert (sent.name, sent.media_type, sent.size) == ("puerta de José.png", "image/png", len(picture))
    assert sent.sha256 == hashlib.sha256(picture).hexdigest()
    assert {one.case_number for one in pieces} == {entrance.envelopes[0].case_number}
    for shown in (page, receipt):
        assert sent.sha256 in shown.text
        assert "puerta de José.png" in plain(shown)
    stored = b"".join(one.sealed for one in pieces) + b"".join(one.sealed for one in entrance.drafts)
    assert b"JFIF" not in stored
    assert "José".encode() not in stored
    assert picture[5000:5040] not in stored
