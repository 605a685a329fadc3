"""Reports by the form with one small photo beside those without, in turns of one run.

What a report with a photo is set against: the same report without it, a plain submission of the same run
(`python -m tests.benchmarks`), and bare durable commits of one row of 1 MiB, for a sealed piece is filled up
to that. Each photo is looked into by a process of its own, whose processor time and memory are told too.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from tests.benchmarks.browsers import load
from tests.benchmarks.grounds import Ground, Served
from tests.benchmarks.load import Load, together

CLIENTS = (1, 8, 32)
MOST_SPREAD = 4.0
TURNS = 2
PLAIN_PART = 0.4
"""Of a turn: reports without a photo are quick, and many are counted in a short time."""


@dataclass
class Line:
    """One line of the table: one engine, one number of clients."""

    engine: str
    clients: int
    bare: float
    plain: float
    plain_p50: float
    plain_p95: float
    photos: float
    p50: float
    p95: float
    p99: float
    of_plain: float
    of_submissions: float
    of_bare: float
    plain_processor_ms: float
    processor_ms: float
    looking_ms: float
    before: float
    after: float
    highest: float
    missed: list[str]


def photo() -> bytes:
    """A JPEG of about 300 KB, as a cheap phone sends it."""
    made = io.BytesIO()
    dots = np.random.default_rng(300).integers(0, 255, (560, 720, 3), dtype=np.uint8)
    Image.fromarray(dots).save(made, "JPEG", quality=85)
    return made.getvalue()


def measure(
    ground: Ground, seconds: float, submissions: Mapping[int, float], say: Callable[[str], None]
) -> list[Line]:
    """Measure all numbers of clients on one engine; `submissions` are the plain ones a second of this run."""
    with ground.serving("intake") as intake:
        load(intake.port, photo(), clients=2, seconds=0.5)  # warming up
        return [_line(ground, intake, clients, seconds, submissions, say) for clients in CLIENTS]


def _line(
    ground: Ground,
    intake: Served,
    clients: int,
    seconds: float,
    submissions: Mapping[int, float],
    say: Callable[[str], None],
) -> Line:
    say(f"  {ground.engine}, {clients} at once, with a photo …")
    sent, turn = photo(), seconds / TURNS
    bare: list[float] = []
    loads: dict[str, list[Load]] = {"plain": [], "photos": []}
    used = {"plain": 0.0, "photos": 0.0}
    rows, files = ground.rows(), ground.sent_files()
    looking, before = intake.children_seconds(), intake.memory()
    with intake.highest() as noted:
        for _ in range(TURNS):
            bare.append(ground.bare_pieces(0.5))
            for name, content, length in (("plain", b"", turn * PLAIN_PART), ("photos", sent, turn)):
                spent = intake.processor_seconds()
                loads[name].append(load(intake.port, content, clients=clients, seconds=length))
                used[name] += intake.processor_seconds() - spent
    plain, photos = together(loads["plain"]), together(loads["photos"])
    kept, added = ground.rows() - rows, ground.sent_files() - files
    if plain.wrong or photos.wrong or kept != plain.answers + photos.answers or added != photos.answers:
        raise RuntimeError(
            f"{plain.wrong} and {photos.wrong} wrong answers; {plain.answers} and {photos.answers} reports "
            f"for {kept} kept, with {added} photos"
        )
    k = sum(bare) / len(bare)
    line = Line(
        engine=ground.engine,
        clients=clients,
        bare=k,
        plain=plain.rate,
        plain_p50=plain.percentile(0.5),
        plain_p95=plain.percentile(0.95),
        photos=photos.rate,
        p50=photos.percentile(0.5),
        p95=photos.percentile(0.95),
        p99=photos.percentile(0.99),
        of_plain=photos.rate / plain.rate,
        of_submissions=photos.rate / submissions[clients],
        of_bare=photos.rate / k,
        plain_processor_ms=1000 * used["plain"] / plain.answers,
        processor_ms=1000 * used["photos"] / photos.answers,
        looking_ms=1000 * (intake.children_seconds() - looking) / photos.answers,
        before=before,
        after=intake.memory(),
        highest=max(noted),
        missed=[],
    )
    if line.p99 / line.p50 > MOST_SPREAD:
        line.missed.append(f"p99 is {line.p99 / line.p50:.1f} times p50, above {MOST_SPREAD:.0f}")
    return line


def table(lines: Sequence[Line]) -> str:
    """All of them, to be read."""
    told = [
        "",
        f"Reports by the form, without a photo and with one of {len(photo()) // 1000} kB, piece by piece as "
        "our script sends it: reports a second, each of four or seven requests; times in milliseconds. K is "
        "bare durable commits of one row of 1 MiB a second. Submissions are those of the first table.",
        "",
        "| store | clients | K of 1 MiB | without | p50 | p95 | CPU ms | with a photo | p50 | p95 | p99 "
        "| of without | of submissions | of K | CPU ms | looking into it |",
        "|---|" + "---:|" * 15,
    ]
    for line in lines:
        told.append(
            f"| {line.engine} | {line.clients} | {line.bare:.0f} | {line.plain:.1f} | {line.plain_p50:.1f} "
            f"| {line.plain_p95:.1f} | {line.plain_processor_ms:.1f} | {line.photos:.1f} | {line.p50:.1f} "
            f"| {line.p95:.1f} | {line.p99:.1f} | {line.of_plain:.3f} | {line.of_submissions:.3f} "
            f"| {line.of_bare:.3f} | {line.processor_ms:.1f} | {line.looking_ms:.1f} |"
        )
    told.append("")
    for line in lines:
        told.append(
            f"Memory with photos on {line.engine}, {line.clients} at once: {line.before:.0f} MiB before, "
            f"{line.after:.0f} MiB after, {line.highest:.0f} MiB at most, the processes that look into them "
            "included."
        )
    missed = [f"- {line.engine}, {line.clients} at once: {each}" for line in lines for each in line.missed]
    told += ["", "Reports with a photo, below the limit:", "", *missed] if missed else []
    return "\n".join(told) + "\n"
