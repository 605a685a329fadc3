"""People and programs that report while the office is being killed, and what each was shown.

Everything goes over HTTP. What counts as shown is what arrived whole: a complete answer with a receipt.
"""

import json
import re
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from random import Random
from typing import Any, Literal
from urllib.parse import urlencode

from office.web.forms import OWN_SITE
from tests.support.reports import report

Kind = Literal["program", "browser"]
FORM = "application/x-www-form-urlencoded"
CONSONANTS = "bcdfghjklmnpqrstvwxyz"
STORY = "Me dijeron en la escalera que aquí no querían a gente como nosotras, y no es la primera vez. " * 200
AGAIN_AFTER = 0.01


class CutOff(Exception):
    """The answer did not arrive, or not whole: nobody may believe anything."""


class NobodyThere(CutOff):
    """Nothing was sent, for nobody listens."""


@dataclass(frozen=True)
class Answered:
    status: int
    headers: dict[str, str]
    text: str

    @property
    def to(self) -> str:
        return self.headers.get("location", "")


@dataclass
class Link:
    """One client: its kept-alive connection and its cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    connection: HTTPConnection | None = None
    source: str = "127.0.0.1"
    user_agent: str = ""
    took: list[float] = field(default_factory=list)
    """Seconds of each answer, asked for and read."""

    def get(self, path: str) -> Answered:
        return self.ask("GET", path, b"", {})

    def form(self, path: str, fields: dict[str, str] | None = None) -> Answered:
        return self.ask("POST", path, urlencode(fields or {}).encode(), {"Content-Type": FORM})

    def json(self, path: str, body: bytes, key: str | None) -> Answered:
        headers = {"Content-Type": "application/json", **({"Idempotency-Key": key} if key else {})}
        return self.ask("POST", path, body, headers)

    def connect(self) -> HTTPConnection:
        if self.connection is None:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(self.source, 0))
            try:
                connection.connect()
            except OSError as error:
                connection.close()
                raise NobodyThere from error
            self.connection = connection
        return self.connection

    def ask(self, verb: str, path: str, body: bytes, headers: dict[str, str]) -> Answered:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = self.connect()
        try:
            sent = {**OWN_SITE, **headers, **({"Cookie": cookies} if cookies else {})}
            if self.user_agent:
                sent["User-Agent"] = self.user_agent
            begun = time.monotonic()
            connection.request(verb, path, body or None, sent)
            answer = connection.getresponse()
            text = answer.read().decode()
            self.took.append(time.monotonic() - begun)
        except (OSError, HTTPException) as error:
            self.hang_up()
            raise CutOff from error
        told = {name.lower(): value for name, value in answer.getheaders()}
        for given in answer.msg.get_all("Set-Cookie", []):
            for morsel in SimpleCookie(given).values():
                if morsel.value and morsel["max-age"] != "0":
                    self.cookies[morsel.key] = morsel.value
        return Answered(answer.status, told, text)

    def hang_up(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    close = hang_up


@dataclass(frozen=True)
class Shown:
    """A receipt as it stood before the person's eyes."""

    case_number: str
    key: str


@dataclass
class Told:
    """One report that somebody tried to send.

    Attributes:
        key: the `Idempotency-Key` of a program that means to send again after a lost answer.
        cookie: of a browser whose draft the office has acknowledged.
        word: what the page before sending gave the browser, with which alone the receipt opens.
        was_sent: "send" was pressed, whatever came of it.
        shown: the receipt that arrived, if one did.
    """

    text: str
    by: Kind
    telephone: str = ""
    is_counted: bool = False
    key: str | None = None
    cookie: str = ""
    word: dict[str, str] = field(default_factory=dict)
    was_sent: bool = False
    shown: Shown | None = None

    @property
    def body(self) -> bytes:
        contact = {"kind": "phone", "value": self.telephone} if self.telephone else {"kind": "none"}
        consents = {"count": self.is_counted, "advise": True}
        return json.dumps(report(self.text, contact=contact, consents=consents)).encode()

    @property
    def last_page(self) -> dict[str, str]:
        fields = {"consent_advise": "yes", "contact_kind": "none"}
        if self.is_counted:
            fields["consent_count"] = "yes"
        if self.telephone:
            fields |= {"contact_kind": "phone", "contact_value": self.telephone}
        return fields

    @property
    def can_be_sent_again(self) -> bool:
        return bool(self.key or self.cookie)

    def see(self, shown: Shown) -> None:
        """Look at a receipt; it must be the one that was seen before, if one was."""
        assert self.shown in (None, shown), f"two receipts for one report: {self.shown}, {shown}"
        self.shown = shown

    def send(self, port: int) -> None:
        """Send, or send again from a new connection, and look at the receipt."""
        link = Link(port, {**({"draft": self.cookie} if self.cookie else {}), **self.word})
        try:
            self.send_by(link)
        finally:
            link.hang_up()

    def send_by(self, link: Link) -> None:
        """Send, or send again, and look at the receipt."""
        if self.by == "program":
            self._by_program(link)
        else:
            self._by_browser(link)

    def _by_program(self, link: Link) -> None:
        link.connect()
        self.was_sent = True
        answer = link.json("/api/v1/reports", self.body, self.key)
        assert answer.status == 201, (answer.status, answer.text)
        given = json.loads(answer.text)
        self.see(Shown(given["case_number"], given["key"]))

    def _by_browser(self, link: Link) -> None:
        if not self.cookie:
            onward = link.form("/es/report/what", {"what_happened": self.text})
            assert onward.status == 303, (onward.status, onward.text)
            self.cookie = link.cookies["draft"]
        if not self.was_sent:
            onward = link.form("/es/report/may", self.last_page)
            assert onward.to == "/es/report/check", (onward.status, onward.to)
            assert link.get("/es/report/check").status == 200
            self.word = {"sender": link.cookies["sender"]}
        self.was_sent = True
        onward = link.form("/es/report/send")
        assert onward.to == "/es/report/receipt", (onward.status, onward.to)
        page = link.get("/es/report/receipt")
        assert page.status == 200, (page.status, page.to)
        self.see(receipt_in(page.text))


