"""Putting cases together and parting them on the desk under test, as the page's own forms do."""

import re
from typing import Any

from sqlmodel import select
from starlette.responses import Response
from starlette.testclient import TestClient

from casework.merges.tables import CaseMerge
from tests.casework.desk import Desk, Reporter


def two(desk: Desk, mine: str, theirs: str, adviser: str = "laila") -> tuple[Reporter, Reporter]:
    """Two people who told of the same bus, each with a case of the same adviser."""
    amparo, own = desk.signed_in("amparo"), str(desk.staff_id(adviser))
    found = desk.report(mine, carried=False), desk.report(theirs, carried=False)
    desk.collect()
    for one in found:
        taken = amparo.post(f"/es/inbox/{one.case_number}/taking-up", data={"adviser": own})
        assert taken.status_code == 303
    return found


def path(reporter: Reporter) -> str:
    return f"/es/cases/{reporter.case_number}/together"


def versions(desk: Desk, one: Reporter, other: Reporter) -> dict[str, str]:
    return {
        "other": other.case_number,
        "version": str(desk.case(one).version),
        "other_version": str(desk.case(other).version),
    }


def together(desk: Desk, client: TestClient, leading: Reporter, under: Reporter, **more: Any) -> Response:
    """Put one case under another, from the page of the leading one."""
    data = {
        "do": "merge",
        **versions(desk, leading, under),
        "leads": "own",
        "merge_reason": "El mismo autobús, la misma tarde.",
        **more,
    }
    return client.post(path(leading), data=data)


def asked(client: TestClient, reporter: Reporter) -> list[str]:
    """The fields that ask to which case an addition belongs, in the order of the page."""
    found = re.findall(r'name="(place-[a-z]+-[0-9a-f-]{36})"', client.get(path(reporter)).text)
    return list(dict.fromkeys(found))


def apart(
    desk: Desk,
    client: TestClient,
    leading: Reporter,
    under: Reporter,
    to_under: tuple[str, ...] = (),
    **more: Any,
) -> Response:
    """Part two cases again; the additions of these kinds go to the case that was put under."""
    placed = {
        name: "under" if name.split("-")[1] in to_under else "leading" for name in asked(client, leading)
    }
    data = {
        "do": "part",
        **versions(desk, leading, under),
        "undo_reason": "Eran dos autobuses.",
        **placed,
        **more,
    }
    return client.post(path(leading), data=data)


def merges(desk: Desk) -> list[CaseMerge]:
    """Every merge there was."""
    with desk.reading() as session:
        return list(session.exec(select(CaseMerge)))
