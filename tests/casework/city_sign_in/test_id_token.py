"""What is taken for the city's word, and what is not: each wrong token is wrong in one thing."""

import base64
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from casework.city_sign_in.errors import NotVouched
from casework.city_sign_in.id_token import FRESH, LEEWAY, subject_in
from tests.casework.city_sign_in.going import PASSPHRASE, come
from tests.casework.desk import NOW, Desk
from tests.support.city_provider import CLIENT, KEY, CityProvider, Claims, signed

ISSUER = "https://sso.example.org/realms/city"
AT = int(NOW.timestamp())
RIGHT: Claims = {
    "iss": ISSUER, "sub": "a-1", "aud": CLIENT, "nonce": "n-1", "iat": AT, "exp": AT + 300, "auth_time": AT,
}  # fmt: skip
KEYS: dict[str, Any] = {"keys": [KEY.as_dict(private=False)]}
OTHER = RSAKey.generate_key(2048, {"use": "sig", "kid": "first"})


def judged(token: object, keys: dict[str, Any] = KEYS) -> str:
    return subject_in(token, keys, issuer=ISSUER, client_id=CLIENT, nonce="n-1", at=NOW)


def test_a_right_token_says_who_it_is() -> None:
    assert judged(signed(RIGHT)) == "a-1"
    assert judged(signed(RIGHT | {"aud": [CLIENT], "azp": CLIENT})) == "a-1"
    assert judged(signed(RIGHT | {"exp": AT - LEEWAY + 1, "auth_time": AT - FRESH})) == "a-1"


@pytest.mark.parametrize(
    "other",
    [
        {"aud": "another-service"}, {"aud": [CLIENT, "another-service"]}, {"aud": []}, {"aud": None},
        {"azp": "another-service"}, {"iss": ISSUER + "/"}, {"iss": "https://evil.example"}, {"iss": None},
        {"exp": AT - LEEWAY - 1}, {"exp": None}, {"exp": "soon"}, {"iat": AT + LEEWAY + 60}, {"iat": None},
        {"nbf": AT + 3600}, {"nonce": "n-2"}, {"nonce": None}, {"nonce": ""}, {"sub": ""}, {"sub": None},
        {"sub": 7}, {"sub": "x" * 256}, {"sub": "ñ"}, {"auth_time": None},
        {"auth_time": AT - FRESH - LEEWAY - 1}, {"auth_time": AT + 3600}, {"auth_time": "now"},
    ],
    ids=repr,
)  # fmt: skip
def test_one_claim_that_is_not_right_is_enough(other: Claims) -> None:
    claims = {name: value for name, value in (RIGHT | other).items() if value is not None}
    with pytest.raises(NotVouched):
        judged(signed(claims))


def part(told: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")


def unsigned(claims: Claims) -> str:
    return f"{part({'alg': 'none'})}.{part(claims)}."


def with_the_public_key(claims: Claims) -> str:
    """HS256, with the public key that everybody knows as its secret."""
    told = f"{part({'alg': 'HS256', 'kid': 'first'})}.{part(claims)}"
    proof = hmac.digest(KEY.as_pem(private=False), told.encode(), "sha256")
    return f"{told}.{base64.urlsafe_b64encode(proof).decode().rstrip('=')}"


def of_another_key(claims: Claims) -> str:
    return jwt.encode({"alg": "RS256", "kid": "first"}, claims, OTHER)


def of_its_own_key(claims: Claims) -> str:
    """With the key in the token's own header."""
    header = {"alg": "RS256", "kid": "first", "jwk": OTHER.as_dict(private=False)}
    return jwt.encode(header, claims, OTHER)


def altered(claims: Claims) -> str:
    head, _, rest = signed(claims).partition(".")
    return f"{head}.{part(claims | {'sub': 'a-2'})}.{rest.partition('.')[2]}"


FORGED: list[Callable[[Claims], str]] = [
    unsigned,
    with_the_public_key,
    of_another_key,
    of_its_own_key,
    altered,
]


@pytest.mark.parametrize("forged", FORGED)
def test_a_token_that_the_provider_did_not_sign_is_nobodys(forged: Callable[[Claims], str]) -> None:
    with pytest.raises(NotVouched):
        judged(forged(RIGHT))


def test_what_is_no_token_or_no_keys_is_refused_and_not_stumbled_over() -> None:
    for token in (None, 7, "", "a.b.c", "....", "x" * 30_000, signed(RIGHT) + ".x"):
        with pytest.raises(NotVouched):
            judged(token)
    secret = {"kty": "oct", "k": "c2VjcmV0", "kid": "first"}
    wrong: tuple[dict[str, Any], ...] = (
        {}, {"keys": None}, {"keys": []}, {"keys": ["x"]}, {"keys": [secret]}, {"keys": [{"kty": "RSA"}]},
    )  # fmt: skip
    for keys in wrong:
        with pytest.raises(NotVouched):
            judged(signed(RIGHT), keys)


def test_at_the_desk_each_of_them_is_turned_back(desk: Desk, provider: CityProvider) -> None:
    door, now = desk.stranger(), int(desk.clock.now().timestamp())
    wrong: tuple[Claims, ...] = (
        {"nonce": "x"}, {"aud": "x"}, {"iss": "https://x.example"}, {"exp": now - 3600}, {"sub": None},
    )  # fmt: skip
    for other in wrong:
        provider.other = other
        assert come(door) == "/es/sign-in?city=not_vouched", other
    provider.other = {}
    for forged in FORGED:
        provider.sign = forged
        assert come(door) == "/es/sign-in?city=not_vouched", forged
    provider.sign = signed
    assert come(door) == PASSPHRASE
