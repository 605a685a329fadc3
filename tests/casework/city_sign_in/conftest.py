"""A desk with a sign-in of the city, whose provider runs on loopback."""

from collections.abc import Iterator

import pytest

from tests.casework.city_sign_in.going import set_up
from tests.casework.desk import Desk
from tests.support.city_provider import CityProvider, running_provider


@pytest.fixture
def provider(desk: Desk) -> Iterator[CityProvider]:
    """The provider of the city's sign-in, which this desk knows."""
    with running_provider(lambda: desk.clock.now().timestamp()) as running:
        set_up(desk, running.issuer)
        yield running
