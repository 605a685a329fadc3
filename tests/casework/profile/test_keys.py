"""The profile's own key: it goes where the case goes, to its adviser to read and to nobody beside."""

from datetime import timedelta

import pytest
from sqlmodel import select

from casework.cases.tables import CaseKeyGrant
from casework.profile.keys import open_key, unseal_of
from casework.profile.tables import CaseProfile, ProfileEntry, ProfileGrant
from office.keys.holdings import leave
from office.sealing.boxes import CannotOpen, SealingKey, unseal
from office.sealing.passphrases import unwrap
from office.stores.keyroom import Staff
from tests.casework.conflicts.people import declare
from tests.casework.desk import NOW, STAFF, Desk, Reporter
from tests.casework.mediation import steps as mediation
from tests.casework.merges.pairs import apart, together, two
from tests.casework.profile.noting import WORD, grants, note, noted, path, profiles, say_why, withdraw
from tests.casework.queues.test_cover import away
from tests.casework.test_leaving import leaves
from tests.casework.walls.rising import wall_off

READS, REASON = "reads", "with_reason"
OF_LAILA = {"laila": READS, "amparo": REASON, "vicent": REASON}
OF_PAU = {"pau": READS, "amparo": REASON, "vicent": REASON}


def give(desk: Desk, reporter: Reporter, to: str, by: str = "amparo") -> int:
    form = {"adviser": str(desk.staff_id(to)), "reason": "load", "version": str(desk.case(reporter).version)}
    address = f"/es/cases/{reporter.case_number}/adviser"
    return desk.signed_in(by).post(address, data=form).status_code


def key_of(desk: Desk, name: str) -> SealingKey:
    """Somebody's own key, as their pass-phrase opens it."""
    with desk.reading() as session:
        own = session.get_one(Staff, desk.staff_id(name))
        assert own.wrapped_private_key is not None
        opened = unwrap(own.wrapped_private_key, STAFF[name].passphrase, about=f"staff/{own.id}")
        return SealingKey.from_private_bytes(opened)


def profile_key(desk: Desk, reporter: Reporter, name: str) -> SealingKey:
    """The profile's key, as somebody holds it."""
    (profile,) = profiles(desk, reporter)
    with desk.reading() as session:
        grant = session.get_one(ProfileGrant, (profile.id, desk.staff_id(name)))

    class Who:
        key = key_of(desk, name)

    return open_key(grant, profile, Who())  # type: ignore[arg-type]  # nobody need be signed in


def openable(desk: Desk, reporter: Reporter, key: SealingKey) -> list[bool]:
    (profile,) = profiles(desk, reporter)
    with desk.reading() as session:
        rows = session.exec(select(ProfileEntry).where(ProfileEntry.profile_id == profile.id)).all()
    found = []
    for row in rows:
        try:
            unseal_of(profile, row.sealed, key, "entry")
            found.append(True)
        except CannotOpen:
            found.append(False)
    return found


def test_the_adviser_reads_supervisors_hold_it_for_a_reason_and_nobody_else_does(desk: Desk) -> None:
    reporter = noted(desk)
    assert grants(desk, reporter) == OF_LAILA
    own = noted(desk, "amparo")
    assert grants(desk, own) == {"amparo": READS, "vicent": REASON}
    assert openable(desk, reporter, profile_key(desk, reporter, "laila")) == [True]


def test_the_key_of_the_case_opens_nothing_of_it(desk: Desk) -> None:
    reporter = noted(desk)
    (profile,) = profiles(desk, reporter)
    with desk.reading() as session:
        held = select(CaseKeyGrant).where(CaseKeyGrant.holder_id == desk.staff_id("laila"))
        sealed = session.exec(held).one().sealed_private_key
        cells = [one.sealed for one in session.exec(select(ProfileEntry))]
        cells += [one.sealed_private_key for one in session.exec(select(ProfileGrant))]
    name = f"case.{reporter.case_number}.1"
    case_key = SealingKey.from_private_bytes(unseal(sealed, key_of(desk, "laila"), about=f"grant/{name}"))
    abouts = [f"{way}/profile/{profile.id}/1" for way in (READS, REASON)] + [f"profile-entry/{profile.id}"]
    for cell in cells:
        for about in abouts:
            with pytest.raises(CannotOpen):
                unseal(cell, case_key, about=about)


