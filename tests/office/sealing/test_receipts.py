import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from office.sealing import receipts
from office.sealing.receipts import (
    ReceiptKeyInvalid,
    ReceiptKeyMistyped,
    ReceiptKeyTooLong,
    ReceiptKeyTooShort,
    ReceiptKeyWithLetters,
    check_digits,
    checked,
    derive,
    doubtful_groups,
    grouped,
    groups_typed,
    new_key,
    new_salt,
    proof_hash,
)

KEY = "1234567890123456789012" + check_digits("1234567890123456789012")
BODIES = st.integers(0, 10**22 - 1).map("{:022d}".format)


def test_check_digits_are_those_of_the_standards_own_example() -> None:
    """ISO 7064, MOD 97-10: 794 becomes 79444."""
    assert check_digits("794") == "44"


def test_check_digits_are_those_of_the_published_bank_account_examples() -> None:
    """ISO 13616 uses the same system: GB82 WEST 1234 5698 7654 32, with W=32 … and GB00 moved behind."""
    digits = "".join(str(int(sign, 36)) for sign in "WEST12345698765432GB")
    assert check_digits(digits) == "82"


@given(BODIES)
def test_a_whole_key_leaves_one_when_divided_by_97(body: str) -> None:
    assert int(body + check_digits(body)) % 97 == 1


def test_new_keys_have_24_digits_and_differ() -> None:
    keys = {new_key() for _ in range(200)}
    assert len(keys) == 200
    assert all(len(key) == 24 and key.isdecimal() and checked(key) == key for key in keys)


def test_keys_use_all_22_random_digits() -> None:
    for place in range(22):
        assert len({new_key()[place] for _ in range(120)}) >= 8


def test_a_key_is_shown_in_six_groups_of_four() -> None:
    assert grouped("123456789012345678901234") == "1234 5678 9012 3456 7890 1234"


@pytest.mark.parametrize("zero", ["0", "٠", "۰", "०", "০", "０", "𝟎"])
def test_digits_of_any_script_are_taken(zero: str) -> None:
    typed = "".join(chr(ord(zero) + int(digit)) for digit in KEY)
    assert checked(typed) == KEY


@pytest.mark.parametrize(
    "between", [" ", "  ", "-", "–", "\u00a0", "\u200f", "\u2066", ".", "\n", "\t", "_", "·"]
)
def test_whatever_stands_between_the_groups_is_left_out(between: str) -> None:
    assert checked(f" {grouped(KEY).replace(' ', between)}\r\n") == KEY


@given(BODIES, st.integers(0, 23), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(body: str, place: int, by: int) -> None:
    key = body + check_digits(body)
    wrong = key[:place] + str((int(key[place]) + by) % 10) + key[place + 1 :]
    with pytest.raises(ReceiptKeyMistyped):
        checked(wrong)


@given(BODIES, st.integers(0, 22))
def test_two_neighbours_swapped_are_always_noticed(body: str, place: int) -> None:
    key = body + check_digits(body)
    swapped = key[:place] + key[place + 1] + key[place] + key[place + 2 :]
    if swapped != key:
        with pytest.raises(ReceiptKeyMistyped):
            checked(swapped)


@pytest.mark.parametrize("unusual", ["00", "01", "99"])
def test_check_digits_that_only_leave_one_by_another_way_are_refused(unusual: str) -> None:
    """00, 01 and 99 stand for 97, 98 and 02 when divided by 97; the standard never makes them."""
    body = next(f"{number:022d}" for number in range(97) if int(f"{number:022d}{unusual}") % 97 == 1)
    with pytest.raises(ReceiptKeyMistyped):
        checked(body + unusual)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", ReceiptKeyTooShort),
        (KEY[:-1], ReceiptKeyTooShort),
        (KEY + "1", ReceiptKeyTooLong),
        (KEY[:-1] + "O", ReceiptKeyWithLetters),
        (KEY[:-1] + "²", ReceiptKeyWithLetters),
        ("K4T7-2MPX-9", ReceiptKeyWithLetters),
        (KEY[:-1] + str((int(KEY[-1]) + 1) % 10), ReceiptKeyMistyped),
    ],
)
def test_each_kind_of_mistyping_has_its_own_sentence(typed: str, error: type[ReceiptKeyInvalid]) -> None:
    with pytest.raises(ReceiptKeyInvalid) as refusal:
        checked(typed)
    assert type(refusal.value) is error
    assert refusal.value.detail == {}
    kinds = (
        ReceiptKeyTooShort,
        ReceiptKeyTooLong,
        ReceiptKeyWithLetters,
        ReceiptKeyMistyped,
        ReceiptKeyInvalid,
    )
    assert len({kind.sentence for kind in kinds}) == len({kind.code for kind in kinds}) == 5


