"""What is late, on the screen: by number for whoever may open it, in counts for the head of the office."""

from starlette.responses import Response

from casework.doors import desk_router, require
from casework.promises.queries import Late, late_counts, late_promises
from casework.promises.rules import PROMISES
from casework.showing import ViewDep
from casework.staff.rules import Permission
from casework.timeline.actions import record

router = desk_router()


@router.get("/{language}/promises")
def show_promises(view: ViewDep) -> Response:
    """Show which promises are late. That it was looked at is on the record."""
    require(view.act.who, Permission.PROMISES)
    opens_cases = view.act.who.may(Permission.INBOX)
    city, today = view.desk.city, view.act.on
    if opens_cases:
        late = late_promises(view.session, city, today, view.act.who)
    else:
        counts = late_counts(view.session, city, today)
        late = [Late(promise, count) for promise, count in counts.items()]
    rows = sum(len(one.lines) for one in late)
    record(view.session, "list_read", at=view.act.at, by=view.act.who.id, list="promises", rows=rows)
    return view.render(
        "promises.html",
        late=late,
        names={promise: view.text(words) for promise, words in PROMISES.items()},
        opens_cases=opens_cases,
        sees_feedback=view.act.who.may(Permission.FEEDBACK),
    )
