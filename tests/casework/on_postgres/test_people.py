"""Sign-ins, devices, the city's sign-in, help after a loss and the roles without a key, on PostgreSQL."""

import pytest
from sqlalchemy import text

from tests.casework.city_sign_in.going import PASSPHRASE, come, give, linked
from tests.casework.city_sign_in.going import set_up as set_up_city
from tests.casework.desk import STAFF, said
from tests.casework.on_postgres.conftest import PostgresDesk
from tests.casework.staff.test_recovery import TOLD, at, handed, set_up
from tests.support.city_provider import running_provider

pytestmark = pytest.mark.postgres


def test_sign_ins_help_and_roles_on_postgresql(desk: PostgresDesk) -> None:
    for _ in range(2):
        laila = desk.signed_in("laila")
    assert said(laila.get("/es/my-sign-ins").text).count("Dispositivo no visto antes") == 1
    amparo, joana = desk.signed_in("amparo"), desk.signed_in("joana")
    assert amparo.post(at(desk, "laila"), data={"lost": "factor"}).status_code == 303
    assert amparo.post(at(desk, "laila", "confirming")).status_code == 409
    code = handed(joana.post(at(desk, "laila", "confirming")).text)
    assert set_up(desk, code) == 303
    assert set_up(desk, code) == 422
    assert desk.events()[-1] == "factor_renewed"
    pau = desk.signed_in("pau")
    assert TOLD not in said(pau.get("/es/cases").text)
    teresa = desk.signed_in("teresa")
    assert teresa.get("/es/health").status_code == 200
    assert teresa.post(f"/es/staff/{desk.staff_id('pau')}/leaving").status_code == 303
    assert pau.get("/es/cases").status_code == 303
    assert STAFF["pau"].display_name in said(teresa.get("/es/staff").text)
    with desk.reading() as session:
        rules = session.execute(text("SELECT count(*) FROM staff_sign_in WHERE hour NOT BETWEEN 0 AND 23"))
        assert rules.scalar_one() == 0


def test_an_account_of_the_city_on_postgresql(desk: PostgresDesk) -> None:
    with running_provider(lambda: desk.clock.now().timestamp()) as provider:
        set_up_city(desk, provider.issuer)
        assert linked(desk, desk.signed_in("laila")) == 303
        door = desk.stranger()
        assert come(door) == PASSPHRASE
        assert give(door, passphrase="wrong") == 403
        assert give(door) == 303
        at_staff = f"/es/staff/{desk.staff_id('laila')}/city-sign-in/unlinking"
        assert desk.signed_in("amparo").post(at_staff).status_code == 303
        assert door.get("/es/cases").status_code == 303
        assert come(door) == PASSPHRASE
        assert give(door) == 403
