"""Ranges of sums. Adding up all the maxima overstates: not everything goes wrong in the same month.

Each resource's cost is taken as triangular between its minimum and maximum with the expected cost
as its mode. The lines of one resource move together (one load drives them), different resources
independently. The sum is sampled with a fixed seed and in a fixed order, so equal costs give equal
ranges; the sum of very many is normal by the central limit theorem and needs no samples.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.catalog.pricing import Cost

_SEED = 730
_DRAWS = 200_000
_MOST_SAMPLES = 4000
_MANY = 200
_P90 = 1.2815515655446004
"""The 90th percentile of the standard normal distribution."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The 90th percentile of a sum of costs, with its ends, in USD per month."""

    low: Decimal
    p90: Decimal
    high: Decimal


def p90_of(cost: Cost) -> Decimal:
    """Return the cost that a single resource does not exceed in nine cases of ten."""
    low, mode, high = float(cost.low), float(cost.expected), float(cost.high)
    if high <= low:
        return cost.expected
    share = (mode - low) / (high - low)
    p = 0.9
    if p < share:
        quantile = low + math.sqrt(p * (high - low) * (mode - low))
    else:
        quantile = high - math.sqrt((1 - p) * (high - low) * (high - mode))
    return min(max(Decimal(quantile), cost.expected), cost.high)


def spread_of_sum(costs: Sequence[Cost]) -> Spread:
    """Return the range of the sum of independent costs; p90 lies between the expected sum and the maximum."""
    low = sum((cost.low for cost in costs), Decimal(0))
    expected = sum((cost.expected for cost in costs), Decimal(0))
    high = sum((cost.high for cost in costs), Decimal(0))
    uncertain = [cost for cost in costs if cost.high > cost.low]
    if not uncertain:
        return Spread(low, expected, high)
    if len(uncertain) == 1:
        certain = expected - uncertain[0].expected
        return Spread(low, certain + p90_of(uncertain[0]), high)
    certain = expected - sum((cost.expected for cost in uncertain), Decimal(0))
    p90 = certain + Decimal(_normal_p90(uncertain) if len(uncertain) > _MANY else _sampled_p90(uncertain))
    return Spread(low, min(max(p90, expected), high), high)


def _sampled_p90(costs: Sequence[Cost]) -> float:
    draw = random.Random(_SEED).triangular  # noqa: S311 -- a simulation, nothing secret
    ends = sorted((float(cost.low), float(cost.high), float(cost.expected)) for cost in costs)
    samples = min(_MOST_SAMPLES, _DRAWS // len(costs))
    sums = sorted(sum(draw(low, high, mode) for low, high, mode in ends) for _ in range(samples))
    return sums[math.ceil(0.9 * samples) - 1]


def _normal_p90(costs: Sequence[Cost]) -> float:
    mean = variance = 0.0
    for cost in costs:
        low, mode, high = float(cost.low), float(cost.expected), float(cost.high)
        mean += (low + mode + high) / 3
        variance += (low**2 + mode**2 + high**2 - low * mode - low * high - mode * high) / 18
    return mean + _P90 * math.sqrt(variance)
