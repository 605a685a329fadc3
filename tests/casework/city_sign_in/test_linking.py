"""An account is linked by its own person alone, with pass-phrase and a fresh code."""

from casework.staff.throttle import TRIES
from tests.casework.city_sign_in.going import OWN, PASSPHRASE, come, give, linked, links
from tests.casework.desk import STAFF, Desk, mistakes, said
from tests.support.city_provider import CityProvider, running_provider


def test_linking_takes_pass_phrase_and_code_and_is_told(desk: Desk, provider: CityProvider) -> None:
    laila = desk.signed_in("laila")
    assert linked(desk, laila, passphrase="wrong") == 422
    assert linked(desk, laila, code="000000") == 422
    empty = laila.post(OWN, data={})
    assert empty.status_code == 422 and len(mistakes(empty.text)) == 2
    assert links(desk) == [] and "city_sign_in_linked" not in desk.events()
    for _ in range(TRIES - 2):
        assert linked(desk, laila, passphrase="wrong") == 422
    assert linked(desk, laila) == 422  # waits
    desk.clock.move(minutes=6)
    assert linked(desk, laila) == 303
    assert "algo con tu acceso" in said(desk.signed_in("laila").get("/es/cases").text)
    assert "vinculó una cuenta municipal" in said(laila.get("/es/my-sign-ins").text)
    assert linked(desk, laila) == 409  # one account, and the first stays
    assert len(links(desk)) == 1
    assert laila.post(f"{OWN}/unlinking").status_code == 303
    assert laila.post(f"{OWN}/unlinking").status_code == 404
    assert links(desk) == []


def test_only_the_session_that_asked_can_link_what_came_back(desk: Desk, provider: CityProvider) -> None:
    laila, pau = desk.signed_in("laila"), desk.signed_in("pau")
    assert come(laila, f"{OWN}/linking") == OWN
    pau.cookies.set("city-word", laila.cookies["city-word"], domain="testserver.local")
    own = {"passphrase": STAFF["pau"].passphrase, "code": STAFF["pau"].code(desk.clock.now())}
    assert pau.post(OWN, data=own).headers["location"] == f"{OWN}?city=not_vouched"
    door = desk.stranger()
    assert come(door) == PASSPHRASE  # a word for the door links nothing
    laila.cookies.set("city-word", door.cookies["city-word"], domain="testserver.local")
    hers = {"passphrase": STAFF["laila"].passphrase, "code": STAFF["laila"].code(desk.clock.now())}
    assert laila.post(OWN, data=hers).headers["location"] == f"{OWN}?city=not_vouched"
    assert links(desk) == []


def test_the_same_account_at_another_provider_is_nobodys(desk: Desk, provider: CityProvider) -> None:
    laila = desk.signed_in("laila")
    assert linked(desk, laila) == 303
    with running_provider(lambda: desk.clock.now().timestamp()) as another:
        running = desk.app.state.desk
        running.settings = running.settings.model_copy(update={"oidc_issuer": another.issuer})
        door = desk.stranger()
        assert come(door) == PASSPHRASE
        assert give(door) == 403
        assert "Desvincular mi cuenta" in said(laila.get(OWN).text)


def test_a_link_is_ended_also_where_the_city_has_no_sign_in_any_more(
    desk: Desk, provider: CityProvider
) -> None:
    laila, pau = desk.signed_in("laila"), desk.signed_in("pau")
    assert linked(desk, laila) == linked(desk, pau, "pau") == 303
    running = desk.app.state.desk
    running.settings = running.settings.model_copy(update={"oidc_issuer": ""})
    assert "my-city-sign-in" in laila.get("/es/my-sign-ins").text
    assert "no tiene acceso municipal" in said(laila.get(OWN).text)
    assert laila.get(f"{OWN}/linking").status_code == 404
    assert laila.post(f"{OWN}/unlinking").headers["location"].startswith("/es/my-sign-ins?")
    assert laila.get(OWN).status_code == laila.post(f"{OWN}/unlinking").status_code == 404
    theirs = f"/es/staff/{desk.staff_id('pau')}/city-sign-in/unlinking"
    assert laila.post(theirs).status_code == 404
    assert desk.signed_in("amparo").post(theirs).status_code == 303
    assert links(desk) == []
