"""Tries are counted before they are looked at: many at once are five, at the door and beyond it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event
from typing import Any

import pytest

from casework.staff import pages, recovery_pages
from casework.staff.throttle import TRIES, UNKNOWN, WAIT, WrongTries
from office.keys.people import sign_in
from office.keys.telephone import renew_factor
from tests.casework.desk import NOW, STAFF, Desk, mistakes

AT_ONCE = 12
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_of_many_tries_at_once_five_may_be_made() -> None:
    tries, together = WrongTries(), Barrier(AT_ONCE)

    def one(_: int) -> bool:
        together.wait()
        return tries.may_try(("laila", UNKNOWN), NOW)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert sum(pool.map(one, range(AT_ONCE))) == TRIES == 5
    assert tries.may_try(("pau", UNKNOWN), NOW)
    assert not tries.may_try(("laila", UNKNOWN), NOW + WAIT - timedelta(seconds=1))
    assert tries.may_try(("laila", UNKNOWN), NOW + WAIT)  # whoever knocks on keeps nobody out for ever
    tries.right(("laila", UNKNOWN))
    assert [tries.may_try(("laila", UNKNOWN), NOW + WAIT) for _ in range(6)] == [True] * 5 + [False]


@pytest.mark.parametrize("door", ["sign-in", "new-telephone"])
def test_requests_that_come_at_once_open_no_more_than_five_keys(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, door: str
) -> None:
    """Everybody who may try is inside before the first is told that they were wrong."""
    looked_at, all_inside = list[str](), Event()

    def patient(*given: Any, **other: Any) -> Any:
        looked_at.append(door)
        all_inside.wait(1)
        return (sign_in if door == "sign-in" else renew_factor)(*given, **other)

    monkeypatch.setattr(pages, "sign_in", patient)
    monkeypatch.setattr(recovery_pages, "renew_factor", patient)
    form = {
        "name": STAFF["laila"].sign_in_name, "passphrase": "wrong", "code": "000000", "recovery": "x",
        "secret": SECRET,
    }  # fmt: skip
    clients = [desk.stranger() for _ in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda one: one.post(f"/es/{door}", data=form), clients))
    assert {one.status_code for one in answers} <= {403, 422}
    assert len(looked_at) == 5


def test_a_passkey_is_added_by_whoever_has_the_pass_phrase_and_not_at_a_desk_left_open(desk: Desk) -> None:
    running = desk.app.state.desk
    running.settings = running.settings.model_copy(update={"desk_at": "https://desk.example.org"})
    laila, right = desk.signed_in("laila"), STAFF["laila"].passphrase

    def wrong_fields(**form: str) -> list[str]:
        answer = laila.post("/es/my-passkeys", data={"passkey_name": "El portátil", "passkey": "{}", **form})
        assert answer.status_code == 422 and right not in answer.text
        assert len(mistakes(answer.text)) == 1
        return [name for name in ("passkey_name", "passphrase") if f'href="#{name}"' in answer.text]

    assert wrong_fields(passphrase=right) == ["passkey_name"]  # only the device's answer was none
    assert wrong_fields() == ["passphrase"]
    for _ in range(5):
        assert wrong_fields(passphrase="wrong") == ["passphrase"]
    assert wrong_fields(passphrase=right) == ["passphrase"]  # and waits
    assert desk.signed_in("laila").get("/es/cases").status_code == 200  # the door does not
    desk.clock.move(minutes=6)
    assert wrong_fields(passphrase=right) == ["passkey_name"]
    assert "passkey_added" not in desk.events()
