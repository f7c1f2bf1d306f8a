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


def environment_meant(given: str) -> str | None:
    """Return the usual environment that a name looks like a slip of, None where it is one or looks like another's.

    ``pord`` is like ``prod``, ``developement`` like ``dev``; ``prod-eu`` and ``dev2`` are names of their own.
    """
    from tollbar.spelling import nearest_names  # noqa: PLC0415 -- only where a configuration is validated

    name = given.strip().casefold()
    if given in USUAL_ENVIRONMENTS or not name.isalpha():
        return None
    near = nearest_names(name, (*USUAL_ENVIRONMENTS, *_ALSO_CALLED), count=1, alike=0.75)
    return _ALSO_CALLED.get(near[0], near[0]) if near else None


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
