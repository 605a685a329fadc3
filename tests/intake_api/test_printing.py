"""What PDFs look like on paper, in scripts whose typefaces come in several files; what is read from them."""

import re
from base64 import b64decode
from html import unescape
from io import BytesIO
from unicodedata import combining, normalize

import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from intake_api.assisted.paper import shown_on_paper
from office.paper.typefaces import faces, scripts
from tests.intake_api.conftest import Browser, Entrance

FORM, RECEIPT = 13, 18  # millimetres left free at both sides by `paper.css` and by `sheet.css`
MARKED = {"ar": ["الاتصال أولًا", "أُعطيت شروطًا أو سعرًا أسوأ"], "ur": ["کسی قابلِ اعتماد شخص کو"]}
"""Words with marks on their letters, as the paper form has them."""
SCRIPTS = ("es", "ar", "ur", "uk", "ru", "zh-Hans")


def over_the_edge(pdf: bytes, millimetres: int) -> list[tuple[int, str]]:
    """Return the page and the sign of everything that stands in the margin at the left or the right."""
    document, margin = pypdfium2.PdfDocument(pdf), millimetres / 25.4 * 72
    found = []
    for number, page in enumerate(document, 1):
        text, width = page.get_textpage(), page.get_width()
        for place in range(text.count_chars()):
            left, _, right, _ = text.get_charbox(place)
            if right > left and not (margin - 1 <= left and right <= width - margin + 1):
                found.append((number, text.get_text_range(place, 1)))
    document.close()
    return found


def test_nothing_runs_over_the_edge_of_a_paper_form_whatever_was_printed_before(browser: Browser) -> None:
    # In this order: what one language left in the library's memory once moved the lines of the next.
    for tag in SCRIPTS:
        printed = browser.get(f"/{tag}/paper/form.pdf")
        assert printed.status_code == 200 and over_the_edge(printed.content, FORM) == [], tag


def test_nothing_runs_over_the_edge_of_a_receipt(browser: Browser) -> None:
    for tag in SCRIPTS:
        browser.client.cookies.clear()
        browser.answer("what", {"act_codes": "insult"}, tag)
        browser.send(tag)
        browser.get(f"/{tag}/report/receipt")
        printed = browser.post(f"/{tag}/report/receipt/pdf")
        assert printed.status_code == 200 and over_the_edge(printed.content, RECEIPT) == [], tag


def arabic(text: str) -> list[str]:
    """Return the words in Arabic letters, without the marks on them."""
    return re.findall("[ء-ۓ]+", "".join(one for one in normalize("NFKC", text) if not combining(one)))


@pytest.mark.parametrize("tag", ["ar", "ur"])
def test_the_words_of_a_paper_form_are_read_as_they_are_written(
    browser: Browser, entrance: Entrance, tag: str
) -> None:
    door = entrance.door
    written = door.pages.written("paper_print.html", door.pages.spoken(tag), **shown_on_paper(door))
    body = re.sub("<(option|title|style).*?</", "", written.partition("<body")[2], flags=re.DOTALL)
    printed = pypdfium2.PdfDocument(browser.get(f"/{tag}/paper/form.pdf").content)
    told = "\n".join(page.get_textpage().get_text_range() for page in printed)
    printed.close()
    assert len(set(arabic(told))) > 500
    assert set(arabic(told)) == set(arabic(unescape(re.sub("<[^>]+>", " ", body))))
    assert all(normalize("NFKC", words) in normalize("NFKC", told) for words in MARKED[tag])


def test_every_typeface_has_a_space_as_wide_as_the_latin_one() -> None:
    packed = re.findall(r"base64,([^)]+)\)", faces())
    assert len(packed) == 2 * len(scripts())
    for one in packed:
        font = TTFont(BytesIO(b64decode(one)))
        space = font.getBestCmap()[ord(" ")]
        assert font["hmtx"][space] == (260, 0) and font["head"].unitsPerEm == 1000  # as in Noto Sans itself