@given(body=BODIES, place=st.integers(0, 23), by=st.integers(1, 9))
def test_the_group_of_a_wrong_digit_is_among_those_that_are_pointed_at(
    body: str, place: int, by: int
) -> None:
    key = body + check_digits(body)
    wrong = key[:place] + str((int(key[place]) + by) % 10) + key[place + 1 :]
    pointed_at = doubtful_groups(wrong)
    assert len(pointed_at) <= 3
    assert not pointed_at or place // 4 + 1 in pointed_at


@given(body=BODIES, place=st.integers(0, 22))
def test_the_group_of_two_swapped_neighbours_is_among_those_that_are_pointed_at(
    body: str, place: int
) -> None:
    key = body + check_digits(body)
    swapped = key[:place] + key[place + 1] + key[place] + key[place + 2 :]
    pointed_at = doubtful_groups(swapped)
    assert swapped == key or not pointed_at or {place // 4 + 1, (place + 1) // 4 + 1} <= set(pointed_at)


def test_most_wrong_digits_can_be_pointed_at() -> None:
    wrong = [KEY[:at] + str((int(KEY[at]) + by) % 10) + KEY[at + 1 :] for at in range(24) for by in (1, 5)]
    assert sum(bool(doubtful_groups(key)) for key in wrong) > len(wrong) / 2


@pytest.mark.parametrize(
    ("typed", "groups"),
    [
        ("1234 567 9012 3456 7890 1254", (2,)),
        ("1234 5678 9012 34567 7890 1254", (4,)),
        ("1234-5678-9O12-3456-7890-1254", (3,)),
        ("123456789O12345678901254", (3,)),
        ("12345678901234567890125", ()),
        ("1 2 3", ()),
        ("", ()),
        ("abcd efgh ijkl mnop qrst uvwx", ()),
    ],
)
def test_a_group_without_its_four_digits_is_pointed_at(typed: str, groups: tuple[int, ...]) -> None:
    assert doubtful_groups(typed) == groups


def test_a_right_key_has_no_doubtful_group() -> None:
    assert doubtful_groups(KEY) == doubtful_groups(grouped(KEY)) == ()
    assert groups_typed(KEY) == groups_typed(grouped(KEY)) == tuple(grouped(KEY).split())


def test_a_key_gives_the_same_proof_and_the_same_sealing_key_each_time() -> None:
    salt = new_salt()
    first, again = derive(KEY, salt), derive(KEY, salt)
    assert first.proof == again.proof
    assert first.sealing_key.public == again.sealing_key.public


def test_another_case_another_proof_and_another_key() -> None:
    one, other = derive(KEY, new_salt()), derive(KEY, new_salt())
    assert one.proof != other.proof
    assert one.sealing_key.public != other.sealing_key.public


def test_the_proof_tells_nothing_of_the_sealing_key() -> None:
    derived = derive(KEY, new_salt())
    assert derived.proof != derived.sealing_key.private_bytes
    assert derived.proof.hex() not in repr(derived)


def test_what_is_derived_never_changes_or_old_receipts_would_stop_working() -> None:
    """The values of the first version, computed here from RFC 5869 by hand of the standard library."""
    import hmac

    salt = bytes(range(16))
    middle = hmac.digest(salt, KEY.encode(), "sha256")
    proof = hmac.digest(middle, b"convivencia/1/receipt/proof\x01", "sha256")
    private = hmac.digest(middle, b"convivencia/1/receipt/reporter-key\x01", "sha256")
    derived = derive(KEY, salt)
    assert (derived.proof, derived.sealing_key.private_bytes) == (proof, private)


def test_the_office_keeps_a_hash_of_the_proof_only() -> None:
    derived = derive(KEY, new_salt())
    assert proof_hash(derived.proof) != derived.proof
    assert len(proof_hash(derived.proof)) == 32


def test_salts_are_16_bytes_and_differ() -> None:
    assert len({new_salt() for _ in range(50)}) == 50
    assert len(new_salt()) == receipts.SALT_BYTES == 16


def test_the_derivation_beneath_is_that_of_rfc_5869() -> None:
    """RFC 5869, appendix A.1."""
    made = HKDF(algorithm=SHA256(), length=42, salt=bytes(range(13)), info=bytes(range(0xF0, 0xFA))).derive(
        b"\x0b" * 22
    )
    assert made.hex() == (
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )
