"""``make bench``: a check of a large plan by wall time, share of each stage and peak memory.

The baseline of the same run is what no tool of this kind can do without: starting Python, reading
the plan as JSON, and starting opa.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.generated_plan import plan_with

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (100, 1_000, 10_000)
RUNS = 5
STAGES = """
import json, sys, time
marks = [("start", time.perf_counter())]
def mark(name): marks.append((name, time.perf_counter()))
from pathlib import Path
from tollbar import pipeline
from tollbar.settings import Settings
from tollbar.catalog.lookup import SnapshotCatalog
from tollbar.catalog.table import SNAPSHOT
from tollbar.cli import app
from tollbar.estimate import Deployment
from tollbar.inputs import detect
from tollbar.inputs.interface import ReadOptions
from tollbar.policy.opa_binary import local_engine
from tollbar.report.interface import Report, render
import tollbar.report.table
mark("import")
declaration = detect.read(Path(sys.argv[1]), ReadOptions())
mark("inputs")
catalog = SnapshotCatalog(SNAPSHOT)
settings = Settings("2026-11-21T00:00:00Z", Deployment(name="bench", environment="dev"))
estimate = pipeline.estimate([declaration], settings, catalog)
catalog.close()
mark("resources, catalog, estimate")
document = estimate.to_json()
mark("to JSON")
decision = local_engine().decide(document)
mark("policy")
render(Report(estimate, decision), "table")
mark("report")
print(json.dumps([(n, t - marks[i][1]) for i, (n, t) in enumerate(marks[1:])]))
"""


def main() -> None:
    """Print the table of measurements."""
    print(f"{'resources':>9}  {'check':>8}  {'policy':>6}  {'memory':>8}  {'baseline':>8}   stages")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            plan = Path(folder) / "plan.json"
            plan.write_text(json.dumps(plan_with(size)), encoding="utf-8")
            _print_row(size, plan)


def _print_row(size: int, plan: Path) -> None:
    check, memory = _measured([sys.executable, "-m", "tollbar", "check", str(plan)])
    read = f"import json, sys; json.load(open({str(plan)!r}))"
    baseline, _ = _measured([sys.executable, "-c", read])
    engine, _ = _measured(["opa", "eval", "true"])
    stages = _median_stages(plan)
    policy = stages["policy"] / sum(stages.values())
    shares = ", ".join(f"{name} {seconds:.2f}" for name, seconds in stages.items())
    print(f"{size:>9}  {check:>6.2f} s  {policy:>6.0%}  {memory:>4.0f} MiB  {baseline + engine:>6.2f} s   {shares}")


def _measured(command: list[str]) -> tuple[float, float]:
    """Return the median wall time in seconds and the peak memory in MiB of a command's processes."""
    times = [_seconds(lambda: subprocess.run(command, capture_output=True, check=False)) for _ in range(RUNS)]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return statistics.median(times), peak


def _median_stages(plan: Path) -> dict[str, float]:
    command = [sys.executable, "-c", STAGES, str(plan)]
    runs: list[list[Any]] = [
        json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout) for _ in range(RUNS)
    ]
    return {name: statistics.median(run[i][1] for run in runs) for i, (name, _) in enumerate(runs[0])}


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
