"""Signing in: every failure looks alike, sessions end, and what was typed survives."""

from html import unescape

from casework.timeline.verification import findings
from office.keys.second_factor import code_at
from tests.casework.desk import NOW, STAFF, Desk, mistakes, said, typed

LAILA = STAFF["laila"]


def right(desk: Desk, **other: str) -> dict[str, str]:
    return {
        "name": LAILA.sign_in_name,
        "passphrase": LAILA.passphrase,
        "code": LAILA.code(desk.clock.now()),
        **other,
    }


def test_every_failure_looks_alike_and_keeps_the_name_typed(desk: Desk) -> None:
    answers = [
        desk.stranger().post("/es/sign-in", data=right(desk, **wrong))
        for wrong in (
            {"name": "nobody.here"},
            {"passphrase": "demonstration only iris"},
            {"code": "000000" if LAILA.code(NOW) != "000000" else "111111"},
            {"passphrase": ""},
            {"name": ""},
        )
    ]
    assert {answer.status_code for answer in answers} == {403}
    assert len({tuple(mistakes(answer.text)) for answer in answers}) == 1
    assert all("set-cookie" not in answer.headers for answer in answers)
    assert typed(answers[1].text, "name")["text"] == LAILA.sign_in_name
    assert 'type="password" value' not in answers[1].text


def test_after_five_wrong_tries_even_the_right_answer_waits_and_then_opens(desk: Desk) -> None:
    client = desk.stranger()
    for _ in range(5):
        client.post("/es/sign-in", data=right(desk, code="000000", passphrase="wrong"))
    locked = client.post("/es/sign-in", data=right(desk))
    assert locked.status_code == 403
    assert client.post("/es/sign-in", data=right(desk, name="pau.supuesto")).status_code == 403
    desk.clock.move(minutes=6)
    assert client.post("/es/sign-in", data=right(desk)).status_code == 303


def test_a_session_ends_after_half_an_hour_of_rest_and_after_ten_hours_at_most(desk: Desk) -> None:
    laila = desk.signed_in("laila")
    desk.clock.move(minutes=29)
    assert laila.get("/es/cases").status_code == 200
    desk.clock.move(minutes=31)
    assert laila.get("/es/cases").status_code == 303
    laila = desk.signed_in("laila")
    for _ in range(20):
        desk.clock.move(minutes=29)
        assert laila.get("/es/cases").status_code == 200
    desk.clock.move(minutes=29)
    assert laila.get("/es/cases").status_code == 303


