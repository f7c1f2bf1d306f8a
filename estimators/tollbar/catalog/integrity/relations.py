"""What must hold between prices: regions do not differ by a multiple, a commitment does not cost more.

Measured on the tables of 2026-11-26 (237,000 prices of 3 regions and more): 99.99 % lie within 5 times
the median of their regions, of Spot prices within 10 times; of 84,000 committed, sustained-use, reserved
and Multi-AZ prices and 31,000 Windows prices none is on the wrong side of its plain one.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from tollbar.catalog.integrity.problem import Problem
from tollbar.price import service_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tollbar.price import Price

_REGIONS_TO_COMPARE = 3
_MOST_TIMES_MEDIAN = 5.0
_MOST_TIMES_MEDIAN_WHERE_VARIED = 10.0
_VARIED = re.compile(r"/spot|bandwidth|data_transfer|egress")
"""Spot prices follow demand, and moving data out of some countries costs eight times as much as elsewhere."""
_CHEAPER = (
    "sustained_use",
    "committed_use_1yr",
    "committed_use_3yr",
    "reserved_1yr_no_upfront",
    "reserved_3yr_no_upfront",
)
"""Ways to buy that never cost more an hour than on demand."""
_DEARER = (("multi_az", "single_az"), ("windows", "linux"))
"""What never costs less than the other."""
_ROUNDING = 1.001
_FEW = 20
_FEW_OF_A_REGION, _MOST_OF_A_REGION = 3, 0.5

Amounts = dict[str, dict[str, float]]
"""The first prices above 0, by path and region. Only compared, never billed: floats will do."""


def relation_problems(prices: Iterable[Price]) -> Iterator[Problem]:
    """Yield the prices that contradict others."""
    amounts: Amounts = defaultdict(dict)
    for price in prices:
        paid = next((tier.unit_price for tier in price.tiers if tier.unit_price), None)
        if paid is not None:
            amounts[price.key.path].setdefault(price.key.region or "", float(paid))
    yield from _outliers(amounts)
    for option in _CHEAPER:
        yield from _contradictions(amounts, option, "on_demand", dearer=False)
    for dear, cheap in _DEARER:
        yield from _contradictions(amounts, dear, cheap, dearer=True)


def without_contradictions(prices: Sequence[Price]) -> tuple[list[Price], list[Problem]]:
    """Return prices without the few that contradict others, and what these are: vendors list placeholders.

    Where they are many (over 20, and over one in twenty; or over 3, and over half of what a service has in
    a region) nothing is taken out and nothing named: then it is not known which side is wrong, and the
    tests that follow refuse them all.
    """
    problems = list(relation_problems(prices))
    subjects = {problem.subject for problem in problems}
    contradicting = [price for price in prices if str(price.key) in subjects]
    of_region = Counter(_service_in_region(price) for price in prices)
    whole_regions = [
        count > _FEW_OF_A_REGION and count > of_region[region] * _MOST_OF_A_REGION
        for region, count in Counter(map(_service_in_region, contradicting)).items()
    ]
    if len(subjects) > max(_FEW, len(prices) // 20) or any(whole_regions):
        return list(prices), []
    return [price for price in prices if str(price.key) not in subjects], problems


def _service_in_region(price: Price) -> tuple[str, str | None]:
    return service_of(price.key.path), price.key.region


def _outliers(amounts: Amounts) -> Iterator[Problem]:
    for path, by_region in amounts.items():
        if len(by_region) < _REGIONS_TO_COMPARE:
            continue
        median = statistics.median(by_region.values())
        most = _MOST_TIMES_MEDIAN_WHERE_VARIED if _VARIED.search(path) else _MOST_TIMES_MEDIAN
        for region, amount in by_region.items():
            if not median / most <= amount <= median * most:
                detail = f"${amount:g}, while the median of its {len(by_region)} regions is ${median:g}"
                yield Problem("outlier", f"{path} in {region}", detail)


def _contradictions(amounts: Amounts, option: str, plain: str, *, dearer: bool) -> Iterator[Problem]:
    for path, by_region in amounts.items():
        if f"/{option}/" not in path:
            continue
        compared = amounts.get(path.replace(f"/{option}/", f"/{plain}/"), {})
        for region, amount in by_region.items():
            other = compared.get(region)
            if other is None:
                continue
            if amount * _ROUNDING < other if dearer else amount > other * _ROUNDING:
                detail = f"${amount:g} {option}, ${other:g} {plain}"
                yield Problem("less than plain" if dearer else "more than plain", f"{path} in {region}", detail)
