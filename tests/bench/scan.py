"""A scan of a generated log: time by stage, memory, and whether every count and dollar is found.

    python -m tests.bench.scan [ROWS]

The log is written to a temporary folder (TMPDIR) and removed afterwards. Reading and detecting run in a process of
their own, so that the memory is theirs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

from tests.bench.generated_log import GeneratedLog

_ROWS = 1_000_000
_RUN = """
import json, resource, sys, time
from datetime import UTC, datetime
from tollbar.catalog.llm import LlmCatalog
from tollbar.llm.log_reader import LogOptions, read_log
from tollbar.llm.scan import Question, Stopwatch, scan
from tollbar.llm.sql_engine import DuckDb
from tollbar.llm.task_inference import task_inference

import duckdb
started = time.perf_counter()
bare = duckdb.connect(config={"threads": 2})
one_field = "SELECT count(json ->> '$.response.model') FROM read_json_objects(?, format = 'newline_delimited')"
bare.execute(one_field, sys.argv[1:])
bare.close()
baseline = time.perf_counter() - started
watch, started = Stopwatch(), time.perf_counter()
options = LogOptions(now=datetime(2026, 12, 1, tzinfo=UTC), inference=task_inference())
with read_log(sys.argv[1:], LlmCatalog, options) as log:
    watch.seconds["reading and pricing"] = time.perf_counter() - started
    found = scan(DuckDb(log.connection), LlmCatalog(options.now.date()), Question(), watch)
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "baseline": baseline, "seconds": watch.seconds,
    "wall": time.perf_counter() - started, "cpu": used.ru_utime + used.ru_stime,
    "rss_mib": used.ru_maxrss / 1024, "calls": found.totals.calls, "cost_usd": str(found.totals.cost_usd),
    "found": {f.detector: [f.calls, str(f.wasted_usd)] for f in found.findings if f.calls},
    "problems": dict(found.problem_counts),
}))
"""


def main() -> int:
    """Generate, scan, print; 1 where a count or an amount is not what was put in."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else _ROWS
    with tempfile.TemporaryDirectory(prefix="tollbar-bench-") as folder:
        log = Path(folder) / "log.jsonl"
        expected = GeneratedLog(rows).write(log)
        print(f"{expected.rows:,} calls, {log.stat().st_size / 1e6:,.0f} MB")
        done = subprocess.run(
            [sys.executable, "-c", _RUN, str(log)], stdout=subprocess.PIPE, text=True, check=True, env=os.environ
        )
    measured = json.loads(done.stdout)
    print(f"  {'(only one field read)':22} {measured['baseline']:7.2f} s, the baseline: what DuckDB takes for that")
    for stage, seconds in measured["seconds"].items():
        print(f"  {stage:22} {seconds:7.2f} s")
    print(f"  {'wall':22} {measured['wall']:7.2f} s (CPU {measured['cpu']:.1f} s), {measured['rss_mib']:.0f} MiB")
    found = {name: (calls, Decimal(usd)) for name, (calls, usd) in measured["found"].items()}
    wanted = {name: (calls, expected.wasted_usd[name]) for name, calls in expected.calls.items()}
    wrong = {
        name: (found.get(name), wanted.get(name)) for name in found | wanted if found.get(name) != wanted.get(name)
    }
    if measured["calls"] != expected.rows or Decimal(measured["cost_usd"]) != expected.cost_usd:
        wrong["totals"] = ((measured["calls"], measured["cost_usd"]), (expected.rows, expected.cost_usd))
    for name, (is_found, is_wanted) in wrong.items():
        print(f"  {name}: found {is_found}, expected {is_wanted}")
    print("every count and dollar is found" if not wrong else "NOT as expected")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
