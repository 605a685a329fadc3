"""Whether an ID token is the word of the configured provider: for this desk, this way and this moment."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry

from casework.city_sign_in.errors import NotVouched

SIGNED_BY: Final = ("RS256", "PS256", "ES256")
"""With public keys only: no `none`, and no HS256, whose secret could be taken to be the public key."""
KEY_TYPES: Final = frozenset({"RSA", "EC"})
LEEWAY: Final = 60
"""Seconds by which the two clocks may differ."""
FRESH: Final = 300
"""Seconds since somebody proved to the city who they are: a browser left signed in there is no factor."""
LONGEST_TOKEN: Final = 20_000
LONGEST_SUBJECT: Final = 255


def subject_in(
    token: object, keys: Mapping[str, Any], *, issuer: str, client_id: str, nonce: str, at: datetime
) -> str:
    """Return the subject of an ID token.

    Raises:
        NotVouched: a wrong signature or algorithm, another issuer, audience, party or nonce, out of time,
            or it does not say that the person signed in just now.
    """
    if not isinstance(token, str) or len(token) > LONGEST_TOKEN:
        raise NotVouched(why="token_form")
    now = int(at.timestamp())
    try:
        claims = jwt.decode(token, _public(keys), algorithms=list(SIGNED_BY)).claims
        JWTClaimsRegistry(
            now=now,
            leeway=LEEWAY,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": client_id},
            azp={"value": client_id},
            nonce={"essential": True, "value": nonce},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            auth_time={"essential": True},
        ).validate(claims)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise NotVouched(why=f"token_{type(error).__name__}") from None
    if claims["aud"] not in (client_id, [client_id]):
        raise NotVouched(why="token_audience")  # for others too, who could hand it on
    signed_in_at = claims["auth_time"]
    if not isinstance(signed_in_at, int) or not -LEEWAY <= now - signed_in_at <= FRESH + LEEWAY:
        raise NotVouched(why="token_auth_time")
    subject = claims["sub"]
    if not isinstance(subject, str) or not subject.isascii() or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise NotVouched(why="token_subject")
    return subject


def _public(keys: Mapping[str, Any]) -> KeySet:
    """Return the provider's public keys for signing; other kinds of keys are passed over."""
    told = keys.get("keys")
    if not isinstance(told, list):
        raise NotVouched(why="keys_form")
    mine = [
        one
        for one in told
        if isinstance(one, dict) and one.get("kty") in KEY_TYPES and one.get("use", "sig") == "sig"
    ]
    return KeySet.import_key_set({"keys": mine})
