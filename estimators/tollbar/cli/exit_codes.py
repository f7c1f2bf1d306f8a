"""What the exit code of every command means."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tollbar.decision import Outcome


class ExitCode(IntEnum):
    """0 pass, 1 denied, 2 needs approval, 3 bad input or engine failure."""

    PASS = 0
    DENIED = 1
    NEEDS_APPROVAL = 2
    ERROR = 3


def exit_code_of(outcome: Outcome) -> ExitCode:
    """Return the exit code of a verdict."""
    if outcome == "deny":
        return ExitCode.DENIED
    return ExitCode.NEEDS_APPROVAL if outcome == "needs_approval" else ExitCode.PASS
