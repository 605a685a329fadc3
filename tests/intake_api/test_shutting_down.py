"""What happens when the service is told to stop."""

from dataclasses import replace
from typing import Any, cast

import pytest
from fastapi.testclient import TestClient

from tests.intake_api.conftest import Entrance


def test_the_mailbox_is_closed_also_when_the_days_off_could_not_be_read(entrance: Entrance) -> None:
    city = entrance.door.city
    broken = replace(city.calendar, country=cast(Any, [7]))  # no file can say so: reading it crashes
    entrance.door.city = replace(city, calendar=broken)

    with pytest.raises(TypeError), TestClient(entrance.app):
        assert entrance.door.letterbox.workers

    assert entrance.door.letterbox.workers == []
