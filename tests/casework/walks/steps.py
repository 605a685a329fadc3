"""Steps that several walks take: a report taken up, and where a case could show in spite of a wall."""

from typing import Final

from tests.support.walking import Walker

OPEN: Final = 'td[data-label="Expedientes abiertos"]'


def take_up(person: Walker, number: str) -> None:
    """Take a report up from the inbox."""
    person.follow("inbox")
    person.follow(f"inbox/{number}")
    assert person.send("/taking-up") == 200


def open_cases(person: Walker) -> int:
    """Return how many open cases the workload counts for somebody who reads it."""
    person.go("workload")
    return sum(int(one) for one in person.page.locator(OPEN).all_inner_texts())


def exported(person: Walker, below: str) -> str:
    """Take out the list that a page shows."""
    person.go(below)
    with person.page.expect_download() as found:
        person.page.locator('a[href*=".csv"]').first.click()
    return found.value.path().read_text("utf-8")


def calendar(person: Walker) -> str:
    """Make oneself a calendar's address, and read what a calendar reads there."""
    person.go("calendar")
    person.send(person.form("/calendar"))
    made = person.page.locator("code.desk-secret").inner_text()
    return person.page.request.get(f"{person.address}{made[made.index('/calendar/') :]}").text()


def sought(person: Walker, number: str) -> str:
    """Search for a number, and return all that is said, without the number."""
    person.go("search?how=number")
    person.page.fill("main [name=number]", number)
    person.send("/search")
    return person.main.inner_text().replace(number, "")