def test_a_clock_that_was_set_back_ends_the_sessions_and_the_timeline_stays_whole(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    desk.clock.move(minutes=-3)  # put right by itself
    assert laila.get(f"/es/cases/{reporter.case_number}").status_code == 200
    desk.clock.move(hours=-2)
    assert laila.get("/es/cases").status_code == 303
    again = desk.signed_in("laila")
    notes = f"/es/cases/{reporter.case_number}/notes"
    assert again.post(notes, data={"note": "Escrita con el reloj atrasado."}).status_code == 303
    desk.clock.move(hours=2, minutes=3)
    desk.signed_in("laila")
    with desk.reading() as session:
        assert list(findings(session, [])) == []


def test_signing_out_forgets_the_key_and_the_cookie_is_worth_nothing(desk: Desk) -> None:
    laila = desk.signed_in("laila")
    cookie = laila.cookies["desk"]
    assert laila.post("/es/sign-out").status_code == 303
    thief = desk.stranger()
    thief.cookies.set("desk", cookie)
    assert thief.get("/es/cases").status_code == 303


def test_what_was_typed_into_a_form_without_drafts_is_carried_through_the_door_to_its_writer(
    desk: Desk,
) -> None:
    reporter = desk.a_case("laila")
    laila, decision = desk.signed_in("laila"), f"/es/cases/{reporter.case_number}/people/decision"
    reason = "Motivo largo con «comillas» & <signos>.\n" * 100
    desk.clock.move(minutes=40)
    door = laila.post(decision, data={"decision_reason": reason})
    assert door.status_code == 403
    kept = unescape(door.text.partition('name="kept-decision_reason" value="')[2].partition('">')[0])
    assert kept == reason
    form = {"onwards": decision, "kept-decision_reason": kept}
    at_this_browser, amparo = desk.stranger(), STAFF["amparo"]
    at_this_browser.cookies.set("desk", laila.cookies["desk"])
    theirs = right(
        desk,
        name=amparo.sign_in_name,
        passphrase=amparo.passphrase,
        code=amparo.code(desk.clock.now()),
        **form,
    )
    other = at_this_browser.post("/es/sign-in", data=theirs)
    assert other.status_code == 303
    desk.clock.move(minutes=-40)
    laila = desk.signed_in("laila")
    desk.clock.move(minutes=40)
    assert laila.post(decision, data={"decision_reason": reason}).status_code == 403
    back = laila.post("/es/sign-in", data=right(desk, **form))
    assert back.status_code == 200
    assert reason.strip() in unescape(back.text)


def test_after_signing_in_nobody_is_sent_to_another_site(desk: Desk) -> None:
    for onwards in ("https://elsewhere.example/", "//elsewhere.example/", "/es/../\\elsewhere"):
        answer = desk.stranger().post("/es/sign-in", data=right(desk, onwards=onwards))
        assert answer.headers["location"] == "/es/"


def test_whoever_chose_another_language_at_the_door_goes_on_in_it(desk: Desk) -> None:
    page = desk.stranger().get("/es/sign-in?next=/ca-valencia/cases?which=open")
    assert 'name="onwards" value="/es/cases?which=open"' in page.text


def test_an_invited_person_makes_a_key_and_is_given_the_offices_keys(desk: Desk) -> None:
    amparo = desk.signed_in("amparo")
    told = amparo.post(
        "/es/staff", data={"sign_in_name": "nova.prova", "shown_as": "Nova Prova", "role": "adviser"}
    )
    assert told.status_code == 200
    code = told.text.partition('desk-secret">')[2].partition("</code>")[0]
    client = desk.stranger()
    page = client.get("/es/invitation").text
    assert 'src="data:image/svg+xml;base64,' in page
    secret = page.partition('name="secret" value="')[2].partition('"')[0]
    form = {
        "name": "nova.prova",
        "invitation": code,
        "secret": secret,
        "passphrase": "una frase larga de prueba",
        "again": "una frase larga de prueba",
        "code": code_at(secret, desk.clock.now()),
    }
    wrongs = {
        "invitation": {"invitation": "otra"},
        "again": {"again": "una frase distinta"},
        "code": {"code": "12"},
        "passphrase": {"passphrase": "corta", "again": "corta"},
        "name": {"name": ""},
    }
    for field, wrong in wrongs.items():
        answer = client.post("/es/invitation", data=form | wrong)
        assert answer.status_code == 422, field
        assert f'<a href="#{field}">' in answer.text, field
        assert f'name="secret" value="{secret}"' in answer.text
    assert client.post("/es/invitation", data=form).status_code == 303
    assert client.post("/es/invitation", data=form).status_code == 422  # used once

    from sqlmodel import select

    from office.stores.keyroom import Staff

    with desk.reading() as session:
        nova = session.exec(select(Staff.id).where(Staff.sign_in_name == "nova.prova")).one()
    given = amparo.post(f"/es/staff/{nova}/keys", data={"key": "story", "do": "grant"})
    assert given.status_code == 303
    reporter = desk.report()
    desk.clock.move(minutes=1)
    signed_in = client.post("/es/sign-in", data={**form, "code": code_at(secret, desk.clock.now())})
    assert signed_in.status_code == 303, said(signed_in.text)
    assert client.get(f"/es/inbox/{reporter.case_number}").status_code == 200
    assert amparo.post(f"/es/staff/{nova}/leaving").status_code == 303
    assert client.get("/es/inbox").status_code == 303  # signed out at once
    events = desk.events()
    for kind in ("staff_invited", "invitation_accepted", "key_granted", "signed_in", "holder_left"):
        assert kind in events


def test_the_last_holder_of_a_key_keeps_it(desk: Desk) -> None:
    amparo = desk.signed_in("amparo")
    vicent = desk.staff_id("vicent")
    taken = amparo.post(f"/es/staff/{vicent}/keys", data={"key": "story-apart", "do": "revoke"})
    assert taken.status_code == 303
    client = desk.signed_in("vicent")
    again = client.post(
        f"/es/staff/{desk.staff_id('amparo')}/keys", data={"key": "story-apart", "do": "revoke"}
    )
    assert again.status_code == 409
    assert desk.events().count("key_revoked") == 1


def test_another_way_to_write_a_name_is_no_new_set_of_tries(desk: Desk) -> None:
    client = desk.stranger()
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isalpha() else sign for sign in LAILA.sign_in_name)
    for name in (LAILA.sign_in_name, wide, LAILA.sign_in_name.upper(), wide.upper(), f" {wide} "):
        client.post("/es/sign-in", data=right(desk, name=name, passphrase="wrong"))
    assert client.post("/es/sign-in", data=right(desk)).status_code == 403


