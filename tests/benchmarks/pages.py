"""The pages of the form against an empty page of the same server, in turns: each step shown and answered."""

from contextlib import closing

from intake_api.form.questions import load_form
from tests.benchmarks.grounds import Ground
from tests.benchmarks.ratios import Ratio, percentile
from tests.journeys.senders import Link

EMPTY = "/healthz"
MOST_SHOWN, MOST_ANSWERED = 8.0, 8.0
"""Times the empty page's p95; an answer to a step is also one durable commit."""
FIRST = load_form().step[0]
STORY = "Me dijeron que el piso ya no estaba libre. "


def measure(ground: Ground, rounds: int) -> list[Ratio]:
    """Measure p95 of every step shown, and of answers to the first, over `rounds` turns."""
    empty: list[float] = []
    shown: list[float] = []
    answered: list[float] = []
    with ground.serving("intake") as intake, closing(Link(intake.port)) as link:
        link.form(f"/es/report/{FIRST.code}", {"what_happened": STORY})
        for step in load_form().step:  # warming up: each template is read once
            _timed(link, f"/es/report/{step.code}")
        for number in range(rounds):
            for step in load_form().step:
                empty.append(_timed(link, EMPTY))
                shown.append(_timed(link, f"/es/report/{step.code}"))
            link.took.clear()
            onward = link.form(f"/es/report/{FIRST.code}", {"what_happened": f"{STORY * 5}{number}"})
            if onward.status != 303:
                raise RuntimeError(f"a step was answered with {onward.status}")
            answered += link.took
    base = percentile(empty, 0.95)
    return [
        _ratio(ground, "a step shown, p95", shown, base, MOST_SHOWN),
        _ratio(ground, "a step answered, p95", answered, base, MOST_ANSWERED),
    ]


def _timed(link: Link, path: str) -> float:
    link.took.clear()
    page = link.get(path)
    if page.status != 200:
        raise RuntimeError(f"{path} was answered with {page.status}")
    return link.took[-1]


def _ratio(ground: Ground, what: str, times: list[float], base: float, limit: float) -> Ratio:
    mine = percentile(times, 0.95)
    detail = f"{1000 * mine:.1f} ms, an empty page {1000 * base:.1f} ms, {len(times)} times"
    return Ratio(ground.engine, what, mine / base, limit, detail)
