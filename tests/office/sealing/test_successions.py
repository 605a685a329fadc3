"""A new receipt key is believed from whoever held the old one, and from nobody else."""

import pytest
from nacl.bindings import crypto_box_open
from nacl.public import Box

from office.sealing.boxes import KeyUnusable, SealingKey
from office.sealing.successions import is_successor, named_successor

OLD, NEW, READERS, STRANGER = (SealingKey.generate() for _ in range(4))
ABOUT = "K4T72MPX9/2"


def word(old: SealingKey = OLD, about: str = ABOUT, new: SealingKey = NEW) -> bytes:
    return named_successor(old, READERS.public, about=about, new=new.public)


def believed(said: bytes, readers: SealingKey = READERS, old: SealingKey = OLD) -> bool:
    return is_successor(said, readers, old=old.public, about=ABOUT, new=NEW.public)


def test_the_word_of_the_old_key_is_believed() -> None:
    assert believed(word())


@pytest.mark.parametrize(
    "said",
    [
        word(old=STRANGER),
        word(about="K4T72MPX9/3"),
        word(about="AAAAAAAAA/2"),
        word(new=STRANGER),
        word()[:-1],
        word()[:-1] + bytes([word()[-1] ^ 1]),
        b"",
    ],
)
def test_any_other_word_is_not(said: bytes) -> None:
    assert not believed(said)


def test_a_word_to_other_readers_is_not_believed() -> None:
    assert not believed(word(), readers=STRANGER)
    assert not believed(word(), old=NEW)


def test_it_is_a_box_as_libsodium_knows_it() -> None:
    """Opened with the plain primitive, from the other side."""
    said = word()
    opened = crypto_box_open(
        said[Box.NONCE_SIZE :], said[: Box.NONCE_SIZE], OLD.public, READERS.private_bytes
    )
    assert opened == b"convivencia/1/succession/" + ABOUT.encode() + b"/" + NEW.public


def test_readers_without_a_real_key_are_told_so() -> None:
    with pytest.raises(KeyUnusable):
        named_successor(OLD, b"short", about=ABOUT, new=NEW.public)
