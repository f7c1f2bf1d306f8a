"""Options that are more than a text or a whole number: times, shares of a whole, and how often something is called."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from tollbar.errors import ConfigError

if TYPE_CHECKING:
    from tollbar.inputs.workload_kinds import Range


def moment(text: str) -> datetime:
    """Return a time or day in UTC, which is meant where no zone is told.

    Raises:
        ConfigError: It is neither.
    """
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"{text!r} is not a time or day", hint="Write it as 2026-11-21T12:00:00Z.") from None
    return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)


def moment_or_now(text: str | None) -> datetime:
    """Return a time as ``moment`` does, now where none is told."""
    return datetime.now(UTC) if text is None else moment(text)


def share(option: str, text: str) -> Decimal:
    """Return a part of a whole.

    Raises:
        ConfigError: It is no number from 0 to 1.
    """
    try:
        told = Decimal(text)
    except InvalidOperation:
        told = Decimal("NaN")
    if not told.is_finite() or not 0 <= told <= 1:
        raise ConfigError(f"{option} {text!r} is not a share from 0 to 1")
    return told


def calls(told: str | None) -> int | Range | None:
    """Return how often functions run a month, as N or LOW-HIGH tell it; between the two, the middle is expected.

    Raises:
        ConfigError: It is neither.
    """
    from tollbar.inputs.workload_kinds import Range  # noqa: PLC0415 -- imports pydantic, which times and shares need not

    if told is None:
        return None
    ends = [part.strip().replace(",", "").replace("_", "") for part in told.split("-")]
    if not all(end.isdecimal() for end in ends) or len(ends) > 2:
        raise ConfigError(f"--calls-per-month {told}: expected N or LOW-HIGH", hint="For example 5000 or 1000-20000.")
    numbers = [Decimal(end) for end in ends]
    if len(numbers) == 1:
        return int(numbers[0])
    low, high = numbers
    if low > high:
        raise ConfigError(f"--calls-per-month {told}: the first number is the larger one")
    return Range(low, (low + high) / 2, high)
