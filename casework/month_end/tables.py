"""What a month came to, kept when it was counted first."""

from datetime import date

from casework.month_end.rules import COUNTS
from office.stores.casework import CaseworkTable
from office.stores.columns import column


class MonthCount(CaseworkTable, table=True):
    """One of the six counts of a month. Rows are only ever added: a month that was counted stays as it is."""

    __tablename__ = "month_count"

    month: str = column("coded", primary_key=True, exactly=7, max_length=7)
    count_code: str = column("coded", primary_key=True, codes=COUNTS)
    number: int = column("restricted")
    in_tables: int = column("restricted")
    changed_since: int = column("restricted")
    counted_on: date = column("restricted")
