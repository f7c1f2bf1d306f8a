"""Numeric functions: https://developer.hashicorp.com/terraform/language/functions/abs and following."""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from tollbar.inputs.hcl.functions.function import Function
from tollbar.inputs.hcl.values import EvaluationError, as_integer, as_number, as_text, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tollbar.inputs.hcl.values import Value


def _ceil(value: Value) -> int:
    return int(Decimal(as_number(value)).to_integral_value(ROUND_CEILING))


def _floor(value: Value) -> int:
    return int(Decimal(as_number(value)).to_integral_value(ROUND_FLOOR))


def _log(value: Value, base: Value) -> int | Decimal:
    return _rounded(math.log(as_number(value), as_number(base)))


def _pow(value: Value, exponent: Value) -> int | Decimal:
    base, power = as_number(value), as_number(exponent)
    if isinstance(base, int) and isinstance(power, int) and power >= 0:
        return int(base**power)
    return _rounded(math.pow(base, power))


def _rounded(number: float) -> int | Decimal:
    """Return a computed float without the noise of its last digits."""
    return whole(Decimal(f"{number:.15g}"))


def _parseint(value: Value, base: Value) -> int:
    return int(as_text(value), as_integer(base))


def _signum(value: Value) -> int:
    number = as_number(value)
    return (number > 0) - (number < 0)


def _max(*numbers: Value) -> int | Decimal:
    return max(_numbers(numbers))


def _min(*numbers: Value) -> int | Decimal:
    return min(_numbers(numbers))


def _numbers(values: tuple[Value, ...]) -> list[int | Decimal]:
    if not values:
        raise EvaluationError("at least one number is required")
    return [as_number(value) for value in values]


NUMBER_FUNCTIONS: Mapping[str, Function] = {
    "abs": Function(lambda value: abs(as_number(value))),
    "ceil": Function(_ceil),
    "floor": Function(_floor),
    "log": Function(_log),
    "max": Function(_max),
    "min": Function(_min),
    "parseint": Function(_parseint),
    "pow": Function(_pow),
    "signum": Function(_signum),
}
