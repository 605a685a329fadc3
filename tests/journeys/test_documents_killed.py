"""The desk is killed while files are on their way to a case: what it said it kept is whole."""

import re
import secrets
import socket
import threading
import time
from contextlib import closing
from pathlib import Path

from office.web.forms import OWN_SITE
from tests.journeys.senders import CutOff, Link
from tests.journeys.test_desk_killed import a_case, assert_timeline_is_whole, signed_in
from tests.support.office import TriedOffice, tried_office

KILLS = 2
KEPT_BETWEEN = 3
SIZE = 5 * 1024 * 1024
WORDS = {
    "document_kind": "evidence", "document_origin": "person", "document_language": "none",
    "document_privilege": "open",
}  # fmt: skip
TYPE = "multipart/form-data; boundary=cut"


def form(title: str, clear: bytes) -> bytes:
    told = {**WORDS, "document_title": title}
    parts = [
        f'--cut\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in told.items()
    ]
    head = '--cut\r\nContent-Disposition: form-data; name="document_file"; filename="a.txt"\r\n\r\n'
    return ("".join(parts) + head).encode() + clear + b"\r\n--cut--\r\n"


class Sender(threading.Thread):
    """An adviser who adds one document after the other, and knows which the desk said it kept."""

    def __init__(self, office: TriedOffice, who: str, number: str) -> None:
        super().__init__(daemon=True)
        self.link, self.number, self.who = signed_in(office, who), number, who
        self.kept: dict[str, bytes] = {}
        self.tried: dict[str, bytes] = {}
        self.enough = threading.Event()

    def run(self) -> None:
        try:
            while True:
                title, clear = f"Prueba {secrets.token_hex(6)}", secrets.token_hex(SIZE // 2).encode()
                self.tried[title] = clear
                at = f"/es/cases/{self.number}/documents"
                answer = self.link.ask("POST", at, form(title, clear), {"Content-Type": TYPE})
                assert answer.status == 303, answer.status
                self.kept[title] = clear
                if len(self.kept) >= KEPT_BETWEEN:
                    self.enough.set()
        except CutOff:
            self.link.close()


def test_a_killed_desk_has_every_document_it_said_it_kept_whole_and_none_by_halves(tmp_path: Path) -> None:
    with tried_office(tmp_path / "office") as office:
        office.start("intake", "casework")
        number = a_case(office)
        kept: dict[str, bytes] = {}
        tried: dict[str, bytes] = {}
        for _ in range(KILLS):
            senders = [Sender(office, who, number) for who in ("laila", "vicent")]
            for one in senders:
                one.start()
            assert all(one.enough.wait(120) for one in senders)
            office.kill("casework")
            for one in senders:
                one.join(60)
                assert not one.is_alive()
                kept |= one.kept
                tried |= one.tried
            office.start("casework")
        with closing(signed_in(office, "laila")) as laila:
            page = laila.get(f"/es/cases/{number}/documents").text
            found = dict(re.findall(r"documents/(\d+)\">.*?<bdi>(Prueba [0-9a-f]+)</bdi>", page, re.DOTALL))
            assert len(set(found.values())) == len(found) and kept.keys() <= set(found.values())
            for own, title in found.items():
                file = laila.get(f"/es/cases/{number}/documents/{own}/file/original")
                assert (file.status, file.text.encode()) == (200, tried[title]), title
        assert_timeline_is_whole(office)


def test_an_upload_that_ends_in_the_middle_keeps_nothing_and_one_that_may_not_is_answered_at_once(
    tmp_path: Path,
) -> None:
    with tried_office(tmp_path / "office") as office:
        office.start("intake", "casework")
        number = a_case(office)
        at, port = f"/es/cases/{number}/documents", office.service("casework").port
        with closing(signed_in(office, "laila")) as laila, closing(signed_in(office, "pau")) as pau:
            broken, shut = (_begun(link, port, at) for link in (laila, pau))
            with closing(broken), closing(shut):
                shut.settimeout(20)
                assert shut.recv(12) == b"HTTP/1.1 404"  # of 20 MB announced, a few hundred bytes were sent
            time.sleep(1)
            assert "La Mesa todavía no ha añadido ninguno." in laila.get(at).text
        assert_timeline_is_whole(office)


def _begun(link: Link, port: int, at: str) -> socket.socket:
    """Begin to send a large form, and send no more than its first bytes."""
    cookie = "; ".join(f"{name}={value}" for name, value in link.cookies.items())
    told = {"Host": "127.0.0.1", **OWN_SITE, "Content-Type": TYPE, "Content-Length": str(20 * 1024 * 1024)}
    head = "".join(f"{name}: {value}\r\n" for name, value in {**told, "Cookie": cookie}.items())
    line = socket.create_connection(("127.0.0.1", port), timeout=20)
    line.sendall(f"POST {at} HTTP/1.1\r\n{head}\r\n".encode() + form("Prueba", b"")[:300])
    return line
