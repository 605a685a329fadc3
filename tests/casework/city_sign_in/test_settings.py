"""Settings of the city's sign-in: whole, at an address that nobody can read along, or not at all."""

from typing import Any

import pytest
from pydantic import ValidationError

from casework.settings import CaseworkSettings

WHOLE: dict[str, Any] = {"desk_at": "https://desk.example.org", "oidc_client_id": "desk"}


def test_it_is_whole_or_refused() -> None:
    assert CaseworkSettings(**WHOLE, oidc_issuer="https://sso.example.org/city").oidc_issuer
    assert CaseworkSettings(**WHOLE, oidc_issuer="http://127.0.0.1:9000").oidc_issuer
    assert not CaseworkSettings().oidc_issuer
    for missing in WHOLE:
        told = {name: value for name, value in WHOLE.items() if name != missing}
        with pytest.raises(ValidationError, match="needs OIDC_CLIENT_ID and DESK_AT"):
            CaseworkSettings(**told, oidc_issuer="https://sso.example.org")


@pytest.mark.parametrize(
    "issuer",
    [
        "http://sso.example.org", "ftp://sso.example.org", "sso.example.org", "https://u:p@sso.example.org",
        "https://sso.example.org/?a=b", "https://sso.example.org/#a", "https://",
    ],
)  # fmt: skip
def test_an_address_that_is_none_or_in_the_open_is_refused(issuer: str) -> None:
    with pytest.raises(ValidationError):
        CaseworkSettings(**WHOLE, oidc_issuer=issuer)
