"""The desk's pages of files, incidents and links in a real browser: laptop and telephone, without script."""

import io
import wave

import pytest
from playwright.sync_api import Browser, Page, expect

from office.handover.report import About
from tests.casework.attachments.test_files import pdf, photo
from tests.casework.desk import Desk
from tests.support.browser import Serve, axe, browser, served

__all__ = ["browser", "served"]  # fixtures


def sound() -> bytes:
    """A second of silence."""
    out = io.BytesIO()
    with wave.open(out, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(8000)
        written.writeframes(bytes(16_000))
    return out.getvalue()


def page_of(browser: Browser, desk: Desk, address: str, width: int, *, script: bool) -> Page:
    """A page on which Laila is signed in."""
    token = desk.signed_in("laila").cookies.get("desk")
    assert token
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    context.add_cookies([{"name": "desk", "value": token, "url": address}])
    return context.new_page()


@pytest.mark.parametrize("width", [360, 1280])
def test_files_incidents_and_links_can_be_used_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    sent = (
        desk.a_file(photo(), "una foto con un nombre muy largo que no cabe en la pantalla.jpg"),
        desk.a_file(pdf(2), "contrato.pdf", "application/pdf"),
        desk.a_file(sound(), "voz.wav", "audio/wav"),
        desk.a_file(b"PK\x03\x04", "carta.docx", "application/zip"),
    )
    case = desk.a_case("laila")
    reporter = desk.report(files=sent, about=About(relation="claim", case_number=case.case_number))
    others = [desk.report() for _ in range(3)]
    address = served(desk.app)
    page = page_of(browser, desk, address, width, script=False)
    own = f"{address}/ca-valencia/inbox/{reporter.case_number}"
    seen = [own, f"{own}/incident", *(f"{own}/files/{file.file_id}" for file in sent)]
    for here in seen if width == 360 else seen[:3]:
        page.goto(here)
        assert axe(page) == [], here
        assert page.evaluate("document.documentElement.scrollWidth") <= width, here
    page.goto(f"{own}/incident")
    page.get_by_role("button", name="Compta'ls").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert axe(page) == []
    page.get_by_label("Tots (4)").check()
    page.get_by_role("button", name="Compta'ls").click()
    expect(page.get_by_text("5 relats que pots obrir")).to_be_visible()
    assert axe(page) == []
    expect(page.get_by_label(f"{others[0].case_number[:4]}").first).to_be_visible()
    page.context.close()


def test_a_recording_plays_from_the_desk_under_its_own_policy(
    desk: Desk, browser: Browser, served: Serve
) -> None:
    file = desk.a_file(sound(), "voz.wav", "audio/wav")
    reporter = desk.report(files=(file,))
    address = served(desk.app)
    page = page_of(browser, desk, address, 1280, script=True)
    page.goto(f"{address}/es/inbox/{reporter.case_number}/files/{file.file_id}")
    assert page.evaluate("document.querySelector('audio').paused")
    assert "file_played" not in desk.events(None)
    heard = page.evaluate(
        "() => new Promise((done) => { const sound = document.querySelector('audio');"
        " sound.onloadeddata = () => done(sound.duration); sound.onerror = () => done(-1);"
        " sound.preload = 'auto'; sound.load(); })"
    )
    assert heard == 1
    assert "file_played" in desk.events(None)
    page.context.close()
