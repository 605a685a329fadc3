from itertools import permutations
from secrets import token_bytes

import pytest

from office.sealing.escrow import EscrowShareInvalid, EscrowSharesDoNotFit, recover, split

SECRET = bytes(range(32))


@pytest.fixture(scope="module")
def shares() -> list[str]:
    return split(SECRET)


def test_any_two_of_the_three_shares_give_the_secret_back(shares: list[str]) -> None:
    assert len(shares) == len(set(shares)) == 3
    for two in permutations(shares, 2):
        assert recover(two) == SECRET


def test_one_share_alone_or_twice_gives_nothing(shares: list[str]) -> None:
    for given in ([shares[0]], [shares[0], shares[0]], []):
        with pytest.raises(EscrowSharesDoNotFit):
            recover(given)


def test_all_three_shares_work_too(shares: list[str]) -> None:
    assert recover(shares) == SECRET


def test_shares_of_two_ceremonies_do_not_fit(shares: list[str]) -> None:
    with pytest.raises(EscrowSharesDoNotFit):
        recover([shares[0], split(SECRET)[1]])


def test_a_share_may_be_typed_in_capitals_and_over_several_lines(shares: list[str]) -> None:
    assert recover([shares[0].upper().replace(" ", "\n  "), shares[2]]) == SECRET


def test_a_mistyped_word_is_noticed_and_the_error_says_in_which_share(shares: list[str]) -> None:
    words = shares[1].split()
    words[12] = "academic" if words[12] != "academic" else "acid"
    with pytest.raises(EscrowShareInvalid) as refusal:
        recover([shares[0], " ".join(words)])
    assert refusal.value.detail == {"share": "2"}


@pytest.mark.parametrize("junk", ["", "academic", "not a share at all", "academic " * 20, "ñandú " * 33])
def test_what_is_no_share_is_refused_without_repeating_it(junk: str, shares: list[str]) -> None:
    with pytest.raises(EscrowShareInvalid) as refusal:
        recover([junk, shares[0]])
    assert refusal.value.detail == {"share": "1"}


def test_only_a_whole_key_is_split() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        split(token_bytes(16))


def test_the_published_vector_gives_the_published_secret() -> None:
    """SLIP-39, test vector 23: 2 of 3 over 256 bits, under the pass-phrase TREZOR of all its vectors."""
    from shamir_mnemonic import combine_mnemonics

    two = [
        "humidity disease academic always aluminum jewelry energy woman receiver strategy amuse duckling "
        "lying evidence network walnut tactics forget hairy rebound impulse brother survive clothes "
        "stadium mailman rival ocean reward venture always armed unwrap",
        "humidity disease academic agency actress jacket gross physics cylinder solution fake mortgage "
        "benefit public busy prepare sharp friar change work slow purchase ruler again tricycle involve "
        "viral wireless mixture anatomy desert cargo upgrade",
    ]
    published = "c938b319067687e990e05e0da0ecce1278f75ff58d9853f19dcaeed5de104aae"
    assert combine_mnemonics(two, b"TREZOR").hex() == published
    assert len(recover(two)) == 32


def test_a_published_share_with_a_wrong_checksum_is_refused() -> None:
    """SLIP-39, test vector 21: 256 bits, invalid checksum."""
    share = (
        "theory painting academic academic armed sweater year military elder discuss acne wildlife boring "
        "employer fused large satoshi bundle carbon diagnose anatomy hamster leaves tracks paces beyond "
        "phantom capital marvel lips brave detect lunar"
    )
    with pytest.raises(EscrowShareInvalid):
        recover([share])
