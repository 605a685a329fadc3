import base64
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from office.keys.second_factor import (
    code_at,
    is_secret,
    matching_step,
    new_totp_secret,
    provisioning_uri,
    step_at,
)

SEED = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "published"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_codes_end_as_in_the_published_table(seconds: int, published: str) -> None:
    """RFC 6238, appendix B, SHA-1: eight digits there, of which an authenticator app shows the last six."""
    assert code_at(SEED, datetime.fromtimestamp(seconds, UTC)) == published[-6:]


def test_a_code_names_its_half_minute() -> None:
    at = datetime(2026, 11, 23, 9, 0, 15, tzinfo=UTC)
    assert matching_step(SEED, code_at(SEED, at), at) == step_at(at)


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "1234567", "ñ"])
def test_what_is_no_code_matches_no_half_minute(code: str) -> None:
    assert matching_step(SEED, code, datetime(2026, 11, 23, tzinfo=UTC)) is None


def test_secrets_have_160_bits_and_differ() -> None:
    secrets = {new_totp_secret() for _ in range(20)}
    assert len(secrets) == 20
    assert {len(base64.b32decode(secret)) for secret in secrets} == {20}


def test_an_authenticator_app_is_told_name_and_office() -> None:
    told = urlsplit(provisioning_uri(SEED, "nadia.comes"))
    assert (told.scheme, told.netloc) == ("otpauth", "totp")
    assert parse_qs(told.query) == {"secret": [SEED], "issuer": ["Convivencia"]}


@pytest.mark.parametrize("typed", ["", "AAAA", "not base 32!", "ñ", "A" * 31, "1" * 32, "a" * 32])
def test_a_secret_that_was_tampered_with_on_the_way_is_no_secret(typed: str) -> None:
    assert is_secret(new_totp_secret())
    assert not is_secret(typed)
