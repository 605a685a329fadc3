"""Sign-ins and devices: what is noted, what is told, and that strangers hold up nobody at their own desk."""

from starlette.testclient import TestClient

from casework.staff.tables import StaffDevice, StaffSignIn
from tests.casework.desk import STAFF, Desk, said

LAILA = STAFF["laila"]
FIREFOX = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"}
EDGE = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/142.0 Safari/537.36 Edg/142.0"}
TOLD = "un dispositivo que no se había visto antes"


def knock(desk: Desk, client: TestClient, passphrase: str = LAILA.passphrase, **headers: str) -> int:
    form = {"name": LAILA.sign_in_name, "passphrase": passphrase, "code": LAILA.code(desk.clock.now())}
    return client.post("/es/sign-in", data=form, headers=headers).status_code


def test_a_stranger_who_types_a_colleagues_name_does_not_hold_them_up_at_their_own_desk(desk: Desk) -> None:
    laila, stranger = desk.stranger(), desk.stranger()
    assert knock(desk, laila) == 303
    laila.post("/es/sign-out")
    for _ in range(8):
        assert knock(desk, stranger, "wrong") == 403
    assert knock(desk, stranger) == 403  # even the right answer waits where nobody of this name was seen
    assert knock(desk, laila) == 303
    laila.post("/es/sign-out")
    for _ in range(5):
        assert knock(desk, laila, "wrong") == 403
    assert knock(desk, laila) == 403  # a stolen computer has five tries too
    desk.clock.move(minutes=6)
    assert knock(desk, laila) == 303


def test_a_device_of_somebody_else_or_a_made_up_one_is_a_strangers(desk: Desk) -> None:
    laila, pau = desk.stranger(), desk.signed_in("pau")
    assert knock(desk, laila) == 303
    laila.post("/es/sign-out")
    planted = desk.stranger()
    planted.cookies.set("device", "made-up", domain="testserver.local")
    pau.post("/es/sign-out")
    for client in (planted, pau, planted, pau, planted):
        assert knock(desk, client, "wrong") == 403
    assert knock(desk, pau) == knock(desk, planted) == 403
    assert knock(desk, laila) == 303


def test_a_new_device_is_told_on_the_others_until_somebody_looks_and_never_to_itself(desk: Desk) -> None:
    laila, thief = desk.stranger(), desk.stranger()
    assert knock(desk, laila, **FIREFOX) == 303
    assert TOLD not in said(laila.get("/es/cases").text)
    desk.clock.move(minutes=61)
    assert knock(desk, laila, **FIREFOX) == 303
    assert knock(desk, thief, **EDGE) == 303
    assert TOLD not in said(thief.get("/es/cases").text)
    for _ in range(2):  # coming again makes the device a known one, and takes the news from nobody
        thief.post("/es/sign-out")
        assert knock(desk, thief, **EDGE) == 303
    assert thief.get("/es/my-sign-ins").status_code == 200
    laila.post("/es/sign-out")
    assert knock(desk, laila, **FIREFOX) == 303
    assert TOLD in said(laila.get("/es/cases").text)
    page = said(laila.get("/es/my-sign-ins").text)
    assert "entre las 10:00 y las 11:00 · Firefox · con las seis cifras Dispositivo no visto antes" in page
    assert "entre las 11:00 y las 12:00 · Edge · con las seis cifras Dispositivo no visto antes" in page
    assert page.count("Dispositivo no visto antes") == 2
    assert TOLD not in said(laila.get("/es/cases").text)
    ended = laila.post("/es/my-sign-ins/ending", data={"session": "others"})
    assert ended.status_code == 303
    assert thief.get("/es/cases").status_code == 303
    assert laila.get("/es/cases").status_code == 200
    assert laila.post("/es/my-sign-ins/ending", data={"session": "others"}).status_code == 404
    assert desk.events().count("sessions_ended") == 1


def test_one_session_is_ended_by_its_person_and_by_nobody_else(desk: Desk) -> None:
    first, second, pau = desk.signed_in("laila"), desk.signed_in("laila"), desk.signed_in("pau")
    page = second.get("/es/my-sign-ins").text
    own = page.partition('name="session" value="')[2].partition('"')[0]
    assert pau.post("/es/my-sign-ins/ending", data={"session": own}).status_code == 404
    assert first.get("/es/cases").status_code == 200
    assert second.post("/es/my-sign-ins/ending", data={"session": own}).status_code == 303
    assert first.get("/es/cases").status_code == 303
    assert second.get("/es/my-sign-ins").status_code == 200


def test_sign_ins_keep_no_address_and_no_minute_and_end_after_ninety_days(
    desk: Desk,
) -> None:
    kept = set(StaffSignIn.model_fields) | set(StaffDevice.model_fields)
    assert kept == {
        "id", "staff_id", "number", "device_id", "signed_in_on", "hour", "browser_code", "is_new_device",
        "told_up_to", "token_hash", "first_on", "last_on", "way_code",
    }  # fmt: skip
    laila, token = desk.signed_in("laila"), desk.devices["laila"]
    disk = b"".join(one.read_bytes() for one in desk.folder.rglob("*") if one.is_file())
    assert token.encode() not in disk and b"testclient" not in disk
    laila.post("/es/sign-out")
    desk.clock.move(days=120)
    assert "23 de noviembre de 2026" in said(desk.signed_in("teresa").get("/es/staff").text)
    again = said(desk.signed_in("laila").get("/es/my-sign-ins").text)
    assert "23 de noviembre" not in again and "23 de marzo de 2027" in again