def test_knocking_while_a_name_waits_does_not_make_it_wait_longer(desk: Desk) -> None:
    client = desk.stranger()
    for _ in range(5):
        client.post("/es/sign-in", data=right(desk, passphrase="wrong"))
    desk.clock.move(minutes=4)
    client.post("/es/sign-in", data=right(desk, passphrase="wrong"))
    desk.clock.move(minutes=1)
    assert client.post("/es/sign-in", data=right(desk)).status_code == 303


def test_a_tampered_invitation_form_is_answered_with_a_fresh_secret(desk: Desk) -> None:
    client = desk.stranger()
    for wrong in (
        {"secret": "A" * 5000},
        {"secret": "no base32!"},
        {"secret": "é" * 32},
        {"name": "x" * 5000},
    ):
        form = {
            "name": "nova.prova",
            "invitation": "otra",
            "secret": "A" * 32,
            "passphrase": "una frase larga de prueba",
            "again": "una frase larga de prueba",
            "code": "123456",
            **wrong,
        }
        answer = client.post("/es/invitation", data=form)
        assert answer.status_code == 422, wrong
        assert 'src="data:image/svg+xml;base64,' in answer.text
        assert wrong.get("secret", "never shown") not in answer.text


def test_a_supervisor_invited_by_the_head_holds_no_case_before_a_holder_gave_them_the_stories(
    desk: Desk,
) -> None:
    joana = desk.signed_in("joana")
    told = joana.post(
        "/es/staff", data={"sign_in_name": "sock.puppet", "shown_as": "Sock Puppet", "role": "supervisor"}
    )
    code = told.text.partition('desk-secret">')[2].partition("</code>")[0]
    client, secret = desk.stranger(), "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    form = {
        "name": "sock.puppet",
        "invitation": code,
        "secret": secret,
        "passphrase": "una frase larga de prueba",
        "again": "una frase larga de prueba",
        "code": code_at(secret, desk.clock.now()),
    }
    assert client.post("/es/invitation", data=form).status_code == 303
    desk.clock.move(minutes=1)
    again = {**form, "code": code_at(secret, desk.clock.now())}
    assert client.post("/es/sign-in", data=again).status_code == 303
    reporter = desk.a_case("laila")
    assert client.get(f"/es/cases/{reporter.case_number}").status_code == 404
    assert reporter.case_number not in client.get("/es/cases?whose=all").text


def test_signing_in_again_in_the_same_browser_ends_the_session_before(desk: Desk) -> None:
    browser = desk.signed_in("laila")
    before = browser.cookies["desk"]
    pau = STAFF["pau"]
    answer = browser.post(
        "/es/sign-in",
        data=right(desk, name=pau.sign_in_name, passphrase=pau.passphrase, code=pau.code(desk.clock.now())),
    )
    assert answer.status_code == 303
    assert browser.cookies["desk"] != before
    thief = desk.stranger()
    thief.cookies.set("desk", before)
    assert thief.get("/es/cases").status_code == 303
