"""A file on its way to a case: the door before the body, an end to what is too large, and a full disk."""

import asyncio
import hashlib
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlmodel import select
from starlette.requests import Request
from starlette.testclient import TestClient

from casework.api.door import Program
from casework.documents import receiving
from casework.documents.receiving import WHOLE_FORM
from casework.documents.rules import LARGEST
from casework.doors import COOKIE
from casework.staff.rules import IDLE
from casework.timeline.tables import Event
from office.sealing.pieces import PIECE_BYTES
from office.web.forms import BODY_LIMIT, OWN_SITE, Form
from tests.casework.desk import Desk, mistakes, said, typed
from tests.casework.documents.adding import DISMISSAL, TEXT, add, documents, path, pieces

HEADERS = {"content-type": "multipart/form-data; boundary=cut", **OWN_SITE}
CHUNK = 64 * 1024


def head(**form: str) -> bytes:
    """The words of a form as a browser sends them, and the beginning of its file."""
    told = "".join(
        f'--cut\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {**DISMISSAL, **form}.items()
    )
    file = '--cut\r\nContent-Disposition: form-data; name="document_file"; filename="carta.txt"\r\n\r\n'
    return (told + file).encode()


class Line:
    """A request that sends its body piece by piece, and knows how much of it was asked for."""

    def __init__(self, desk: Desk, person: TestClient | None, address: str, parts: Iterator[bytes]) -> None:
        self.app, self.parts, self.given = desk.app, parts, 0
        cookie = f"{COOKIE}={person.cookies[COOKIE]}" if person else ""
        told = {**HEADERS, "host": "testserver", "cookie": cookie, "accept": "text/html"}
        self.scope = {
            "type": "http", "method": "POST", "path": address, "raw_path": address.encode(),
            "query_string": b"", "headers": [(k.lower().encode(), v.encode()) for k, v in told.items()],
            "scheme": "http", "server": ("testserver", 80), "client": ("127.0.0.1", 1), "root_path": "",
            "http_version": "1.1", "app": desk.app,
        }  # fmt: skip
        self.status, self.body, self.held = 0, b"", 0

    async def receive(self) -> dict[str, Any]:
        part = next(self.parts, None)
        if part is None:
            return {"type": "http.request", "body": b"", "more_body": False}
        self.given += len(part)
        return {"type": "http.request", "body": part, "more_body": True}

    async def send(self, message: Any) -> None:
        self.status = message.get("status", self.status)
        self.body += message.get("body", b"")

    def run(self) -> "Line":
        asyncio.run(self.app(self.scope, self.receive, self.send))
        return self


