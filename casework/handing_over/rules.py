"""From coded records to facts: the cap on repeated situations, fresh ids, group numbers, random order."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from office.clock import quarter_of
from office.handover.fact import Fact, PeriodBasis
from office.handover.report import CodedRecord
from office.ids import new_id

CAP_MONTHS = 3
LARGEST_GROUP = 2**62


@dataclass(frozen=True, slots=True)
class Counted:
    """A coded record and the row it stands for; `row` serves only to tell persons apart.

    `situation` is a word that reports of one and the same situation share, empty for one told once.
    """

    row: UUID
    record: CodedRecord
    situation: str = ""


def capped(records: Iterable[Counted]) -> list[Counted]:
    """Return the records that count: same person, respondent and ground within 90 days is one situation.

    Records know months, not days, so the window is the month and the two after it: no two situations
    less than 90 days apart count twice on that score. Records of which the person or the respondent
    is not known all count. A record counts if any of its grounds is not yet counted in the window. Of several
    reports of one situation only the earliest counts: its quarter may be released already.
    """
    told: set[str] = set()
    latest: dict[tuple[str, str, str], int] = {}
    kept: list[Counted] = []
    for each in sorted(records, key=_order):
        record = each.record
        if each.situation and each.situation in told:
            continue
        if record.person_key is None or record.respondent_key is None:
            kept.append(each)
            told.add(each.situation)
            continue
        month = _months(record.month)
        keys = [(record.person_key, record.respondent_key, ground) for ground in record.ground_codes]
        if all(key in latest and month - latest[key] < CAP_MONTHS for key in keys):
            continue
        for key in keys:
            if key not in latest or month - latest[key] >= CAP_MONTHS:
                latest[key] = month
        kept.append(each)
        told.add(each.situation)
    return kept


def _order(counted: Counted) -> tuple[str, int, bytes]:
    """By month, the plainest first, so that what counts does not hang on the order of rows."""
    return counted.record.month, len(counted.record.ground_codes), counted.row.bytes


def facts_of(records: Sequence[Counted], *, source: str, period_basis: PeriodBasis) -> list[Fact]:
    """Return one fact a record, under fresh ids and group numbers, in random order."""
    groups = Groups()
    facts = [_fact(each, source, period_basis, groups) for each in records]
    secrets.SystemRandom().shuffle(facts)
    return facts


class Groups:
    """Random numbers for persons, respondents and incidents, drawn anew for each hand-over and quarter."""

    def __init__(self) -> None:
        self._drawn: dict[tuple[str, ...], int] = {}

    def number(self, *of: str) -> int:
        """Return the number of one person, respondent or incident in one quarter."""
        if of not in self._drawn:
            self._drawn[of] = secrets.randbelow(LARGEST_GROUP)
        return self._drawn[of]


def _fact(counted: Counted, source: str, period_basis: PeriodBasis, groups: Groups) -> Fact:
    record, row = counted.record, counted.row.hex
    quarter = quarter_of(record.month)
    return Fact(
        id=new_id(),
        source=source,
        period_basis=period_basis,
        month=record.month,
        occurred_year=record.occurred_year,
        district_code=record.district_code,
        area_code=record.area_code,
        ground_codes=_joined(record.ground_codes) or "unknown",
        conduct_codes=_joined(record.conduct_codes),
        respondent_code=record.respondent_code,
        channel_code=record.channel_code,
        language=record.language,
        barrier_codes=_joined(record.barrier_codes),
        path_codes=" ".join(record.path_codes),
        stage_code=record.stage_code,
        response_codes=_joined(record.response_codes),
        outcome_code=record.outcome_code,
        first_answer_band=record.first_answer_band,
        person_group=groups.number("person", quarter, record.person_key or row),
        respondent_group=groups.number("respondent", quarter, record.respondent_key or row),
        incident_group=groups.number("incident", quarter, record.incident_key or row),
    )


def _joined(codes: Iterable[str]) -> str:
    return " ".join(sorted(set(codes)))


def _months(month: str) -> int:
    year, number = month.split("-")
    return int(year) * 12 + int(number)
