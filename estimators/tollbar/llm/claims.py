"""How claims of several detectors on one call are reconciled: no dollar of a call is claimed twice.

A detector claims a part of what is left of the call's cost by those before it: where a retry of a dear model's call is
waste as a whole, nothing is left to save by another model; where another model saves nine tenths, a cache can save its
share of the last tenth only. What a detector does not get is its overlap. So the sum of the claims on a call never
exceeds its cost, and the sum of all findings never the bill.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from tollbar.llm.detector import Detector
    from tollbar.llm.sql_engine import SqlEngine

_SUMS = 6
"""Figures of each detector in the one row that sums them all up."""
_ZERO = "CAST(0 AS DECIMAL(28, 12))"
EXAMPLES = 3
"""Incidents that a finding shows; all are counted."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """What one detector claims.

    ``calls`` are those on which it gets something, or which nobody claimed before it; the others it would have claimed
    are ``overlap_calls``.
    """

    detector: str
    calls: int
    tokens: int
    unpriced_calls: int
    wasted_usd: Decimal
    overlap_calls: int
    overlap_usd: Decimal


def all_claims(detectors: Sequence[Detector]) -> str:
    """Return the query of all claims, of tables that are each called after a detector.

    ``is_first`` marks the claim on a call that comes before all others on it.
    """
    claims = "\nUNION ALL\n".join(
        "SELECT call_id, detector, CAST(wasted_usd AS DECIMAL(28, 12)) AS wasted_usd, basis, group_key, "  # noqa: S608
        f"related_call_id, {place} AS place FROM {claim_table(detector)}"
        for place, detector in enumerate(detectors)
    )
    return f"SELECT *, place = MIN(place) OVER (PARTITION BY call_id) AS is_first FROM ({claims}) AS every_claim"  # noqa: S608


def claim_table(detector: Detector) -> str:
    """Return the name of the table that holds a detector's claims."""
    return f"claims_of_{detector.name}"


def claimed(engine: SqlEngine, detectors: Sequence[Detector]) -> list[Claimed]:
    """Return what each detector claims, reconciled; ``detectors`` in the order in which they claim."""
    if not detectors:
        return []
    rows = engine.rows(_reconciled(detectors))
    found = []
    for number, detector in enumerate(detectors):
        every, calls, tokens, unpriced, raw, awarded = rows[0][number * _SUMS : (number + 1) * _SUMS]
        if every:
            sums = int(calls), int(tokens), int(unpriced), awarded, every - int(calls), raw - awarded
            found.append(Claimed(detector.name, *sums))
    return found


def _reconciled(detectors: Sequence[Detector]) -> str:
    """Return one query that sums up every detector's claims in a single pass over the calls that any of them claims."""
    pivot = ",\n".join(
        f"MAX(CASE WHEN claims.place = {number} THEN claims.wasted_usd END) AS raw_{number}"
        for number in range(len(detectors))
    )
    capped = ",\n".join(
        f"CASE WHEN raw_{number} IS NULL THEN NULL ELSE GREATEST(LEAST(raw_{number}, cost_usd), {_ZERO}) END "
        f"AS claim_{number}"
        for number in range(len(detectors))
    )
    numbers = range(len(detectors))
    awards = ",\n".join(f"{_award(number)} AS award_{number}" for number in numbers)
    sums = ",\n".join(
        f"COUNT(claim_{number}), {_sum_of('1', number)}, {_sum_of('tokens', number)}, {_sum_of('unpriced', number)}, "
        f"COALESCE(SUM(claim_{number}), {_ZERO}), COALESCE(SUM(award_{number}), {_ZERO})"
        for number in numbers
    )
    return f"""
    WITH pivoted AS (
        SELECT claims.call_id, {pivot} FROM claims GROUP BY claims.call_id
    ),
    costed AS (
        SELECT
            pivoted.*,
            COALESCE(calls.cost_usd, {_ZERO}) AS cost_usd,
            COALESCE(calls.input_tokens, 0) + COALESCE(calls.output_tokens, 0) AS tokens,
            CASE WHEN calls.cost_usd IS NULL THEN 1 ELSE 0 END AS unpriced
        FROM pivoted INNER JOIN calls ON calls.call_id = pivoted.call_id
    ),
    capped AS (SELECT cost_usd, tokens, unpriced, {capped} FROM costed),
    awarded AS (SELECT *, {awards} FROM capped)
    SELECT {sums} FROM awarded
    """  # noqa: S608 -- our own names


def _sum_of(what: str, number: int) -> str:
    """Return the sum over the calls that a detector claims for itself."""
    earlier = [f"claim_{before}" for before in range(number)]
    unclaimed = (
        f"COALESCE({', '.join(earlier)}) IS NULL" if len(earlier) > 1 else f"{earlier[0]} IS NULL" if earlier else ""
    )
    own = f"(award_{number} > 0 OR {unclaimed})" if unclaimed else "TRUE"
    return f"COALESCE(SUM(CASE WHEN claim_{number} IS NOT NULL AND {own} THEN {what} ELSE 0 END), 0)"


def _award(number: int) -> str:
    """Return what the claim of a number gets: its share of what those before it left of the call."""
    earlier = [f"COALESCE(claim_{before}, 0)" for before in range(number)]
    if not earlier:
        return f"claim_{number}"
    left = " * ".join(f"(1 - CAST({claim} AS DOUBLE) / CAST(cost_usd AS DOUBLE))" for claim in earlier)
    untouched = " + ".join(earlier)
    return (
        f"CASE WHEN {untouched} = 0 THEN claim_{number} "
        f"ELSE CAST(CAST(claim_{number} AS DOUBLE) * {left} AS DECIMAL(28, 12)) END"
    )


def incidents(engine: SqlEngine) -> dict[str, int]:
    """Return how many incidents (loops, storms, sessions, …) each detector found that no other claims first."""
    query = """
    SELECT detector, COUNT(*)
    FROM (SELECT detector, group_key FROM claims WHERE is_first GROUP BY detector, group_key) AS incidents
    GROUP BY detector
    """
    return dict(engine.rows(query))


def largest_incidents(engine: SqlEngine) -> list[tuple[str, str, int, Decimal, int, str]]:
    """Return the costliest incidents of each detector: its name, group, calls, claim as it stands, a call, why."""
    query = f"""
    WITH grouped AS (
        SELECT
            detector,
            group_key,
            COUNT(*) AS calls,
            SUM(wasted_usd) AS wasted_usd,
            MIN(call_id) AS call_id,
            MIN(basis) AS basis
        FROM claims
        WHERE is_first
        GROUP BY detector, group_key
    ),
    ranked AS (
        SELECT *, ROW_NUMBER() OVER (PARTITION BY detector ORDER BY wasted_usd DESC, calls DESC, call_id) AS place
        FROM grouped
    )
    SELECT detector, group_key, calls, wasted_usd, call_id, basis
    FROM ranked
    WHERE place <= {EXAMPLES}
    ORDER BY detector, place
    """  # noqa: S608 -- a number of ours
    return [(row[0], row[1], row[2], row[3], row[4], row[5]) for row in engine.rows(query)]
