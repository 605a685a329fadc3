import threading
import time

import argon2.low_level
import pytest
from argon2.low_level import ARGON2_VERSION, Type, core, ffi
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from office.sealing import passphrases
from office.sealing.boxes import CannotOpen
from office.sealing.passphrases import COST, Cost, PassphraseTooWeak, check_strength, unwrap, wrap

SECRET = bytes(range(32))
CHEAP = Cost(kib=64, passes=1, lanes=1)
GOOD = "correct horse battery staple"


def test_the_hash_beneath_gives_the_published_answer() -> None:
    """RFC 9106, section 5.3: Argon2id with a secret and associated data."""
    out = ffi.new("uint8_t[]", 32)
    fields = {
        "pwd": ffi.new("uint8_t[]", b"\x01" * 32),
        "salt": ffi.new("uint8_t[]", b"\x02" * 16),
        "secret": ffi.new("uint8_t[]", b"\x03" * 8),
        "ad": ffi.new("uint8_t[]", b"\x04" * 12),
    }
    context = ffi.new("argon2_context *")
    context.version, context.t_cost, context.m_cost = ARGON2_VERSION, 3, 32
    context.lanes, context.threads = 4, 4
    context.out, context.outlen = out, 32
    for name, value in fields.items():
        setattr(context, name, value)
        setattr(context, f"{name}len", len(value) - 1)
    assert core(context, Type.ID.value) == 0
    assert bytes(ffi.buffer(out, 32)).hex() == (
        "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"
    )


def test_a_wrapped_secret_opens_with_its_passphrase() -> None:
    assert unwrap(wrap(SECRET, GOOD, about="staff/1"), GOOD, about="staff/1") == SECRET


def test_a_try_costs_64_mib_and_three_passes_and_says_so_in_the_header() -> None:
    wrapped = wrap(SECRET, GOOD, about="a")
    assert (COST.kib, COST.passes, COST.lanes) == (65_536, 3, 1)
    assert wrapped[:7] == b"\x01" + (65_536).to_bytes(4, "big") + b"\x03\x01"


def test_a_wrong_passphrase_does_not_open() -> None:
    with pytest.raises(CannotOpen):
        unwrap(wrap(SECRET, GOOD, about="a", cost=CHEAP), GOOD + " ", about="a")


def test_a_wrapped_secret_of_another_person_does_not_open() -> None:
    with pytest.raises(CannotOpen):
        unwrap(wrap(SECRET, GOOD, about="staff/1", cost=CHEAP), GOOD, about="staff/2")


def test_the_cost_that_was_paid_cannot_be_written_over_by_another() -> None:
    """The same key under another header: only the header's own binding notices."""
    wrapped = wrap(SECRET, GOOD, about="a", cost=CHEAP)
    header, rest = wrapped[: passphrases.HEADER.size], wrapped[passphrases.HEADER.size :]
    salt, nonce, body = rest[:16], rest[16:28], rest[28:]
    key = argon2.low_level.hash_secret_raw(GOOD.encode(), salt, 1, 64, 1, 32, Type.ID)
    assert AESGCM(key).decrypt(nonce, body, header + b"a") == SECRET
    with pytest.raises(InvalidTag):
        AESGCM(key).decrypt(nonce, body, b"a")


@pytest.mark.parametrize("cost", [Cost(2**31, 1, 1), Cost(64, 200, 1), Cost(64, 1, 200)])
def test_a_cost_that_would_stop_the_machine_is_refused_before_it_is_paid(
    cost: Cost, monkeypatch: pytest.MonkeyPatch
) -> None:
    def paid(*given: object) -> bytes:
        raise AssertionError("it was paid")

    monkeypatch.setattr(passphrases, "hash_secret_raw", paid)
    with pytest.raises(CannotOpen):
        unwrap(passphrases.HEADER.pack(1, *cost) + bytes(100), GOOD, about="a")


def test_a_change_of_any_byte_of_a_wrapped_secret_is_noticed() -> None:
    wrapped = wrap(SECRET, GOOD, about="a", cost=CHEAP)
    for place in range(len(wrapped)):
        if place in (1, 2):
            continue  # the memory asked for: refused below, or slow
        altered = bytearray(wrapped)
        altered[place] ^= 1
        with pytest.raises(CannotOpen):
            unwrap(bytes(altered), GOOD, about="a")


@pytest.mark.parametrize("junk", [b"", b"\x01", bytes(100), b"\x01" + b"\xff" * 100])
def test_what_is_no_wrapped_secret_does_not_open_and_costs_nothing(junk: bytes) -> None:
    before = time.perf_counter()
    with pytest.raises(CannotOpen):
        unwrap(junk, GOOD, about="a")
    assert time.perf_counter() - before < 0.1


def test_accents_typed_on_another_keyboard_and_wide_spaces_make_no_difference() -> None:
    wrapped = wrap(SECRET, "la ta\u00e7a \u00e9s plena d'aigua", about="a", cost=CHEAP)
    assert unwrap(wrapped, "la\u00a0tac\u0327a e\u0301s plena d'aigua", about="a") == SECRET


@pytest.mark.parametrize(
    "strong", [GOOD, "a1b2c3d4e5f6g7", "uno dos más aún", "كلمة سر طويلة جدا", "一 二二 三三 四四 五五 六"]
)
def test_fourteen_characters_or_four_words_are_strong_enough(strong: str) -> None:
    check_strength(strong)


@pytest.mark.parametrize(
    "weak",
    [
        "",
        "password",
        "a1b2c3d4e5f6g",
        "aaaaaaaaaaaaaaaaaaaa",
        "uno dos uno",
        "a b c d",
        " " * 20,
        "ab ab ab ab ab ab",
    ],
)
def test_shorter_or_simpler_ones_are_refused(weak: str) -> None:
    with pytest.raises(PassphraseTooWeak) as refusal:
        check_strength(weak)
    assert refusal.value.detail == {}


def test_ones_own_name_does_not_count() -> None:
    with pytest.raises(PassphraseTooWeak):
        check_strength("margarida.ferrer2026", names=("Margarida.Ferrer",))
    check_strength("margarida.ferrer and a purple sheep", names=("Margarida.Ferrer",))


def test_no_more_than_two_run_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Watched at the library's door, because its memory is what must not add up."""
    running, most, lock = 0, 0, threading.Lock()
    real = argon2.low_level.hash_secret_raw

    def watched(*given: object) -> bytes:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.02)
        try:
            return real(*given)  # type: ignore[arg-type]  # passed on as it came
        finally:
            with lock:
                running -= 1

    monkeypatch.setattr(passphrases, "hash_secret_raw", watched)
    threads = [
        threading.Thread(target=wrap, args=(SECRET, GOOD), kwargs={"about": "a", "cost": CHEAP})
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == passphrases.AT_ONCE == 2


def test_bytes_a_terminal_could_not_read_are_a_wrong_passphrase_and_not_a_crash() -> None:
    with pytest.raises(CannotOpen):
        unwrap(wrap(SECRET, GOOD, about="a", cost=CHEAP), "caf\udce9", about="a")
