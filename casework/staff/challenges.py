"""What a passkey is asked to sign: random, for one purpose, for five minutes, and once.

A challenge proves by itself that it was made here, so that whoever asks for many costs no memory; only those
that were used are remembered, until they are over.
"""

import hmac
import secrets
import struct
import threading
from datetime import datetime, timedelta
from typing import Final

GOOD_FOR: Final = timedelta(minutes=5)
NONCE_BYTES: Final = 16
MOMENT: Final = struct.Struct(">Q")


class Challenges:
    """The challenges of this process; a restart ends them all."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)
        self._used: dict[bytes, datetime] = {}
        self._lock = threading.Lock()

    def new(self, purpose: str, now: datetime) -> bytes:
        """Return a challenge for this purpose."""
        told = secrets.token_bytes(NONCE_BYTES) + MOMENT.pack(int(now.timestamp()))
        return told + self._proof(purpose, told)

    def take(self, purpose: str, challenge: bytes, now: datetime) -> bool:
        """Say whether a challenge is ours, for this purpose, in time and not used; from now on it is."""
        told, proof = challenge[: NONCE_BYTES + MOMENT.size], challenge[NONCE_BYTES + MOMENT.size :]
        if len(told) != NONCE_BYTES + MOMENT.size:
            return False
        if not hmac.compare_digest(proof, self._proof(purpose, told)):
            return False
        (made,) = MOMENT.unpack(told[NONCE_BYTES:])
        if not 0 <= int(now.timestamp()) - made <= GOOD_FOR.total_seconds():
            return False
        with self._lock:
            self._used = {one: at for one, at in self._used.items() if now - at <= GOOD_FOR}
            if challenge in self._used:
                return False
            self._used[challenge] = now
            return True

    def _proof(self, purpose: str, told: bytes) -> bytes:
        return hmac.digest(self._secret, purpose.encode() + b"|" + told, "sha256")
