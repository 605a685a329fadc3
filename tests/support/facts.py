"""Invented facts for tests: the shape of a city's year, no situation of anybody."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import numpy as np
import numpy.typing as npt
import pandas as pd

from observatory.lists import Lists, lists_for
from observatory.releases.building import release_facts


def quarters_from(year: int, count: int) -> tuple[str, ...]:
    """The `count` quarters that begin with the first of `year`."""
    return tuple(f"{year + index // 4}-Q{index % 4 + 1}" for index in range(count))


def invented_facts(
    seed: int,
    quarters: Sequence[str],
    per_year: int,
    *,
    source: str = "demonstration",
    city: str = "valencia",
    lists: Lists | None = None,
) -> pd.DataFrame:
    """About `per_year` situations a year in the given quarters, with the columns of a fact."""
    random = np.random.default_rng(seed)
    codes = {name: list(one.codes) for name, one in (lists or lists_for(city)).items()}
    weights = {
        "ground": 0.75,
        "district": 0.92,
        "area": 0.82,
        "respondent": 0.78,
        "channel": 0.55,
    }

    def chances(name: str) -> npt.NDArray[np.float64]:
        shape = np.float64(weights[name]) ** np.arange(len(codes[name]))
        return np.asarray(shape / shape.sum(), dtype=np.float64)

    basis = {"live": "registration", "demonstration": "demonstration"}.get(source, "imported")
    lines = []
    for quarter in quarters:
        year, number = int(quarter[:4]), int(quarter[-1])
        for _ in range(random.poisson(per_year / 4)):
            month = 3 * (number - 1) + int(random.integers(1, 4))
            several = int(random.choice([1, 2, 3], p=[0.56, 0.34, 0.10]))
            picked = random.choice(len(codes["ground"]), size=several, replace=False, p=chances("ground"))
            grounds = {codes["ground"][index] for index in picked}
            if len(grounds) > 1:
                grounds.discard("unknown")
            lines.append(
                {
                    "id": UUID(bytes=random.bytes(16), version=4),
                    "schema_version": 1,
                    "source": source,
                    "period_basis": basis,
                    "month": f"{year:04d}-{month:02d}",
                    "occurred_year": year,
                    "district_code": random.choice(codes["district"], p=chances("district")),
                    "area_code": random.choice(codes["area"], p=chances("area")),
                    "ground_codes": " ".join(sorted(grounds)),
                    "conduct_codes": "",
                    "respondent_code": random.choice(codes["respondent"], p=chances("respondent")),
                    "channel_code": random.choice(codes["channel"], p=chances("channel")),
                    "language": "es",
                    "barrier_codes": "",
                    "path_codes": "",
                    "stage_code": "reported",
                    "response_codes": "",
                    "outcome_code": None,
                    "first_answer_band": None,
                    "person_group": int(random.integers(2**40)),
                    "respondent_group": int(random.integers(2**40)),
                    "incident_group": int(random.integers(2**40)),
                }
            )
    return pd.DataFrame(lines)


def put_on_shelf(
    root: Path,
    facts: pd.DataFrame,
    quarters: Sequence[str],
    *,
    key: bytes,
    source: str = "demonstration",
    city: str = "valencia",
    signed_by: str = "Test Signer",
    at: datetime = datetime(2026, 1, 16, 9, tzinfo=UTC),
    title: Mapping[str, str] | None = None,
) -> Path:
    """A signed release of `facts` on the shelf of `source` under `root`, by the whole of the real way."""
    return release_facts(
        facts,
        quarters=tuple(quarters),
        source=source,
        shelf_root=root,
        lists=lists_for(city),
        signed_by=signed_by,
        key=key,
        at=at,
        title=title,
    )
