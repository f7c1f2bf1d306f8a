"""Options that are more than a text or a whole number: times, and shares of a whole."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from tollbar.errors import ConfigError


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