def test_reassigned_it_goes_to_the_new_adviser_and_the_old_key_opens_nothing_of_it(desk: Desk) -> None:
    reporter, laila = noted(desk), desk.signed_in("laila")
    old = profile_key(desk, reporter, "laila")
    assert give(desk, reporter, "pau") == 303
    assert grants(desk, reporter) == OF_PAU
    assert laila.get(path(reporter)).status_code == 404
    pau = desk.signed_in("pau")
    assert WORD in pau.get(path(reporter)).text
    assert note(desk, pau, reporter, profile_words="Algo nuevo.").status_code == 303
    assert openable(desk, reporter, old) == [False, False]
    assert openable(desk, reporter, profile_key(desk, reporter, "pau")) == [True, True]
    read = desk.events(reporter).count("profile_read")
    assert WORD not in desk.signed_in("amparo").get(path(reporter)).text  # giving it away showed nothing
    assert desk.events(reporter).count("profile_read") == read


def test_a_supervisor_who_gets_the_case_reads_and_one_who_gives_it_away_says_why(desk: Desk) -> None:
    reporter = noted(desk)
    assert give(desk, reporter, "vicent") == 303
    assert grants(desk, reporter) == {"vicent": READS, "amparo": REASON}
    assert WORD in desk.signed_in("vicent").get(path(reporter)).text
    assert give(desk, reporter, "laila", by="vicent") == 303
    assert grants(desk, reporter) == OF_LAILA


def test_what_a_supervisor_wrote_stays_readable_under_the_new_key(desk: Desk) -> None:
    reporter = noted(desk)
    say_why(desk.signed_in("amparo"), reporter, "Pregunta la abogada por esto.")
    assert give(desk, reporter, "pau") == 303
    assert "Pregunta la abogada por esto." in desk.signed_in("pau").get(path(reporter)).text


def test_who_declares_an_interest_loses_it_at_once_though_they_still_have_the_case(desk: Desk) -> None:
    reporter, laila = noted(desk), desk.signed_in("laila")
    assert declare(laila, reporter).status_code == 303
    assert grants(desk, reporter) == {"amparo": REASON, "vicent": REASON}
    assert laila.get(f"/es/cases/{reporter.case_number}").status_code == 200
    for act in ("", "removal", "withdrawal"):  # she changes nothing in the case, whatever there is
        assert laila.post(path(reporter, act), data={"destroy": "yes"}).status_code == 409
    assert laila.post(path(reporter, "opening"), data={"destroy": "yes"}).status_code == 404
    assert laila.get(path(reporter)).status_code == 404
    assert leaves(desk, "vicent", by="joana") == 303  # the case gets a new key while she has it
    assert laila.get(f"/es/cases/{reporter.case_number}").status_code == 200
    assert desk.case(reporter).key_version == 2
    assert grants(desk, reporter) == {"amparo": REASON}
    assert give(desk, reporter, "pau") == 303
    assert grants(desk, reporter) == {"pau": READS, "amparo": REASON}
    assert WORD in desk.signed_in("pau").get(path(reporter)).text


def test_after_a_recusal_it_has_a_new_key_at_once_and_the_old_one_opens_nothing(desk: Desk) -> None:
    reporter = noted(desk)
    old = profile_key(desk, reporter, "laila")
    declare(desk.signed_in("laila"), reporter)
    (profile,) = profiles(desk, reporter)
    assert (profile.key_version, profile.key_due_on) == (2, None)
    assert openable(desk, reporter, old) == [False]
    assert grants(desk, reporter) == {"amparo": REASON, "vicent": REASON}


def test_a_supervisor_who_declares_an_interest_seals_it_away_from_themselves(desk: Desk) -> None:
    reporter = noted(desk)
    old = profile_key(desk, reporter, "vicent")
    declare(desk.signed_in("vicent"), reporter)
    (profile,) = profiles(desk, reporter)
    assert (profile.key_version, profile.key_due_on) == (2, None)
    assert openable(desk, reporter, old) == [False]
    assert grants(desk, reporter) == {"laila": READS, "amparo": REASON}


def test_what_a_recused_adviser_could_not_seal_anew_gets_its_key_at_a_supervisors_look(desk: Desk) -> None:
    reporter, laila = noted(desk), desk.signed_in("laila")
    declare(laila, reporter)
    assert leaves(desk, "vicent", by="joana") == 303
    laila.get(f"/es/cases/{reporter.case_number}")  # she gives the case a new key, and cannot give this one
    (profile,) = profiles(desk, reporter)
    assert (profile.key_version, profile.key_due_on) == (2, NOW.date())
    desk.signed_in("amparo").get(f"/es/cases/{reporter.case_number}")
    (profile,) = profiles(desk, reporter)
    assert (profile.key_version, profile.key_due_on) == (3, None)
    assert grants(desk, reporter) == {"amparo": REASON}


