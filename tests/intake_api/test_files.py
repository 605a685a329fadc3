"""Files with a report, as people without a script send them."""

import asyncio
import hashlib
from collections.abc import Callable

import pytest

from intake_api.files import errors as file_errors
from intake_api.files.names import name_to_keep, plain_name
from office.handover.report import LARGEST_FILE, MOST_FILES
from office.stores.mailbox import Upload, UploadPiece
from tests.intake_api import files
from tests.intake_api.conftest import TAGS, Browser, Entrance, plain
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
    assert {one.case_number for one in entrance.all(Upload)} == {entrance.envelopes[0].case_number}
    for shown in (page, receipt):
        assert sent.sha256 in shown.text
        assert "puerta de José.png" in plain(shown)
    stored = b"".join(one.sealed for one in pieces) + b"".join(one.sealed for one in entrance.drafts)
    assert b"JFIF" not in stored
    assert "José".encode() not in stored
    assert picture[5000:5040] not in stored


def trouble(page: str) -> str:
    return page.partition("govuk-error-summary__list")[2].partition("</ul>")[0]


WRONG = {
    "empty": (b"", file_errors.FileEmpty),
    "program": (b"MZ\x90\x00\x03\x00\x00\x00" + bytes(100), file_errors.FileKindUnknown),
    "page": (b"<!doctype html><script>alert(1)</script>", file_errors.FileKindUnknown),
    "locked pdf": (files.pdf("secret"), file_errors.FileLocked),
    "locked odt": (files.odt(b"<m><manifest:encryption-data/></m>"), file_errors.FileLocked),
    "cut photo": (files.noisy_photo(200)[:40_000], file_errors.FileDamaged),
    "cut pdf": (b"%PDF-1.7\n" + b"x" * 200, file_errors.FileDamaged),
    "cut video": (files.mp4()[:-10], file_errors.FileDamaged),
    "other zip": (files.packed({"a.txt": b"hello"}), file_errors.FileKindUnknown),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_file_that_is_not_taken_is_told_in_one_sentence_and_costs_no_other(
    entrance: Entrance, browser: Browser, what: str
) -> None:
    content, error = WRONG[what]
    answer = add(
        browser,
        ("first.jpg", files.photo()),
        ("unwanted", content),
        ("last.pdf", files.pdf()),
        online_links="a.example",
    )
    assert answer.status_code == 422
    summary = trouble(answer.text)
    assert (summary.count("<li>"), error.sentence in summary) == (1, True), summary
    assert "<bdi>unwanted</bdi>" in summary
    page = plain(browser.get("/en/report/check"))
    assert "first.jpg" in page and "last.pdf" in page and "a.example" in page
    assert "unwanted" not in page  # no word that a fingerprint can have in it
    assert len({one.file_id for one in entrance.all(UploadPiece)}) == 2


TAKEN = {
    "photo.jpg": (files.photo(), "image/jpeg"),
    "photo.webp": (files.photo("WEBP"), "image/webp"),
    "photo.gif": (files.photo("GIF"), "image/gif"),
    "photo.heic": (files.box(b"ftyp", b"heic" + bytes(4)) + files.box(b"mdat", b"x"), "image/heic"),
    "film.mp4": (files.mp4(), "video/mp4"),
    "film.mov": (files.mp4(b"qt  "), "video/quicktime"),
    "film.webm": (files.webm(b"V_VP8"), "video/webm"),
    "sound.m4a": (files.mp4(b"M4A ", b"soun"), "audio/mp4"),
    "sound.webm": (files.webm(), "audio/webm"),
    "sound.ogg": (files.ogg(), "audio/ogg"),
    "sound.mp3": (files.mp3(), "audio/mpeg"),
    "sound.wav": (files.voice(), "audio/wav"),
    "paper.pdf": (files.pdf(), "application/pdf"),
    "paper.docx": (files.docx(), files.WORD),
    "paper.odt": (files.odt(), "application/vnd.oasis.opendocument.text"),
    "paper.rtf": (b"{\\rtf1 hello}", "application/rtf"),
    "chat.txt": ("¿Qué dijo? شكرا".encode(), "text/plain"),
}


def test_every_kind_we_name_is_taken_for_what_it_is_whatever_it_is_called(
    entrance: Entrance, browser: Browser
) -> None:
    names = list(TAKEN)
    for some in (names[:12], names[12:]):
        browser.fill_in({"what": {"act_codes": "insult"}})
        answer = add(browser, *((f"{name}.exe", TAKEN[name][0]) for name in some))
        assert answer.status_code == 303, trouble(answer.text)
        browser.send()
        browser.post("/en/report/finish")
    told = {
        sent.name.removesuffix(".exe"): sent.media_type
        for envelope in entrance.envelopes
        for sent in entrance.story(envelope).files
    }
    assert told == {name: media for name, (_, media) in TAKEN.items()}


def test_a_file_beyond_the_size_is_told_and_nothing_of_it_stays(entrance: Entrance, browser: Browser) -> None:
    answer = add(browser, ("long.txt", b"a" * (LARGEST_FILE + 1)), ("small.txt", b"hello"))
    assert file_errors.FileTooBig.sentence in trouble(answer.text)
    (piece,) = entrance.all(UploadPiece)
    assert piece.number == 0
    assert "small.txt" in answer.text


def test_the_sentences_name_the_limits_that_hold() -> None:
    assert f" {LARGEST_FILE // 1024**2} MB" in file_errors.FileTooBig.sentence
    assert f" {MOST_FILES} files" in file_errors.TooManyFiles.sentence


def test_a_thirteenth_file_is_told_and_the_twelve_stay(browser: Browser) -> None:
    answer = add(browser, *((f"{number}.txt", b"hello") for number in range(MOST_FILES + 1)))
    assert file_errors.TooManyFiles.sentence in trouble(answer.text)
    assert answer.text.count("door-files__remove") == MOST_FILES


def test_what_was_wrong_is_said_in_every_language(browser: Browser) -> None:
    said = {trouble(add(browser, ("a", b""), tag=tag).text) for tag in TAGS}
    assert len(said) == len(TAGS)


@pytest.mark.parametrize(("tag", "said"), [("fr", "2 ko"), ("ar", "كيلوبايت"), ("uk", "2 КБ")])
def test_the_size_of_a_file_is_said_in_the_language_of_the_page(
    browser: Browser, tag: str, said: str
) -> None:
    add(browser, ("small.txt", b"a" * 2_500), tag=tag)
    page = browser.get(f"/{tag}/report/files").text
    assert said in page.partition('class="door-files__size"')[2].partition("</span>")[0]


def test_a_file_can_be_taken_away_again_and_its_pieces_go(entrance: Entrance, browser: Browser) -> None:
    add(browser, ("one.jpg", files.photo()), ("two.jpg", files.photo()))
    page = browser.get("/en/report/files?then=check").text
    first = page.partition('name="id" value="')[2].partition('"')[0]
    assert browser.post("/en/report/files/remove", {"id": first, "then": "check"}).status_code == 303
    page = browser.get("/en/report/files").text
    assert "one.jpg" not in page and "two.jpg" in page
    assert len(entrance.all(UploadPiece)) == 1


def test_whoever_saves_under_a_code_keeps_the_files(entrance: Entrance, browser: Browser) -> None:
    browser.fill_in({"what": {"act_codes": "insult"}})
    add(browser, ("one.jpg", files.photo()))
    browser.post("/en/report/save")
    assert "one.jpg" in browser.get("/en/report/check").text
    browser.send()
    (sent,) = entrance.story(entrance.envelopes[0]).files
    assert opened(sent, entrance.all(UploadPiece)) == files.photo()


def test_files_of_a_draft_that_is_given_up_are_swept_and_those_sent_stay(
    entrance: Entrance, browser: Browser, visitor: Callable[[], Browser]
) -> None:
    browser.fill_in({"what": {"act_codes": "insult"}})
    add(browser, ("sent.jpg", files.photo()))
    browser.send()
    add(visitor(), ("left.jpg", files.photo()))
    entrance.clock.move(days=6)
    again = visitor()
    add(again, ("new.jpg", files.photo()))
    entrance.clock.move(days=2)
    asyncio.run(swept(entrance))
    assert len({one.file_id for one in entrance.all(UploadPiece)}) == 2
    assert "new.jpg" in again.get("/en/report/files").text


async def swept(entrance: Entrance) -> None:
    await entrance.door.uploads.purge(entrance.door.today())


def test_whoever_goes_on_within_the_days_keeps_the_files(entrance: Entrance, browser: Browser) -> None:
    add(browser, ("mine.jpg", files.photo()))
    entrance.clock.move(days=6)
    browser.answer("what", {"act_codes": "insult"})
    entrance.clock.move(days=6)
    asyncio.run(swept(entrance))
    browser.send()
    assert len(entrance.story(entrance.envelopes[0]).files) == 1


def test_leaving_quickly_deletes_the_files_of_what_was_not_saved(
    entrance: Entrance, browser: Browser
) -> None:
    add(browser, ("one.jpg", files.photo()))
    browser.get("/en/exit")
    assert entrance.all(UploadPiece) == []


def test_links_keep_the_time_at_which_they_were_noted(entrance: Entrance, browser: Browser) -> None:
    browser.fill_in({"what": {"act_codes": "insult"}})
    first = "https://example.org/post/1"
    add(browser, go="on", online_links=first)
    noted = entrance.clock.now()
    entrance.clock.move(hours=1)
    add(browser, go="on", online_links=f"{first}\nexample.org/2\n{first}")
    browser.send()
    links = entrance.story(entrance.envelopes[0]).links
    assert [one.address for one in links] == [first, "example.org/2"]
    assert links[0].noted_at == noted
    assert links[0].sha256 == hashlib.sha256(first.encode()).hexdigest()


def test_more_links_than_we_take_are_told_and_come_back(browser: Browser) -> None:
    typed = "\n".join(f"example.org/{number}" for number in range(13))
    answer = add(browser, go="on", online_links=typed)
    assert answer.status_code == 422
    assert "12" in trouble(answer.text) and "example.org/12" in answer.text


def test_pressing_add_without_a_file_says_so(browser: Browser) -> None:
    answer = browser.client.post(
        "/en/report/files", data={"go": "add"}, files=[("file", ("", b"", "application/octet-stream"))]
    )
    assert "Choose a file first" in trouble(answer.text)


def test_a_form_that_breaks_off_keeps_what_had_arrived(browser: Browser) -> None:
    edge = b"--edge\r\nContent-Disposition: form-data; "
    body = (
        edge
        + b'name="file"; filename="one.txt"\r\n\r\nhello\r\n'
        + edge
        + b'name="file"; filename="two.txt"\r\n\r\nhel'
    )
    answer = browser.client.post(
        "/en/report/files", content=body, headers={"content-type": "multipart/form-data; boundary=edge"}
    )
    assert file_errors.FileNotWhole.sentence in trouble(answer.text)
    assert "one.txt" in answer.text and "two.txt" not in answer.text


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("C:\\fakepath\\foto.jpg", "foto.jpg"),
        ("../../etc/passwd", "passwd"),
        ("a\u202egpj.exe\x00", "agpj.exe"),
        ("", "file"),
        ("x" * 300 + ".jpg", "x" * 116 + ".jpg"),
    ],
)
def test_a_name_is_one_line_without_tricks(told: str, kept: str) -> None:
    assert plain_name(told) == kept


