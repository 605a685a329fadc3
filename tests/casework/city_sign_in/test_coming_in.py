"""The city says who it is; the pass-phrase opens the key; and each part alone lets nobody in."""

import json
import threading
from urllib.parse import quote_plus

import pytest

from casework.city_sign_in import provider as asking
from casework.city_sign_in.provider import Provider
from casework.city_sign_in.ways import WAY_LASTS, WORD_LASTS
from casework.staff.throttle import TRIES
from casework.timeline.verification import findings
from tests.casework.city_sign_in.going import OWN, PASSPHRASE, back_from, come, give, linked, links, went_on
from tests.casework.desk import STAFF, Desk, mistakes, said
from tests.casework.staff.test_recovery import at, handed, set_up
from tests.support.city_provider import SECRET, CityProvider

LAILA = STAFF["laila"]
TURNED_BACK = "/es/sign-in?city=not_vouched"


def test_the_city_and_the_pass_phrase_let_somebody_in_and_neither_does_alone(
    desk: Desk, provider: CityProvider
) -> None:
    provider.account = "12345678Z"  # some providers call people by the number of their document
    laila = desk.signed_in("laila")
    assert "No tienes ninguna cuenta vinculada" in said(laila.get(OWN).text)
    assert linked(desk, laila) == 303
    assert "12345678Z" not in repr(links(desk)) and len(links(desk)[0].account_hash) == 32
    assert desk.events()[-1] == "city_sign_in_linked"
    reporter = desk.a_case("laila")
    laila.post("/es/sign-out")

    door = desk.stranger()
    assert come(door) == PASSPHRASE
    assert "desk" not in door.cookies  # the city alone opened nothing
    assert give(door, passphrase="wrong") == 403
    assert give(door, "pau") == 403
    assert give(door) == 303
    assert door.get(f"/es/cases/{reporter.case_number}").status_code == 200  # sealed content is open
    assert give(door) == 303 and door.get("/es/sign-in?city=x").status_code == 303
    shown = said(door.get("/es/my-sign-ins").text)
    assert "con el acceso municipal" in shown and "con las seis cifras" in shown
    assert "usada por última vez" in said(door.get(OWN).text)
    assert door.post("/es/sign-out").status_code == 303
    assert door.get("/es/cases").status_code == 303
    with desk.reading() as session:
        assert list(findings(session, [])) == []


def test_every_failure_after_the_city_looks_alike_and_counts_with_those_of_the_door(
    desk: Desk, provider: CityProvider
) -> None:
    assert linked(desk, desk.signed_in("laila")) == 303
    provider.account = "somebody-else"
    strange = desk.stranger()
    assert come(strange) == PASSPHRASE
    tried: tuple[dict[str, str], ...] = (
        {"name": LAILA.sign_in_name, "passphrase": LAILA.passphrase},  # not linked
        {"name": STAFF["pau"].sign_in_name, "passphrase": STAFF["pau"].passphrase},  # has no link
        {"name": LAILA.sign_in_name, "passphrase": "wrong"},
        {"name": "nobody.here", "passphrase": "wrong"},
    )
    answers = [strange.post(PASSPHRASE, data=form) for form in tried]
    assert {one.status_code for one in answers} == {403}
    assert len({tuple(mistakes(one.text)) for one in answers}) == 1
    provider.account = "city-account-1"
    other = desk.stranger()
    assert come(other) == PASSPHRASE
    for _ in range(TRIES - 2):
        assert give(other, passphrase="wrong") == 403
    assert give(other) == 403  # waits, as at the door
    form = {"name": LAILA.sign_in_name, "passphrase": LAILA.passphrase}
    door = {**form, "code": LAILA.code(desk.clock.now())}
    assert desk.stranger().post("/es/sign-in", data=door).status_code == 403


