"""Passkeys in Chromium, with an authenticator of its own: they stand in for the code and nothing else."""

import json
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, expect
from sqlmodel import select

from casework.staff.challenges import GOOD_FOR, Challenges
from casework.staff.tables import StaffPasskey
from tests.casework.desk import NOW, STAFF, Desk
from tests.support.browser import Serve, axe, browser, served

__all__ = ["browser", "served"]  # fixtures
LAILA, PAU = STAFF["laila"], STAFF["pau"]
AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def on_localhost(desk: Desk, served: Serve) -> str:
    """Serve the desk under a name that browsers make passkeys for."""
    port = urlsplit(served(desk.app)).port
    running = desk.app.state.desk
    running.settings = running.settings.model_copy(update={"desk_at": f"http://localhost:{port}"})
    return f"http://localhost:{port}"


def sent(desk: Desk, answer: str, person: Any = LAILA, **other: str) -> int:
    form = {"name": person.sign_in_name, "passphrase": person.passphrase, "code": "", "passkey": answer}
    return desk.stranger().post("/es/sign-in", data={**form, **other}).status_code


def asked(page: Page, address: str) -> str:
    """What the browser answers when the desk's own script asks it, without sending it."""
    page.goto(f"{address}/es/sign-in")
    page.evaluate("() => { HTMLFormElement.prototype.submit = () => { document.title = 'asked'; } }")
    page.get_by_role("button", name="Entrar con una llave").click()
    expect(page).to_have_title("asked")
    return page.locator("input[name=passkey]").input_value()


def test_a_passkey_is_added_used_and_refused_where_it_is_not_right(
    desk: Desk, browser: Browser, served: Serve
) -> None:
    address = on_localhost(desk, served)
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    own = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})["authenticatorId"]

    page.goto(f"{address}/es/sign-in")
    page.locator("[name=name]").fill(LAILA.sign_in_name)
    page.locator("[name=passphrase]").fill(LAILA.passphrase)
    page.locator("[name=code]").fill(LAILA.code(desk.clock.now()))
    page.get_by_role("button", name="Entrar", exact=True).click()
    expect(page.get_by_role("button", name="Salir")).to_be_visible()
    page.goto(f"{address}/es/my-passkeys")
    page.locator("[name=passkey_name]").fill("El portátil")
    page.locator("[name=passphrase]").fill(LAILA.passphrase)
    page.get_by_role("button", name="Añadir la llave de acceso").click()
    expect(page.get_by_text("La llave de acceso se ha añadido")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Salir").click()

    page.goto(f"{address}/es/sign-in")
    page.locator("[name=name]").fill(LAILA.sign_in_name)
    page.locator("[name=passphrase]").fill(LAILA.passphrase)
    assert axe(page) == []
    page.get_by_role("button", name="Entrar con una llave").click()
    expect(page.get_by_role("heading", level=1, name="Expedientes")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("algo con tu acceso")  # a passkey was added
    page.get_by_role("button", name="Salir").click()

    answer = asked(page, address)
    assert sent(desk, answer, passphrase="wrong") == 403
    assert sent(desk, answer, person=PAU) == 403  # and now it was used
    assert sent(desk, answer) == 403
    answer = asked(page, address)
    assert sent(desk, answer) == 303
    assert sent(desk, answer) == 403  # replayed

    running = desk.app.state.desk
    here = running.settings
    answer = asked(page, address)
    running.settings = here.model_copy(update={"desk_at": "https://localhost"})  # another origin, same name
    assert sent(desk, answer) == 403
    running.settings = here.model_copy(update={"desk_at": "https://desk.example.org"})
    assert sent(desk, asked_again(page, address)) == 403
    running.settings = here
    answer = asked(page, address)
    desk.clock.move(seconds=GOOD_FOR.total_seconds() + 1)
    assert sent(desk, answer) == 403
    desk.clock.move(seconds=-GOOD_FOR.total_seconds() - 1)
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": own, "isUserVerified": False})
    page.goto(f"{address}/es/sign-in")
    page.get_by_role("button", name="Entrar con una llave").click()
    expect(page.get_by_text("No se ha dado ninguna llave de acceso")).to_be_visible()
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": own, "isUserVerified": True})

    with desk.writing() as session:  # a copy: the counter stands higher than what the next answer says
        passkey = session.exec(select(StaffPasskey)).one()
        assert passkey.sign_count > 0 and passkey.staff_id == desk.staff_id("laila")
        passkey.sign_count += 100
        session.add(passkey)
    assert sent(desk, asked(page, address)) == 403
    assert desk.events().count("passkey_stopped") == 1
    assert sent(desk, asked(page, address)) == 403
    laila = desk.signed_in("laila")  # the six digits stay
    shown = laila.get("/es/my-passkeys").text
    assert "puede que alguien tenga una copia" in shown
    one = shown.partition("/my-passkeys/")[2].partition("/")[0]
    assert desk.signed_in("pau").post(f"/es/my-passkeys/{one}/removing").status_code == 404
    assert laila.post(f"/es/my-passkeys/{one}/removing").status_code == 303
    with desk.reading() as session:
        assert session.exec(select(StaffPasskey)).first() is None
    context.close()


def asked_again(page: Page, address: str) -> str:
    """An answer made for this address while the desk says it is another one."""
    page.goto(f"{address}/es/sign-in")
    return json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}})


def test_a_desk_that_does_not_know_its_address_takes_no_passkeys_and_says_none(desk: Desk) -> None:
    laila = desk.signed_in("laila")
    assert "passkeys.js" not in desk.stranger().get("/es/sign-in").text
    assert desk.stranger().get("/es/sign-in/passkey").status_code == 404
    for answer in (laila.get("/es/my-passkeys"), laila.get("/es/my-passkeys/new")):
        assert answer.status_code == 404
    assert laila.post("/es/my-passkeys", data={"passkey_name": "x", "passkey": "{}"}).status_code == 404
    assert sent(desk, "{}") == 403


def test_a_challenge_is_ours_for_one_purpose_in_time_and_once() -> None:
    ours, others = Challenges(), Challenges()
    one = ours.new("sign-in", NOW)
    assert len({ours.new("sign-in", NOW) for _ in range(100)}) == 100
    for purpose, challenge, now in (
        ("add/x", one, NOW), ("sign-in", others.new("sign-in", NOW), NOW), ("sign-in", one[:-1], NOW),
        ("sign-in", one, NOW + GOOD_FOR * 2), ("sign-in", one, NOW - GOOD_FOR), ("sign-in", b"", NOW),
    ):  # fmt: skip
        assert not ours.take(purpose, challenge, now)
    assert ours.take("sign-in", one, NOW + GOOD_FOR)
    assert not ours.take("sign-in", one, NOW + GOOD_FOR)


def test_the_number_of_a_document_in_the_name_of_a_passkey_is_pointed_out(desk: Desk) -> None:
    running = desk.app.state.desk
    running.settings = running.settings.model_copy(update={"desk_at": "http://localhost:8002"})
    laila = desk.signed_in("laila")
    answer = laila.post("/es/my-passkeys", data={"passkey_name": "Llave 12345678Z", "passkey": "{}"})
    assert answer.status_code == 422
    assert 'name="numbers" value="remove"' in answer.text
