"""What a built-in function is: a Python function on values, and how it takes unknown arguments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from tollbar.inputs.hcl.values import Value

Unknowns = Literal["outside", "anywhere", "handled"]


@dataclass(frozen=True, slots=True)
class Function:
    """A built-in function.

    ``unknowns`` says which unknown arguments make the result unknown: those that are unknown
    themselves (``outside``), also those with an unknown element (``anywhere``), or none because the
    function deals with them (``handled``).
    """

    call: Callable[..., Value]
    unknowns: Unknowns = "outside"


def known_after_apply(*_: Value) -> Value:
    """Return UNKNOWN: the functions whose result only Terraform can tell, or no price depends on."""
    return UNKNOWN
