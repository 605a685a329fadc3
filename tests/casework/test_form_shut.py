"""While no report can be sealed, whoever is at the desk sees it on every page."""

from dataclasses import replace

import pytest

from office.sealing.public_keys import REPORT_KEYS, PublicKeys
from tests.casework.desk import Desk

TOLD = "El formulario de la ciudadanía está cerrado"


@pytest.mark.parametrize("missing", REPORT_KEYS)
def test_every_page_of_the_desk_says_that_the_form_is_shut(desk: Desk, missing: str) -> None:
    amparo = desk.signed_in("amparo")
    assert TOLD not in amparo.get("/es/inbox").text
    keys = (replace(key, is_active=key.is_active and key.name != missing) for key in desk.keys.keys)
    PublicKeys.of(keys).save(desk.settings.public_keys)
    for page in ("/es/inbox", "/es/cases"):
        assert TOLD in amparo.get(page).text
    desk.keys.save(desk.settings.public_keys)
    assert TOLD not in amparo.get("/es/inbox").text