def test_a_way_is_gone_once_in_time_and_in_the_browser_that_set_out(
    desk: Desk, provider: CityProvider
) -> None:
    assert linked(desk, desk.signed_in("laila")) == 303
    own, other = desk.stranger(), desk.stranger()
    address = back_from(own, "/es/sign-in/city")
    assert went_on(other.get(address)) == TURNED_BACK  # login CSRF: no cookie of this way
    theirs = back_from(other, "/es/sign-in/city")
    assert went_on(other.get(address)) == TURNED_BACK  # another way of their own
    cookies = dict(own.cookies)
    elsewhere = desk.stranger()
    mixed = back_from(elsewhere, "/es/sign-in/city").replace(
        quote_plus(provider.issuer), quote_plus("https://somebody.example")
    )
    assert "somebody.example" in mixed and went_on(elsewhere.get(mixed)) == TURNED_BACK  # RFC 9207
    assert went_on(own.get(address)) == PASSPHRASE
    for name, value in cookies.items():
        own.cookies.set(name, value)
    asked = provider.asked.count("/token")
    assert went_on(own.get(address)) == TURNED_BACK  # code and state replayed, cookie and all
    assert provider.asked.count("/token") == asked  # and the provider was not even asked
    assert went_on(other.get(theirs)) == PASSPHRASE  # and theirs goes on all the while
    late = desk.stranger()
    address = back_from(late, "/es/sign-in/city")
    desk.clock.move(seconds=WAY_LASTS.total_seconds() + 1)
    assert went_on(late.get(address)) == TURNED_BACK
    assert come(late) == PASSPHRASE
    desk.clock.move(seconds=WORD_LASTS.total_seconds() + 1)
    assert late.get(PASSPHRASE).headers["location"] == TURNED_BACK
    assert give(late) == 303 and "desk" not in late.cookies
    shut = desk.stranger()
    assert come(shut) == PASSPHRASE
    stolen = shut.cookies["city-word"]
    assert give(shut) == 303 and "desk" in shut.cookies
    thief = desk.stranger()
    thief.cookies.set("city-word", stolen)
    assert give(thief) == 303 and "desk" not in thief.cookies  # the word was used up
    linking = desk.signed_in("pau")
    assert come(linking, f"{OWN}/linking") == OWN
    linking.cookies.delete("desk")
    assert linking.get(PASSPHRASE).status_code == 303  # a word to link with opens no door
    sent = desk.stranger().get("/es/sign-in/city?next=https://elsewhere.example/").headers["location"]
    assert "elsewhere" not in sent and "localhost%3A8002%2Fcity-sign-in" in sent


def test_who_was_unlinked_in_between_left_or_began_anew_does_not_come_in(
    desk: Desk, provider: CityProvider
) -> None:
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    assert linked(desk, laila) == 303
    door, by_city = desk.stranger(), desk.stranger()
    assert come(by_city) == PASSPHRASE and give(by_city) == 303
    assert come(door) == PASSPHRASE
    unlinking = f"/es/staff/{desk.staff_id('laila')}/city-sign-in/unlinking"
    assert desk.signed_in("teresa").post(unlinking).status_code == 404  # an operator decides on no sign-in
    assert desk.signed_in("pau").post(unlinking).status_code == 404
    assert f"Desvincular la cuenta municipal : {LAILA.display_name}" in said(amparo.get("/es/staff").text)
    assert amparo.post(unlinking).status_code == 303
    assert amparo.post(unlinking).status_code == 404
    assert give(door) == 403
    assert by_city.get("/es/cases").status_code == 303  # what was opened with it is over
    assert laila.get("/es/cases").status_code == 200
    told = said(desk.signed_in("laila").get("/es/my-sign-ins").text)
    assert "desvinculó" in told
    desk.clock.move(minutes=1)
    assert linked(desk, laila) == 303
    assert come(door) == PASSPHRASE
    taken = {f"adviser-{desk.staff_id('laila')}": str(desk.staff_id("pau"))}
    assert amparo.post(f"/es/staff/{desk.staff_id('laila')}/leaving", data=taken).status_code == 303
    assert give(door) == 403
    assert links(desk) == []


@pytest.mark.parametrize("lost", ["factor", "passphrase"])
def test_help_after_a_loss_ends_the_link_too(desk: Desk, provider: CityProvider, lost: str) -> None:
    assert linked(desk, desk.signed_in("laila")) == 303
    amparo, joana = desk.signed_in("amparo"), desk.signed_in("joana")
    assert amparo.post(at(desk, "laila"), data={"lost": lost}).status_code == 303
    code = handed(joana.post(at(desk, "laila", "confirming")).text)
    if lost == "factor":
        assert set_up(desk, code) == 303
        assert links(desk) == []
    door = desk.stranger()
    assert come(door) == PASSPHRASE
    assert give(door) == 403