def test_when_somebody_leaves_it_passes_on_with_the_case(desk: Desk) -> None:
    reporter = noted(desk)
    old = profile_key(desk, reporter, "laila")
    assert leaves(desk, "laila", by="joana", to="pau") == 303
    assert grants(desk, reporter) == {"amparo": REASON, "vicent": REASON}
    assert desk.signed_in("pau").get(path(reporter)).status_code == 404
    desk.signed_in("amparo").get("/es/cases")
    assert grants(desk, reporter) == OF_PAU
    assert openable(desk, reporter, old) == [False]
    assert WORD in desk.signed_in("pau").get(path(reporter)).text


def test_who_was_let_go_at_the_terminal_holds_it_no_more_after_the_next_look(desk: Desk) -> None:
    reporter = noted(desk)
    with desk.writing() as session:
        leave(session, desk.staff_id("vicent"), by=None, at=NOW)
    desk.signed_in("laila").get("/es/cases")
    assert grants(desk, reporter) == {"laila": READS, "amparo": REASON}


def test_who_covers_and_who_mediates_do_not_get_it(desk: Desk) -> None:
    reporter, laila, pau = noted(desk), desk.signed_in("laila"), desk.signed_in("pau")
    today = NOW.date()
    answer = away(desk, laila, "pau", today, today + timedelta(days=9))
    assert answer.status_code == 303  # type: ignore[attr-defined]  # an answer
    assert grants(desk, reporter) == OF_LAILA and pau.get(path(reporter)).status_code == 404
    assert WORD not in pau.get("/es/covered").text
    mediation.name_mediator(desk, "pau")
    mediation.done(mediation.screen(laila, reporter), mediation.offer(desk, laila, reporter, "pau"))
    assert grants(desk, reporter) == OF_LAILA and pau.get(path(reporter)).status_code == 404


def test_read_together_each_keeps_its_own_and_parted_too(desk: Desk) -> None:
    leading, under = two(desk, "El autobús.", "El autobús también.")
    laila = desk.signed_in("laila")
    assert note(desk, laila, leading).status_code == 303
    assert note(desk, laila, under, profile_words="Uso audífonos.").status_code == 303
    before = [profiles(desk, one)[0].id for one in (leading, under)]
    assert together(desk, laila, leading, under).status_code == 303
    for one, words in ((leading, WORD), (under, "Uso audífonos.")):
        page = laila.get(path(one)).text
        assert words in page and (WORD in page) != ("Uso audífonos." in page)
    for address in (f"/es/cases/{leading.case_number}", f"/es/cases/{under.case_number}/together"):
        assert WORD not in laila.get(address).text and "audífonos" not in laila.get(address).text
    assert give(desk, leading, "pau") == 303
    assert grants(desk, leading) == grants(desk, under) == OF_PAU
    pau = desk.signed_in("pau")
    assert apart(desk, pau, leading, under).status_code == 303
    assert [profiles(desk, one)[0].id for one in (leading, under)] == before
    assert "Uso audífonos." in pau.get(path(under)).text and WORD in pau.get(path(leading)).text


def test_when_a_wall_rises_it_goes_to_who_takes_the_case_and_stays_with_nobody_else(desk: Desk) -> None:
    reporter, laila = noted(desk), desk.signed_in("laila")
    old = profile_key(desk, reporter, "laila")
    assert wall_off(desk, laila, reporter, "amparo").status_code == 303
    assert grants(desk, reporter) == {"amparo": READS, "vicent": REASON}
    assert laila.get(path(reporter)).status_code == 404
    assert openable(desk, reporter, old) == [False]
    assert WORD in desk.signed_in("amparo").get(path(reporter)).text


def test_what_is_damaged_shows_nothing_and_can_be_destroyed(desk: Desk) -> None:
    reporter, laila = noted(desk), desk.signed_in("laila")
    with desk.writing() as session:
        row = session.exec(select(ProfileEntry)).one()
        row.sealed = row.sealed[:-1] + bytes([row.sealed[-1] ^ 1])
        session.add(row)
    answer = laila.get(path(reporter))
    assert answer.status_code >= 400 and WORD not in answer.text
    assert withdraw(desk, laila, reporter).status_code == 303
    with desk.reading() as session:
        assert session.exec(select(CaseProfile)).one().withdrawn_on is not None
