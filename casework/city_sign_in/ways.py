"""The way to the city's sign-in and back: who set out from this browser, and whom the city vouched for.

Setting out costs the desk no memory: all of it goes along in the browser's cookie, closed under a key of
this process. Only a way that came back is remembered, so that none comes back twice. Whom the city vouched
for is kept for five minutes in the memory of this process, and nowhere else.
"""

import base64
import hashlib
import hmac
import json
import secrets
import threading
from collections import OrderedDict
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Final

from office.sealing import fields
from office.sealing.boxes import CannotOpen

WAY_LASTS: Final = timedelta(minutes=10)
"""How long somebody may take at the city's sign-in."""
WORD_LASTS: Final = timedelta(minutes=5)
"""How long the city's word is good for at the page that asks the pass-phrase."""
WORDS_KEPT: Final = 1000
LONGEST_COOKIE: Final = 4000
ABOUT: Final = "city-sign-in/way"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to the city's sign-in and back.

    Attributes:
        state: what comes back in the address, so that only this browser's own way is gone on with.
        nonce: what the city signs, so that its word is for this way.
        verifier: what shows that whoever comes back also set out (PKCE).
        links: for whose session an account is to be linked; empty at the door.
        begun: when it began, in seconds.
    """

    language: str
    onwards: str
    links: str
    begun: int
    state: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)

    @property
    def challenge(self) -> str:
        """The verifier's hash, which goes along in the address."""
        hashed = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class Word:
    """The city's word for somebody: an account of the city, and what it was asked for."""

    issuer: str
    subject: str = field(repr=False)
    onwards: str = ""
    links: str = ""


class Ways:
    """The ways of this process; a restart ends them all."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(fields.KEY_BYTES)
        self._back: dict[str, datetime] = {}
        self._words: OrderedDict[bytes, tuple[Word, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def set_out(self, way: Way) -> str:
        """Return the cookie that goes along with a way."""
        closed = fields.encrypt(self._key, json.dumps(asdict(way)).encode(), ABOUT)
        return base64.urlsafe_b64encode(closed).rstrip(b"=").decode()

    def come_back(self, cookie: str, state: str, now: datetime) -> Way | None:
        """Return the way of this browser if `state` is its own, in time and not used; from now on it is."""
        try:
            closed = base64.urlsafe_b64decode(cookie[:LONGEST_COOKIE].encode("ascii") + b"==")
            way = Way(**json.loads(fields.decrypt(self._key, closed, ABOUT)))
        except (CannotOpen, ValueError):
            return None
        if not hmac.compare_digest(way.state.encode(), state.encode()):
            return None
        if not 0 <= int(now.timestamp()) - way.begun <= WAY_LASTS.total_seconds():
            return None
        with self._lock:
            self._back = {one: at for one, at in self._back.items() if now - at <= WAY_LASTS}
            if way.state in self._back:
                return None
            self._back[way.state] = now
            return way

    def keep(self, word: Word, now: datetime) -> str:
        """Keep the city's word for a few minutes, and return the cookie that leads to it."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._forget_old(now)
            self._words[_index(token)] = (word, now)
            while len(self._words) > WORDS_KEPT:
                self._words.popitem(last=False)
        return token

    def word(self, token: str, now: datetime) -> Word | None:
        """Return the city's word to which this cookie leads, if it is still good."""
        with self._lock:
            self._forget_old(now)
            found = self._words.get(_index(token))
            return found[0] if found else None

    def use_up(self, token: str, now: datetime) -> bool:
        """Say whether the word was still good; from now on it is not."""
        with self._lock:
            self._forget_old(now)
            return self._words.pop(_index(token), None) is not None

    def _forget_old(self, now: datetime) -> None:
        for index, (_, kept_at) in list(self._words.items()):
            if not timedelta() <= now - kept_at <= WORD_LASTS:
                del self._words[index]


def _index(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