@pytest.mark.parametrize(
    "name",
    [
        "IMG-20261128-WA0003.jpg",
        "IMG_20261128_101112.jpg",
        "PXL_20261128_101112131.jpg",
        "VID-20261128-WA0001.mp4",
        "DSC_1234567.JPG",
        "WhatsApp Image 2026-11-28 at 10.22.33.jpeg",
        "Captura de pantalla 2026-11-28 a las 10.22.33.png",
        "Screenshot_20261128-101112_Chrome.jpg",
        "Documento 2026-11-28.pdf",
        "photo_2026-11-28_10-22-33.jpg",
    ],
)
def test_a_name_that_a_telephone_gave_by_itself_stays_as_it_is(name: str) -> None:
    assert name_to_keep(name) == name


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("DNI_12345678Z.jpg", "DNI_[…].jpg"),
        ("DNI_de_Ana_12345678.pdf", "DNI_de_Ana_[…].pdf"),
        ("nie X1234567L (2).png", "nie […] (2).png"),
        ("IMG_20261128 12345678Z.jpg", "IMG_20261128 […].jpg"),
        ("1234\u200b5678Z.jpg", "[…].jpg"),
        ("x" * 110 + " 12345678Z and more words.jpg", "x" * 110 + " […] "),
    ],
)
def test_the_number_of_a_document_goes_from_the_name_of_a_file(name: str, kept: str) -> None:
    assert name_to_keep(name).startswith(kept)
    assert "5678" not in name_to_keep(name)
