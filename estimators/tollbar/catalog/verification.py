"""Whether a compiled snapshot is still what its integrity tests passed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tollbar.catalog.integrity.problem import Problem
from tollbar.catalog.snapshot import snapshot_problems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from tollbar.catalog.lookup import SnapshotCatalog
    from tollbar.price import Price


@dataclass(frozen=True, slots=True)
class Verification:
    """How much a snapshot holds, of which days, and what is wrong with it."""

    things: int
    prices: int
    dates: Mapping[str, str]
    anchors: int
    problems: tuple[Problem, ...]


def verify_snapshot(catalog: SnapshotCatalog, prices: Sequence[Price], today: date) -> Verification:
    """Return what the integrity tests find in a snapshot, of which ``prices`` are all.

    Raises:
        CatalogError: It is damaged.
    """
    problems = snapshot_problems(prices, catalog.source_ids(), catalog.families(), catalog.anchors(), today)
    keys = {price.key for price in prices}
    if not catalog.is_as_compiled:
        problems.append(
            Problem("digest", "the snapshot", "it was changed after it was compiled: refresh or build it anew")
        )
    things = {key.path for key in keys}
    return Verification(len(things), len(keys), catalog.dates(), len(catalog.anchors()), tuple(problems))
