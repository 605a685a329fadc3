"""The residents' service is killed while people make new keys: each is left with a key that works."""

import time
from pathlib import Path
from random import Random
from threading import Event, Thread

from httpx2 import Client, HTTPError

from office.web.forms import OWN_SITE
from tests.intake_api.conftest import receipt_in
from tests.journeys.what_was_kept import begin, opened
from tests.support.office import TriedOffice, tried_office
from tests.support.reports import post_json, report

KILLS = 5
PEOPLE = 4


class Person:
    """Somebody with a receipt who makes one new key after the other until the service is gone."""

    def __init__(self, office: TriedOffice, number: int) -> None:
        self.address = office.address("intake")
        told = post_json(f"{self.address}/api/v1/reports", report(f"report {number}"))
        assert told.status == 201
        self.case_number, self.known = told.body["case_number"], [told.body["key"]]
        """The keys this person has seen whole on a page, the newest last."""
        self.renewed = self.cut_off = 0

    def opens(self, key: str) -> bool:
        with self._browser() as browser:
            return self._return(browser, key)

    def go_on(self, stop: Event) -> None:
        while not stop.is_set():
            try:
                self._renew()
            except HTTPError:
                self.cut_off += 1
                return

    def _renew(self) -> None:
        with self._browser() as browser:
            if not self._return(browser, self.known[-1]):
                return
            browser.post("/en/return/new-key")
            page = browser.get("/en/return/new-key")
            key = receipt_in(page.text)[1]
            self.known.append(key)  # written down from here on
            given = {"key": key.replace(" ", ""), "kept": "yes"}
            used = browser.post("/en/return/new-key/use", data=given)
            assert used.headers["location"] == "/en/return/case?done=new_key"
            self.renewed += 1

    def _return(self, browser: Client, key: str) -> bool:
        given = {"case_number": self.case_number, "key": key}
        return browser.post("/en/return", data=given).status_code == 303

    def _browser(self) -> Client:
        return Client(base_url=self.address, headers=OWN_SITE, timeout=20, trust_env=False, verify=False)


def test_whoever_makes_a_new_key_while_the_door_is_killed_has_exactly_one_that_holds(tmp_path: Path) -> None:
    random = Random(20261128)
    with tried_office(tmp_path / "office") as office:
        begin(office)
        people = [Person(office, number) for number in range(PEOPLE)]
        for _ in range(KILLS):
            stop = Event()
            threads = [Thread(target=person.go_on, args=(stop,)) for person in people]
            for thread in threads:
                thread.start()
            before, until = sum(person.renewed for person in people), time.monotonic() + 20
            while sum(person.renewed for person in people) == before and time.monotonic() < until:
                time.sleep(0.01)
            time.sleep(random.uniform(0, 0.4))
            office.kill("intake")
            stop.set()
            for thread in threads:
                thread.join()
            begin(office)
            for person in people:
                newest, earlier = person.known[-1], person.known[-2:][0]
                works = newest if person.opens(newest) else earlier
                assert person.opens(works), "nobody is left without a key"
                person.known = [works]
        for person in people:
            person._renew()
        assert sum(person.renewed for person in people) > KILLS, "too little happened between the kills"
        assert sum(person.cut_off for person in people) > KILLS, "the kills fell in the middle of nothing"
        with opened(office, "mailbox") as connection:
            told = connection.execute(
                "SELECT receipt.reporter_key_version,"
                " (SELECT count(*) FROM envelope WHERE envelope.kind = 'rekey'"
                "  AND envelope.case_number = receipt.case_number),"
                " (SELECT max(reporter_key_version) FROM envelope WHERE envelope.kind = 'rekey'"
                "  AND envelope.case_number = receipt.case_number) FROM receipt"
            ).fetchall()
        assert len(told) == PEOPLE
        assert all(version == count + 1 == newest for version, count, newest in told), told
