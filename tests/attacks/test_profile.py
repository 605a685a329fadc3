"""What somebody is, for a thief of other keys and for somebody who left: under a key they do not gain."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from office.sealing.boxes import SealingKey
from tests.attacks.test_leaver import copied, keys_gained, opened, opened_keys, own_key, rows
from tests.casework.desk import Desk, Reporter, said
from tests.casework.profile.noting import WORD, note, noted, path, profiles, say_why, withdraw

LATER = "Algo que dijo después."


def cells(stores: list[Path]) -> Iterator[bytes]:
    for place in stores:
        for _, row in rows(place):
            yield from (cell for cell in row.values() if isinstance(cell, bytes) and len(cell) > 64)


def profile_read(desk: Desk, reporter: Reporter, stores: list[Path], keys: list[SealingKey]) -> str:
    """Return all that these keys, and the profile keys they gain, open of the profiles of a case."""
    ids = [one.id for one in profiles(desk, reporter)]
    ways = [
        f"{way}/profile/{id}/{n}"
        for way in ("reads", "with_reason", "escrow")
        for id in ids
        for n in (1, 2, 3)
    ]
    had = {key.public: key for key in keys}
    for cell in cells(stores):
        for about in ways:
            had |= {key.public: key for key in opened_keys(cell, keys, about)}
    abouts = [f"profile-{kind}/{id}" for kind in ("entry", "opening") for id in ids]
    found = [
        clear
        for cell in cells(stores)
        for about in abouts
        for clear in opened(cell, list(had.values()), about)
    ]
    return "\n".join(clear.decode() for clear in found)


def case_keys(stores: list[Path], own: SealingKey, number: str) -> list[SealingKey]:
    """Every key somebody gains, without their own: as if these alone were stolen."""
    return [key for key in keys_gained(stores, own, number) if key.public != own.public]


@pytest.mark.parametrize("name", ["laila", "amparo"])
def test_the_keys_of_the_case_and_of_the_office_open_nothing_of_it(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    reporter = noted(desk)
    say_why(desk.signed_in("amparo"), reporter)
    stores = [copied(desk, tmp_path / "stolen")]
    own = own_key(stores[0], name)
    stolen = case_keys(stores, own, reporter.case_number)
    assert len(stolen) >= 2  # of the case, and of the office
    assert profile_read(desk, reporter, stores, stolen) == ""
    assert WORD in profile_read(desk, reporter, stores, [own])  # whose key it is sealed to


def test_nobody_who_never_held_the_case_opens_it_with_all_they_can_gain(desk: Desk, tmp_path: Path) -> None:
    reporter = noted(desk)
    stores = [copied(desk, tmp_path / "stolen")]
    for name in ("pau", "iris"):
        own = own_key(stores[0], name)
        gained = keys_gained(stores, own, reporter.case_number)
        assert profile_read(desk, reporter, stores, gained) == ""


@pytest.mark.parametrize("how", ["left", "gave it away", "declared an interest"])
def test_who_had_it_opens_nothing_that_came_after(desk: Desk, tmp_path: Path, how: str) -> None:
    reporter = noted(desk)
    before = copied(desk, tmp_path / "before")
    amparo, own = desk.signed_in("amparo"), desk.staff_id("laila")
    pau = str(desk.staff_id("pau"))
    if how == "left":
        assert amparo.post(f"/es/staff/{own}/leaving", data={f"adviser-{own}": pau}).status_code == 303
    else:
        if how != "gave it away":
            address = f"/es/cases/{reporter.case_number}/people/interest"
            assert desk.signed_in("laila").post(address, data={"relation": "family"}).status_code == 303
        form = {"adviser": pau, "reason": "load", "version": str(desk.case(reporter).version)}
        address = f"/es/cases/{reporter.case_number}/adviser"
        assert amparo.post(address, data=form).status_code == 303
    assert note(desk, desk.signed_in("pau"), reporter, profile_words=LATER).status_code == 303
    later = copied(desk, tmp_path / "later")
    hers = keys_gained([before, later], own_key(before, "laila"), reporter.case_number)
    assert WORD in profile_read(desk, reporter, [before], hers)  # what was theirs: see docs/security.md
    assert LATER not in profile_read(desk, reporter, [before, later], hers)
    assert profile_read(desk, reporter, [later], hers) == ""
    assert LATER in said(desk.signed_in("pau").get(path(reporter)).text)


def test_after_consent_is_withdrawn_no_key_of_anybody_opens_it_and_no_box_is_left(
    desk: Desk, tmp_path: Path
) -> None:
    reporter = noted(desk)
    say_why(desk.signed_in("amparo"), reporter)
    before = copied(desk, tmp_path / "before")
    ids = [one.id for one in profiles(desk, reporter)]
    boxes = [
        bytes(row[name])  # type: ignore[call-overload]  # bytes, of a column
        for table, row in rows(before)
        for name in ("sealed", "sealed_private_key")
        if table in ("profile_entry", "profile_opening", "profile_grant") and name in row
    ]
    assert len(ids) == 1 and len(boxes) == 5
    assert withdraw(desk, desk.signed_in("laila"), reporter).status_code == 303
    later = copied(desk, tmp_path / "later")
    for name in ("laila", "amparo", "vicent"):
        hers = keys_gained([later], own_key(later, name), reporter.case_number)
        assert profile_read(desk, reporter, [later], hers) == ""
    raw = (later / "casework.db").read_bytes()
    assert not [one for one in boxes if one[:48] in raw or one[-48:] in raw]
