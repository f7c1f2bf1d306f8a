"""Usage history: what resources used in the months before, as a table.

One line a month and key, with the names of the usage file's keys::

    address,month,key,value
    aws_lambda_function.thumbnails,2026-09,monthly_requests,1840000
    aws_lambda_function.thumbnails,2026-10,monthly_requests,2105000

What was used before is the best guess at what will be: the mean of the last three months is expected, and the
lowest and the highest of the last twelve are the ends of the range.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

from tollbar.component import Quantity
from tollbar.errors import InputError
from tollbar.location import Location
from tollbar.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

COLUMNS = ("address", "month", "key", "value")
MONTHS_OF_EXPECTED = 3
MONTHS_OF_RANGE = 12
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


class _Observation(NamedTuple):
    """What one resource used of one key in one month, and the line that says so."""

    address: str
    month: str
    key: str
    value: Decimal
    line: int


@dataclass(frozen=True)
class UsageHistory:
    """The use of resources in the months before, by address and key."""

    path: str
    by_address: Mapping[str, Mapping[str, Quantity]] = field(default_factory=dict)
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def of(self, address: str) -> Mapping[str, Quantity]:
        """Return what is known of one resource: a monthly range by usage key."""
        return self.by_address.get(address, {})

    def check_keys(self, known: Mapping[str, Iterable[str]]) -> None:
        """Check the keys of every address in ``known``; other addresses are left alone.

        Raises:
            InputError: A key is none of the resource's.
        """
        for address, keys in self.by_address.items():
            for key in keys if address in known else ():
                if key not in (names := set(known[address])):
                    raise InputError(
                        f"{address} has no usage key {key!r}",
                        location=Location(self.path, self.lines[address, key]),
                        hint=did_you_mean(key, names) or f"Known are {', '.join(sorted(names)) or 'none'}.",
                    )


def read_usage_history(path: Path) -> UsageHistory:
    """Return the history in a CSV file.

    Raises:
        InputError: It cannot be read, has other columns, a month that is none, a value that is no number of 0 or
            more, or two values for one month.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            observations = list(_observations(csv.reader(text), str(path)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"cannot be read: {error}", location=Location(str(path))) from None
    months: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(dict)
    lines: dict[tuple[str, str], int] = {}
    for seen in observations:
        values = months[seen.address, seen.key]
        if seen.month in values:
            raise InputError(
                f"{seen.address} has two values of {seen.key} for {seen.month}", location=Location(str(path), seen.line)
            )
        values[seen.month] = seen.value
        lines.setdefault((seen.address, seen.key), seen.line)
    by_address: dict[str, dict[str, Quantity]] = defaultdict(dict)
    for (address, key), values in months.items():
        by_address[address][key] = range_of(_of_a_year(values))
    return UsageHistory(str(path), by_address, lines)


def _of_a_year(values: Mapping[str, Decimal]) -> list[Decimal]:
    """Return the values of the twelve months up to the latest one, oldest first; a month may have none."""
    year, month = max(values).split("-")
    first = f"{int(year) - 1}-{month}"
    return [values[told] for told in sorted(values) if told > first]


def range_of(values: Sequence[Decimal]) -> Quantity:
    """Return the range that monthly values, oldest first, let expect of the next month."""
    recent = values[-MONTHS_OF_EXPECTED:]
    year = values[-MONTHS_OF_RANGE:]
    return Quantity(min(year), sum(recent, Decimal(0)) / len(recent), max(year), "history")


def _observations(rows: Iterator[list[str]], path: str) -> Iterator[_Observation]:
    header = [name.strip() for name in next(rows, [])]
    if sorted(header) != sorted(COLUMNS):
        raise InputError(
            f"the columns are {', '.join(header) or 'missing'}", location=Location(path, 1),
            hint=f"Expected are {','.join(COLUMNS)}.",
        )  # fmt: skip
    for number, row in enumerate(rows, start=2):
        if row:
            yield _observation(dict(zip(header, (cell.strip() for cell in row), strict=False)), Location(path, number))


def _observation(cells: Mapping[str, str], place: Location) -> _Observation:
    missing = [name for name in COLUMNS if not cells.get(name)]
    if missing:
        raise InputError(f"{missing[0]} is missing", location=place)
    if not _MONTH.fullmatch(cells["month"]):
        raise InputError(f"{cells['month']!r} is not a month", location=place, hint="Write it as 2026-10.")
    try:
        value = Decimal(cells["value"])
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value < 0:
        raise InputError(f"{cells['value']!r} is not a number of 0 or more", location=place)
    return _Observation(cells["address"], cells["month"], cells["key"], value, place.line or 0)
