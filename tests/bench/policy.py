"""``make bench-policy``: the policy library alone, over estimates of 100, 1,000 and 10,000 resources.

By size, with the first 40 rules and with all: ``opa eval`` as a whole (starting, compiling the library, reading the
input), its evaluation, and ``opa bench``, which evaluates again and again. Of the largest: where the time goes, by rule
and by expression.
"""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.bench.generated_plan import plan_with
from tests.conftest import ROOT
from tollbar import pipeline
from tollbar.catalog.lookup import SnapshotCatalog
from tollbar.catalog.table import SNAPSHOT
from tollbar.estimate import Deployment
from tollbar.inputs import detect
from tollbar.inputs.interface import ReadOptions
from tollbar.policy.opa_binary import find_opa
from tollbar.settings import Settings

SIZES = (100, 1_000, 10_000)
FEWER_RULES = 40
RUNS = 5
QUERY = "data.tollbar.decision"
TOP = 12


def main() -> None:
    """Print the tables."""
    library = ["--ignore", "*_test.rego", "--data", str(ROOT / "rego")]
    rules = _rules_by_code()
    print("rules  resources      input  opa eval  of it evaluation  opa bench  per resource")
    with tempfile.TemporaryDirectory() as folder:
        fewer = Path(folder) / "fewer.json"
        off = {rule: {"mode": "off"} for rule in rules[FEWER_RULES:]}
        fewer.write_text(json.dumps({"tollbar_settings": {"rules": off}}), encoding="utf-8")
        for size in SIZES:
            estimate = _estimate(Path(folder), size)
            arguments = [*library, "--input", str(estimate), QUERY]
            _print_row(FEWER_RULES, size, estimate, ["--data", str(fewer), *arguments])
            _print_row(len(rules), size, estimate, arguments)
        _print_profile(arguments)


def _rules_by_code() -> list[str]:
    """Return the names of all rules, in the order of their codes."""
    files = (ROOT / "rego" / "tollbar" / "rules").rglob("*.rego")
    codes = [(re.findall(r"^#   code: (\S+)$", file.read_text(encoding="utf-8"), re.MULTILINE), file) for file in files]
    return [file.stem for code, file in sorted(codes) if code]


def _estimate(folder: Path, size: int) -> Path:
    plan, estimate = folder / f"plan-{size}.json", folder / f"estimate-{size}.json"
    plan.write_text(json.dumps(plan_with(size)), encoding="utf-8")
    settings = Settings("2026-11-21T00:00:00Z", Deployment(name="bench", environment="dev"))
    catalog = SnapshotCatalog(SNAPSHOT)
    estimate.write_text(
        pipeline.estimate([detect.read(plan, ReadOptions())], settings, catalog).to_json(), encoding="utf-8"
    )
    catalog.close()
    return estimate


def _print_row(rules: int, size: int, estimate: Path, arguments: list[str]) -> None:
    walls, evaluations = [], []
    for _ in range(RUNS):
        start = time.perf_counter()
        answer = _opa("eval", "--metrics", "--format", "json", *arguments)
        walls.append(time.perf_counter() - start)
        evaluations.append(answer["metrics"]["timer_rego_query_eval_ns"] / 1e9)
    benched = _opa("bench", "--format", "json", "--count", "1", *arguments)
    per_run = benched["T"] / benched["N"] / 1e9
    megabytes = estimate.stat().st_size / 1e6
    print(
        f"{rules:>5}  {size:>9}  {megabytes:>6.1f} MB  {statistics.median(walls):>6.2f} s"
        f"  {statistics.median(evaluations):>14.2f} s  {per_run:>7.2f} s  {per_run / size * 1e6:>9.0f} us"
    )


def _print_profile(arguments: list[str]) -> None:
    answer = _opa("eval", "--profile", "--profile-limit", "0", "--format", "json", *arguments)
    by_file: Counter[str] = Counter()
    for entry in answer["profile"]:
        by_file[_place(entry)] += entry["total_time_ns"]
    total = sum(by_file.values())
    print(f"\nBy rule, of {total / 1e9:.2f} s (measuring each expression makes all of it slower):")
    for file, nanoseconds in by_file.most_common(TOP):
        print(f"{nanoseconds / total:>6.1%}  {file}")
    print("\nBy expression:")
    for entry in sorted(answer["profile"], key=lambda entry: entry["total_time_ns"], reverse=True)[:TOP]:
        share, line = entry["total_time_ns"] / total, f"{_place(entry)}:{entry['location']['row']}"
        print(f"{share:>6.1%}  {line}  {entry['num_eval']:,} evaluations")


def _place(entry: dict[str, Any]) -> str:
    file = entry["location"].get("file") or "the query"
    return str(Path(file).relative_to(ROOT)) if Path(file).is_absolute() else file


def _opa(*arguments: str) -> dict[str, Any]:
    done = subprocess.run([str(find_opa(None)), *arguments], capture_output=True, text=True, check=True)
    document: dict[str, Any] = json.loads(done.stdout)
    return document


if __name__ == "__main__":
    main()