def filled(size: int, **form: str) -> Iterator[bytes]:
    """A form with a file of so many bytes."""
    yield head(**form)
    for _ in range(size // CHUNK):
        yield b"x" * CHUNK
    yield b"\r\n--cut--\r\n"


def test_who_may_not_open_the_case_is_turned_away_before_a_byte_is_read(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    for who, status in (("pau", 404), ("joana", 404), ("ferran", 404), (None, 303)):
        person = desk.signed_in(who) if who else None
        line = Line(desk, person, path(reporter), filled(4 * CHUNK)).run()
        assert (line.status, line.given) == (status, 0), who
    nobody = Line(desk, desk.signed_in("laila"), "/es/cases/ZZZZZZZZZ/documents", filled(CHUNK)).run()
    assert (nobody.status, nobody.given) == (404, 0)
    taken = Line(desk, desk.signed_in("laila"), path(reporter), filled(4 * CHUNK)).run()
    assert taken.status == 303 and taken.given > 4 * CHUNK
    assert desk.events(reporter).count("document_added") == 1
    assert desk.events(reporter).count("door_refused") + desk.events().count("door_refused") >= 1


def test_a_form_from_elsewhere_is_refused_unread(desk: Desk) -> None:
    line = Line(desk, desk.signed_in("laila"), path(desk.a_case("laila")), filled(CHUNK))
    line.scope["headers"] = [
        (name, b"cross-site" if name == b"sec-fetch-site" else value) for name, value in line.scope["headers"]
    ]
    assert (line.run().status, line.given) == (403, 0)


def test_a_body_that_is_too_large_is_cut_off_with_what_was_written_and_never_held(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    held: list[int] = []
    given = receiving._given
    monkeypatch.setattr(receiving, "_given", lambda body, rest: held.append(len(body)) or given(body, rest))
    line = Line(desk, laila, path(reporter), filled(WHOLE_FORM + CHUNK)).run()
    page = line.body.decode()
    assert line.status == 413 and "Este archivo es demasiado grande" in said(page)
    assert typed(page, "document_title")["text"] == DISMISSAL["document_title"]
    assert typed(page, "document_note")["text"] == DISMISSAL["document_note"]
    assert held == [BODY_LIMIT]
    endless = Line(desk, laila, path(reporter), filled(1024 * 1024 * 1024)).run()
    assert endless.status == 413 and endless.given < 66 * 1024 * 1024
    assert documents(desk, reporter) == pieces(desk) == []


@pytest.mark.parametrize("announced", ["1", str(10**15), "nonsense"])
def test_the_length_that_is_announced_is_not_believed(desk: Desk, announced: str) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    for size, status in ((CHUNK, 303), (LARGEST + CHUNK, 413)):
        line = Line(desk, laila, path(reporter), filled(size))
        line.scope["headers"] = [*line.scope["headers"], (b"content-length", announced.encode())]
        assert line.run().status == status


def test_a_file_one_byte_larger_than_the_largest_is_refused(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    answer = add(desk.signed_in("laila"), reporter, b"x" * (LARGEST + 1))
    assert answer.status_code == 413 and "como mucho 25 MB" in said(answer.text)
    assert len(mistakes(answer.text)) == 1 and documents(desk, reporter) == []


def test_a_line_that_breaks_in_the_middle_of_a_file_keeps_nothing(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    whole = b"".join(filled(4 * CHUNK))
    for at in (len(head()) + CHUNK, len(whole) - 3, len(whole) - 4, 40):
        line = Line(desk, laila, path(reporter), iter([whole[:at]])).run()
        assert line.status == 422, at
    assert "no llegó entero" in said(
        Line(desk, laila, path(reporter), iter([whole[:-CHUNK]])).run().body.decode()
    )
    assert documents(desk, reporter) == pieces(desk) == []


def test_two_who_add_at_one_time_are_both_kept_under_numbers_of_their_own(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    people = [desk.signed_in(name) for name in ("laila", "amparo")] * 3
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda one: add(one, reporter, TEXT * 50_000), people))
    assert [one.status_code for one in answers] == [303] * 6
    assert [one.number for one in documents(desk, reporter)] == [1, 2, 3, 4, 5, 6]
    for number in range(1, 7):
        assert people[0].get(path(reporter, number, "file/original")).content == TEXT * 50_000


def test_a_slow_line_keeps_nobody_from_their_work(desk: Desk) -> None:
    """While files trickle in, other pages of the desk answer: neither a turn nor a transaction is held."""
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")

    async def run() -> None:
        go_on = asyncio.Event()
        lines = [Line(desk, laila, path(reporter), filled(2 * CHUNK)) for _ in range(12)]

        def slowly(line: Line) -> Any:
            async def receive() -> dict[str, Any]:
                if line.given:
                    await go_on.wait()
                return await line.receive()

            return receive

        running = [asyncio.create_task(desk.app(one.scope, slowly(one), one.send)) for one in lines]
        await asyncio.sleep(0.5)
        quick = Line(desk, laila, f"/es/cases/{reporter.case_number}/notes", iter([b"note=Llega+un+papel."]))
        quick.scope["headers"] = [
            (name, b"application/x-www-form-urlencoded" if name == b"content-type" else value)
            for name, value in quick.scope["headers"]
        ]
        await asyncio.wait_for(desk.app(quick.scope, quick.receive, quick.send), 10)
        assert quick.status == 303 and not any(one.status for one in lines)
        go_on.set()
        await asyncio.gather(*running)
        assert [one.status for one in lines] == [303] * 12

    asyncio.run(run())
    assert len(documents(desk, reporter)) == 12


def test_a_disk_that_fills_up_during_an_upload_gives_the_words_back_and_keeps_nothing_by_halves(
    desk: Desk,
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    with desk.app.state.desk.engine.connect() as connection:
        driver = connection.connection.driver_connection
        driver.set_authorizer(None)
        driver.execute(f"PRAGMA max_page_count={driver.execute('PRAGMA page_count').fetchone()[0] + 400}")
    answer = add(laila, reporter, b"y" * (8 * PIECE_BYTES))
    assert answer.status_code == 503
    for word in ("Carta de despido", "La trajo a la Mesa en papel."):
        assert word in answer.text
    assert "yyyy" not in answer.text
    assert documents(desk, reporter) == pieces(desk) == []
    with desk.reading() as session:
        assert "document_added" not in {one.kind for one in session.exec(select(Event))}
    again = laila.post(path(reporter), data=DISMISSAL)  # as the button of that page sends it
    assert again.status_code == 422 and "Elige un archivo." in said(again.text)
    assert typed(again.text, "document_title")["text"] == DISMISSAL["document_title"]


def test_what_was_typed_when_the_session_ended_is_kept_as_a_draft(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    whole = b"".join(filled(CHUNK, draft=path(reporter).removeprefix("/es/"), draft_version="0"))
    desk.clock.move(minutes=IDLE.total_seconds() / 60 + 1)
    line = Line(desk, laila, path(reporter), iter([whole])).run()
    assert line.status != 404 and documents(desk, reporter) == []
    again = desk.signed_in("laila").get(path(reporter)).text
    assert typed(again, "document_title")["text"] == DISMISSAL["document_title"]


def test_a_program_adds_a_document_and_lists_it(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    address = f"/api/v1/cases/{reporter.case_number}/documents"
    told = {name: value for name, value in DISMISSAL.items() if "-" not in name}
    without = laila.post(address, json=told)
    assert without.status_code == 422 and "document_file" in without.json()["corrections"]
    sent = {
        **told,
        "document_on": "2026-11-03",
        "document_file": b64encode(TEXT).decode(),
        "document_file_name": "carta.txt",
    }
    answer = laila.post(address, json=sent)
    assert answer.status_code == 200 and answer.json()["done"] == "document_added", answer.text
    (one,) = laila.get(address).json()["documents"]
    assert (one["number"], one["title"], one["on"]) == (1, "Carta de despido", "2026-11-03")
    assert one["file"]["sha256"] == hashlib.sha256(TEXT).hexdigest()
    whole = laila.get(f"{address}/1").json()
    assert (whole["file_name"], whole["copy_of"]) == ("carta.txt", "")
    assert laila.get(path(reporter, 1, "file/original")).content == TEXT

    broken = laila.post(address, json={**sent, "document_file": "%%%"})
    assert broken.status_code == 422 and broken.json()["code"] == "field_of_another_kind"
    assert len(documents(desk, reporter)) == 1
    pau = desk.signed_in("pau")
    shut = [
        pau.post(f"/api/v1/cases/{number}/documents", json=sent)
        for number in (reporter.case_number, "ZZZZZZZZZ")
    ]
    assert [one.status_code for one in shut] == [404, 404] and shut[0].json() == shut[1].json()
    assert laila.post(address, content=b"{", headers={"content-type": "application/json"}).status_code == 422


def test_a_program_sends_a_file_as_large_as_a_person_and_none_larger(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    address = f"/api/v1/cases/{reporter.case_number}/documents"
    told = {name: value for name, value in DISMISSAL.items() if "-" not in name}
    for size, status in ((LARGEST, 200), (LARGEST + 1, 413), (LARGEST + BODY_LIMIT, 413)):
        sent = {**told, "document_file": b64encode(b"a" * size).decode(), "document_file_name": "a.txt"}
        answer = laila.post(address, json=sent)
        assert answer.status_code == status, answer.text[:300]
    (kept,) = laila.get(address).json()["documents"]
    assert kept["file"]["size"] == LARGEST


def test_only_the_file_of_a_program_may_be_larger_than_a_form(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    address = f"/api/v1/cases/{reporter.case_number}/documents"
    told = {name: value for name, value in DISMISSAL.items() if "-" not in name}
    file = {"document_file": b64encode(b"a" * BODY_LIMIT).decode(), "document_file_name": "carta.txt"}
    half = "a" * (BODY_LIMIT // 2)
    for long in ({"document_note": half + half + "a"}, {"document_note": half, "document_title": half + "a"}):
        answer = laila.post(address, json={**told, **file, **long})
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert documents(desk, reporter) == []
    assert laila.post(address, json={**told, **file}).status_code == 200


def test_what_a_program_sent_is_read_beside_the_loop_that_serves_all(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    inside: list[bool] = []
    reads = Program.form

    def noting(self: Program, request: Request, body: bytes) -> Form:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            inside.append(False)
        else:
            inside.append(True)
        return reads(self, request, body)

    monkeypatch.setattr(Program, "form", noting)
    laila.post(f"/api/v1/cases/{reporter.case_number}/documents", json={"document_title": "Carta"})
    assert inside == [False]
