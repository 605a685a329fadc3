"""An office in which the pages of advice, tracks, letters, mediation, meetings and walls have their say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from tests.casework.advice import pieces as advice
from tests.casework.appointments import meeting
from tests.casework.appointments.test_changing_hands import a_clinic
from tests.casework.assessing import sheets
from tests.casework.authority_requests.entries import entered, signed
from tests.casework.deadlines.clocks import day_fields
from tests.casework.desk import said
from tests.casework.letters import post
from tests.casework.matrix.filling import filled, reported
from tests.casework.matrix.people import Office
from tests.casework.mediation.steps import name_mediator
from tests.casework.referrals import handing
from tests.casework.residents import Reporter
from tests.casework.tracks import steps as tracks

HELD: Final[Mapping[str, str]] = {
    "advice": "/cases/{number}/advice",
    "new advice": "/cases/{number}/advice/new",
    "one advice": "/cases/{number}/advice/{advice_id}",
    "text of advice": "/cases/{number}/advice/{advice_id}/text",
    "duty": "/cases/{number}/duty",
    "tracks": "/cases/{number}/tracks",
    "track": "/cases/{number}/tracks/{track}",
    "letters": "/cases/{number}/letters",
    "letter": "/cases/{number}/letters/{letter_id}",
    "letter begun": "/cases/{number}/letters/{begun}",
    "papers": "/cases/{number}/papers",
    "dossiers": "/cases/{number}/dossiers",
    "dossier": "/cases/{number}/dossiers/{dossier_id}",
    "mediation": "/cases/{number}/mediation",
    "referrals of case": "/cases/{number}/referrals",
    "referral": "/cases/{number}/referrals/{referral}",
    "pack": "/cases/{number}/referrals/{referral}/pack",
    "appointments": "/cases/{number}/appointments",
    "needs": "/cases/{number}/needs",
    "form of needs": "/cases/{number}/needs/text",
    "proof": "/cases/{number}/proof",
    "sheet": "/cases/{number}/proof/1",
    "older sheet": "/cases/{number}/proof/1?text=1",
    "harm": "/cases/{number}/proof/1/harm",
    "indication": "/cases/{number}/proof/1/indications/1",
    "new indication": "/cases/{number}/proof/1/indications/new",
    "bias": "/cases/{number}/bias",
    "form of bias": "/cases/{number}/bias/text",
    "no wall": "/cases/{number}/wall",
    "referrals": "/referrals",
    "bodies": "/referrals/bodies",
    "agenda": "/agenda?from=2026-12-01",
    "clinics": "/clinics",
    "clinic": "/clinics/{clinic}",
    "sites": "/sites",
}
"""Pages of the adviser whose case it is, by what they are called in the tests."""
SEEN_BY: Final[Mapping[str, tuple[str, str]]] = {
    "mediations": ("pau", "/mediations"),
    "mediating": ("pau", "/mediations/{mediation}"),
    "invitation": ("pau", "/mediations/{mediation}/sheet"),
    "referrals of all": ("amparo", "/referrals?whose=all"),
    "bodies to change": ("amparo", "/referrals/bodies"),
    "new body": ("amparo", "/referrals/bodies/new"),
    "body": ("amparo", "/referrals/bodies/021"),
    "clinics to open": ("amparo", "/clinics"),
    "sites to change": ("amparo", "/sites"),
    "new site": ("amparo", "/sites/new"),
    "site": ("amparo", "/sites/{site}"),
    "clinic without cases": ("ferran", "/clinics/{clinic}"),
    "advice to review": ("amparo", "/cases/{city}/advice/{waits}"),
    "duty to read": ("amparo", "/cases/{number}/duty"),
    "referral drafted": ("vicent", "/cases/{city}/referrals/{drafted}"),
    "wall": ("vicent", "/cases/{city}/wall"),
    "letters against the city": ("vicent", "/cases/{city}/letters"),
    "mediation against the city": ("vicent", "/cases/{city}/mediation"),
    "walls": ("joana", "/walls"),
    "walls with numbers": ("remei", "/walls"),
    "requests": ("remei", "/authority-requests?state=all"),
    "own requests": ("iris", "/authority-requests"),
    "entering": ("iris", "/authority-requests/new"),
    "correcting": ("iris", "/authority-requests/new?corrects={request}"),
    "request": ("iris", "/authority-requests/{request}"),
    "request to sign": ("remei", "/authority-requests/{waiting}"),
    "year": ("remei", "/authority-requests/2026"),
}
"""Pages that others see."""


@dataclass(frozen=True)
class Furnished:
    """The office, what fills the addresses of its pages, and two cases: one full, one against the city."""

    office: Office
    own: Mapping[str, str]
    reporter: Reporter
    city: Reporter

    def page(self, what: str) -> tuple[str, str]:
        """Return by whom a page is asked for, and its address below the language."""
        who, at = SEEN_BY[what] if what in SEEN_BY else ("laila", HELD[what])
        return who, at.format(**self.own)


def furnished(office: Office) -> Furnished:
    """Furnish the office."""
    office.join()
    name_mediator(office, "pau")
    reporter, own = filled(office, "laila", "Inmobiliaria Sol SL", "pau")
    laila, amparo, vicent = (office.signed_in(name) for name in ("laila", "amparo", "vicent"))
    city, _ = reported(office, "vicent", city=True)
    waits = advice.begin(office, vicent, city)
    drafted = handing.drafted(office, vicent, city)
    _advised(office, reporter)
    _walked(office, reporter)
    begun = post.begun(office, laila, reporter, "claim")
    place = meeting.a_place(office, rooms="Sala 2")
    opened = amparo.post("/es/clinics", data=a_clinic(office, place, "ferran"))
    _taken(
        opened,
        sheets.indicate(laila, reporter, 2, "1", kept_in=f"file:{own['file_id']}", vanishes="yes"),
    )
    request = entered(office, "iris")
    signed(office, request)
    return Furnished(
        office,
        {
            **own,
            "begun": begun.rpartition("/")[2],
            "site": str(place),
            "clinic": opened.headers["location"].rpartition("/")[2].partition("?")[0],
            "city": city.case_number,
            "waits": str(waits.id),
            "drafted": str(drafted.id),
            "request": request,
            "waiting": entered(office, "marina"),
        },
        reporter,
        city,
    )


def _advised(office: Office, reporter: Reporter) -> None:
    """Translate the advice, review it, deliver it and note what the person decided."""
    laila = office.signed_in("laila")
    advice.translate(office, laila, reporter)
    _taken(advice.review(office, office.signed_in("amparo"), reporter, words="Bien dicho."))
    for rest, given in (("delivery", advice.delivery()), ("decision", advice.decision())):
        _taken(advice.act(office, laila, reporter, rest, **given))


def _walked(office: Office, reporter: Reporter) -> None:
    """Take a step back, note it again, file, and look at the remedy."""
    laila, (one,) = office.signed_in("laila"), tracks.standing(office, reporter)
    _taken(tracks.back(office, laila, reporter, one, one.newest))
    (remedy,) = [row for row in tracks.remedies(office) if row.track_id == one.track.id]
    later = day_fields("next_check", date(2027, 1, 20))
    _taken(
        tracks.step(
            office, laila, reporter, one, "filed", track_authority="Juzgado 7", external_number="412/2026"
        ),
        tracks.check(office, laila, reporter, one, remedy, "partly", check_note="Media carta.", **later),
    )


def _taken(*answers: Any) -> None:
    for answer in answers:
        assert answer.status_code == 303, said(answer.text)
