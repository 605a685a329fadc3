"""Whoever lost a case to a wall kept a copy of their own key and of every store as it was the night before.

They also get the stores as they are later: they open what was theirs, and nothing from behind the wall.
"""

from pathlib import Path

from tests.attacks.test_leaver import AFTER, BEFORE, copied, keys_gained, own_key, readable, work_on
from tests.casework.desk import Desk
from tests.casework.walls.rising import declare, wall_off


def test_an_old_key_with_an_old_backup_opens_nothing_that_came_behind_the_wall(
    desk: Desk, tmp_path: Path
) -> None:
    assert declare(desk, "vicent").status_code == 303
    case = desk.a_case("laila")
    work_on(desk, case, "laila", BEFORE)
    desk.collect()
    desk.write_back(case, "Sin leer: escrito antes de la separación.", carried=False)
    night = copied(desk, tmp_path / "night-before")
    assert wall_off(desk, desk.signed_in("laila"), case, wall_service="housing").status_code == 303
    work_on(desk, case, "amparo", AFTER)
    later = copied(desk, tmp_path / "later")
    for name in ("laila", "vicent"):
        keys = keys_gained([night, later], own_key(night, name), case.case_number)
        assert BEFORE in readable(night, keys, case.case_number), name
        opened = readable(later, keys, case.case_number)
        assert AFTER not in opened and BEFORE not in opened, name
    holder = keys_gained([later], own_key(night, "amparo"), case.case_number)
    assert AFTER in readable(later, holder, case.case_number)