def receipt_in(page: str) -> Shown:
    number = re.search(r'id="case-number">([^<]+)<', page)
    key = re.search(r'id="key">(.*?)</bdi>', page, re.DOTALL)
    assert number and key and "</html>" in page, page
    return Shown(number.group(1), " ".join(re.findall(r"<span>(\d{4})</span>", key.group(1))))


def words(page: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def comes_back(port: int, shown: Shown) -> str:
    """Sign in on the return pages with a receipt and give the words of the case page."""
    with closing(Link(port)) as link:
        opened = link.form("/es/return", {"case_number": shown.case_number, "key": shown.key})
        assert opened.to == "/es/return/case", (shown.case_number, opened.status, words(opened.text))
        page = link.get("/es/return/case")
    assert page.status == 200
    return words(page.text)


class Crowd:
    """Several programs and browsers that report at the same time, until told to stop."""

    def __init__(self, port: int, seed: int, *, programs: int = 5, browsers: int = 3) -> None:
        self.port = port
        self.random = Random(seed)
        self.kinds: list[Kind] = [
            "program" if number < programs else "browser" for number in range(programs + browsers)
        ]
        self.told: list[Told] = []
        self.troubles: list[BaseException] = []
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin to report, each client after the other's answer."""
        self._stop.clear()
        seeds = [(kind, self.random.random()) for kind in self.kinds]
        self._threads = [threading.Thread(target=self._report, args=each) for each in seeds]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Wait until everybody has noticed, and say what should not have happened."""
        self._stop.set()
        for thread in self._threads:
            thread.join(90)
        for trouble in self.troubles:
            raise trouble

    def _report(self, kind: Kind, seed: float) -> None:
        random = Random(seed)
        link = Link(self.port)
        try:
            while not self._stop.is_set():
                told = invented(random, kind)
                link.cookies.clear()
                try:
                    told.send_by(link)
                except CutOff:
                    time.sleep(AGAIN_AFTER)
                if told.was_sent or told.cookie:
                    self.told.append(told)
        except BaseException as trouble:
            self.troubles.append(trouble)
        finally:
            link.hang_up()

    def shown(self) -> list[Told]:
        return [told for told in self.told if told.shown]

    def cut_off(self) -> list[Told]:
        """Those who can send again what they do not know to have arrived."""
        return [told for told in self.told if told.shown is None and told.can_be_sent_again]


def invented(random: Random, kind: Kind) -> Told:
    """A report no other is like; some are long, some leave a telephone, some agree to be counted."""
    name = "".join(random.choices(CONSONANTS, k=16))  # no digits: they could look like an identity number
    length, begun = random.choice((20, 200, 3000, 9000)), random.randrange(len(STORY) // 2)
    text = f"{name} {STORY[begun : begun + length].strip()} fin"
    may_send_again = kind == "program" and random.random() < 0.7
    return Told(
        text=text,
        by=kind,
        telephone=f"+34 961 {random.randrange(10**6):06d}" if random.random() < 0.5 else "",
        is_counted=random.random() < 0.5,
        key=f"{name}{random.getrandbits(64):016x}" if may_send_again else None,
    )


def as_json(answer: Answered) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(answer.text)
    return told
