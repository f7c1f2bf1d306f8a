"""Scanning usage logs: from the tables that a log was read into to what was spent, wasted and unusual."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.llm import claims
from tollbar.llm.consumption import USUAL_DIMENSIONS, consumption, totals
from tollbar.llm.detector import Settings, detectors, prepared_tables
from tollbar.llm.model_rates import capable_models, load_rates
from tollbar.llm.scan_result import Example, Finding, Observation, Problem, Scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tollbar.catalog.llm import LlmCatalog
    from tollbar.llm.detector import Detector
    from tollbar.llm.model_rates import Capable
    from tollbar.llm.sql_engine import SqlEngine

_PROBLEMS_SHOWN = 20


@dataclass(frozen=True)
class Question:
    """What is asked of a log: by which columns calls are grouped, and what detectors are to take for waste."""

    by: Sequence[str] = USUAL_DIMENSIONS
    settings: Settings = field(default_factory=Settings)
    capable: Sequence[Capable] | None = None


class Stopwatch:
    """How long the stages took, in seconds."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time of a block to a stage."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0) + time.perf_counter() - started


def scan(engine: SqlEngine, catalog: LlmCatalog, question: Question, watch: Stopwatch | None = None) -> Scan:
    """Return what the calls of a log come to, and what of it is waste.

    ``engine`` holds the tables ``calls`` and ``log_problems``; the tables of the detectors are left in it.
    """
    watch = watch or Stopwatch()
    with watch.stage("rates"):
        load_rates(engine, catalog, capable_models() if question.capable is None else question.capable)
    with watch.stage("totals"):
        whole = totals(engine)
        taken = [row for dimension in question.by for row in consumption(engine, dimension)]
    known = detectors()
    wanted = [detector for detector in known if detector.name not in question.settings.off]
    for table in prepared_tables():
        with watch.stage(table.name):
            engine.keep(table.name, table.sql(question.settings))
    findings = _findings(engine, [d for d in wanted if d.grain == "call"], question.settings, watch)
    observations = _observations(engine, [d for d in wanted if d.grain == "group"], question.settings, watch)
    return Scan(
        whole, tuple(taken), findings, observations, _problems(engine), _problem_counts(engine),
        tuple(detector.name for detector in known if detector.name in question.settings.off), watch.seconds,
    )  # fmt: skip


def _findings(
    engine: SqlEngine, wanted: Sequence[Detector], settings: Settings, watch: Stopwatch
) -> tuple[Finding, ...]:
    """Return what each detector claims, the largest first; their claims stay in the table ``claims``."""
    for detector in wanted:
        with watch.stage(detector.name):
            engine.keep(claims.claim_table(detector), detector.sql(settings))
    if not wanted:
        return ()
    with watch.stage("reconcile"):
        engine.keep("claims", claims.all_claims(wanted))
        claimed = claims.claimed(engine, wanted)
        incidents, examples = claims.incidents(engine), _examples(engine)
    by_name = {detector.name: detector for detector in wanted}
    found = [
        Finding(
            part.detector, by_name[part.detector].title, by_name[part.detector].claim, by_name[part.detector].fix,
            part.calls, part.tokens, incidents.get(part.detector, 0), part.wasted_usd, part.overlap_calls,
            part.overlap_usd,
            part.unpriced_calls, tuple(examples.get(part.detector, ())),
        )
        for part in claimed
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda finding: (-finding.wasted_usd, by_name[finding.detector].priority)))


def _examples(engine: SqlEngine) -> dict[str, list[Example]]:
    """Return the costliest incidents of each detector, with where their first call stands."""
    largest = claims.largest_incidents(engine)
    if not largest:
        return {}
    numbers = ", ".join(str(call_id) for *_, call_id, _ in largest)
    query = (
        "SELECT call_id, source, line, COALESCE(model, logged_model), prompt_excerpt, CAST(prompt_hash AS VARCHAR) "  # noqa: S608
        f"FROM calls WHERE call_id IN ({numbers})"
    )
    calls = {row[0]: row for row in engine.rows(query)}
    found: dict[str, list[Example]] = {}
    for detector, group, count, wasted, call_id, basis in largest:
        _, source, line, model, excerpt, prompt_hash = calls[call_id]
        example = Example(group, count, wasted, source, line, model, excerpt, prompt_hash, basis)
        found.setdefault(detector, []).append(example)
    return found


def _observations(
    engine: SqlEngine, wanted: Sequence[Detector], settings: Settings, watch: Stopwatch
) -> tuple[Observation, ...]:
    found = []
    for detector in wanted:
        with watch.stage(detector.name):
            rows = engine.rows(detector.sql(settings))
        observed = [Observation(detector.name, detector.title, detector.fix, *row) for row in rows]
        found.extend(sorted(observed, key=lambda one: (-(one.cost_usd or Decimal(0)), one.group)))
    return tuple(found)


def _problems(engine: SqlEngine) -> tuple[Problem, ...]:
    query = f"""
        SELECT source, line, kind, detail FROM (
            SELECT *, ROW_NUMBER() OVER (PARTITION BY kind ORDER BY source, line) AS place FROM log_problems
        ) AS placed
        WHERE place <= {_PROBLEMS_SHOWN}
        ORDER BY source, line, kind
    """  # noqa: S608 -- a number of ours
    return tuple(Problem(*row) for row in engine.rows(query))


def _problem_counts(engine: SqlEngine) -> dict[str, int]:
    return dict(engine.rows("SELECT kind, COUNT(*) FROM log_problems GROUP BY kind ORDER BY 2 DESC, 1"))
