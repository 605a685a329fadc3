"""What advisers do with the list of cases in the tests."""

import re
from collections.abc import Sequence

from starlette.testclient import TestClient

from tests.casework.desk import Desk, Reporter, said


def listed(client: TestClient, query: str = "") -> list[str]:
    """Return the numbers of a list, in its order."""
    answer = client.get(f"/en/cases?{query}")
    assert answer.status_code == 200, said(answer.text)
    return re.findall(r'class="govuk-link desk-number" href="/en/cases/([^"]+)"', answer.text)


def counted(client: TestClient, query: str = "") -> dict[str, int]:
    """Return what the tabs of the queues say."""
    page = (
        client.get(f"/en/cases?{query}").text.partition('aria-label="Which cases"')[2].partition("</nav>")[0]
    )
    return {name.strip(): int(count) for name, count in re.findall(r">([^<>]+) \((\d+)\)</a>", page)}


def many(desk: Desk, count: int, adviser: str = "laila", **report: object) -> list[Reporter]:
    """So many reports taken up for one adviser, by one supervisor who signs in once."""
    amparo, own = desk.signed_in("amparo"), str(desk.staff_id(adviser))
    reporters = [desk.report(carried=False, **report) for _ in range(count)]  # type: ignore[arg-type]  # of a report
    desk.collect()
    for one in reporters:
        answer = amparo.post(f"/es/inbox/{one.case_number}/taking-up", data={"adviser": own})
        assert answer.status_code == 303, said(answer.text)
    return reporters


def tick(desk: Desk, reporters: Sequence[Reporter]) -> list[str]:
    """Return the fields of the page on which cases are given away."""
    return [f"{one.case_number}.{desk.case(one).version}" for one in reporters]


def giving(desk: Desk, reporters: Sequence[Reporter], to: str, **other: object) -> dict[str, object]:
    """Return the form that gives these cases away."""
    return {
        "do": "give",
        "case": tick(desk, reporters),
        "adviser": str(desk.staff_id(to)),
        "reason": "absence",
        "notice": "nobody",
        **other,
    }


def numbers(reporters: Sequence[Reporter]) -> list[str]:
    return sorted(one.case_number for one in reporters)
