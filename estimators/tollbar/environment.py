"""What environments are called: limits are looked up by name, so one spelt otherwise must not slip past its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

USUAL_ENVIRONMENTS = ("dev", "staging", "prod")
"""The environments that the policy library's defaults name."""
_ALSO_CALLED = {
    "development": "dev",
    "develop": "dev",
    "stage": "staging",
    "stg": "staging",
    "production": "prod",
    "prd": "prod",
}


def environment_name(given: str, known: Iterable[str] = USUAL_ENVIRONMENTS) -> str:
    """Return the known environment that a name means, the name itself where it means none of them.

    Case and surrounding space do not count: ``DEV`` is ``dev``. So is ``development``, where it is not known itself.
    """
    name = given.strip()
    names = tuple(known)
    by_folded = {known_name.casefold(): known_name for known_name in reversed(names)}
    if name in names:
        return name
    folded = name.casefold()
    return by_folded.get(folded) or by_folded.get(_ALSO_CALLED.get(folded, folded), name)