def test_a_provider_that_is_gone_or_says_no_leaves_the_ordinary_way_in(
    desk: Desk, provider: CityProvider, caplog: pytest.LogCaptureFixture
) -> None:
    assert linked(desk, desk.signed_in("laila")) == 303
    door = desk.stranger()
    address = back_from(door, "/es/sign-in/city")
    provider.status = 503
    assert went_on(door.get(address)) == "/es/sign-in?city=silent"
    page = said(door.get("/es/sign-in?city=silent").text)
    assert "El acceso municipal no responde" in page and "Código de seis cifras" in page
    provider.status, provider.problem = 200, "access_denied"
    assert come(door) == TURNED_BACK
    assert "no nos ha dicho quién eres" in said(door.get(TURNED_BACK).text)
    desk.app.state.desk.settings.oidc_client_secret.write_text("another")
    provider.problem = ""
    assert come(door) == TURNED_BACK
    for described in (
        {"issuer": "https://somebody.example"},
        {"token_endpoint": "http://127.0.0.1:9/token"},
        {"jwks_uri": provider.issuer.replace("127.0.0.1", "localhost") + "/keys"},
        {"authorization_endpoint": "https://somebody.example/authorize"},
    ):
        desk.app.state.desk.provider, provider.described = Provider(), described
        assert door.get("/es/sign-in/city").headers["location"] == TURNED_BACK
    gone = desk.app.state.desk.settings.model_copy(update={"oidc_issuer": "http://127.0.0.1:9"})
    desk.app.state.desk.settings = gone
    assert door.get("/es/sign-in/city").headers["location"] == "/es/sign-in?city=silent"
    assert desk.signed_in("laila").get("/es/cases").status_code == 200
    logged = caplog.text
    assert "status_503" in logged and "described_elsewhere" in logged
    for secret in (SECRET, "city-account-1", LAILA.sign_in_name, address.partition("code=")[2][:20]):
        assert secret not in logged


def test_the_door_asks_the_provider_only_so_often(
    desk: Desk, provider: CityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_TOKENS", 2)
    door = desk.stranger()
    for told in (PASSPHRASE, PASSPHRASE, "/es/sign-in?city=silent"):
        assert come(door) == told
    provider.status, desk.app.state.desk.provider = 503, Provider()
    for status in (503, 200):  # it is back, and not asked again for some seconds
        provider.status = status
        assert door.get("/es/sign-in/city").headers["location"] == "/es/sign-in?city=silent"
    monkeypatch.setattr(asking, "SILENT_FOR", 0)
    assert come(door) == PASSPHRASE
    slots = [asking.AT_ONCE.acquire() for _ in range(4)]
    freed = threading.Timer(0.2, asking.AT_ONCE.release)
    freed.start()
    assert come(door) == PASSPHRASE  # it waits its turn
    for _ in slots[1:]:
        asking.AT_ONCE.release()


def test_a_desk_without_a_sign_in_of_the_city_has_no_address_of_it(desk: Desk) -> None:
    laila, stranger = desk.signed_in("laila"), desk.stranger()
    assert "sign-in/city" not in stranger.get("/es/sign-in").text
    assert "my-city-sign-in" not in laila.get("/es/my-sign-ins").text
    nowhere = stranger.get("/es/sign-in/nowhere").status_code
    for address in ("/es/sign-in/city", "/city-sign-in", PASSPHRASE):
        assert stranger.get(address).status_code == nowhere == 404
    for address in (OWN, f"{OWN}/linking"):
        assert laila.get(address).status_code == 404
        assert stranger.get(address).status_code == 303
    unlinking = f"/es/staff/{desk.staff_id('pau')}/city-sign-in/unlinking"
    for address in (OWN, f"{OWN}/unlinking", unlinking):
        assert desk.signed_in("amparo").post(address).status_code == 404


def test_what_the_city_says_is_kept_nowhere(desk: Desk, provider: CityProvider) -> None:
    provider.account = "X1234567L"
    laila = desk.signed_in("laila")
    assert linked(desk, laila) == 303
    door = desk.stranger()
    assert come(door) == PASSPHRASE and give(door) == 303
    store = (desk.folder / "casework.db").read_bytes()
    wal = desk.folder / "casework.db-wal"
    kept = store + (wal.read_bytes() if wal.exists() else b"")
    assert b"X1234567L" not in kept and b"staff_city_link" in kept
    words = desk.app.state.desk.ways
    assert "X1234567L" not in repr(words.__dict__) and json.dumps(provider.asked).count("userinfo") == 0
