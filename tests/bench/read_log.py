"""How long reading and pricing a usage log takes: ``python -m tests.bench.read_log [ROWS | FILE]``.

Wall time, CPU time and peak memory of reading a log into ``calls``, priced and hashed. CPU time tells more
than wall time where the machine has other work.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.generated_log import GeneratedLog
from tollbar.catalog.llm import LlmCatalog
from tollbar.llm.log_reader import LogOptions, read_log


def main() -> None:
    """Print one line of measurements."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else "1000000"
    with tempfile.TemporaryDirectory() as folder:
        log = Path(wanted)
        if wanted.isdigit():
            log = Path(folder) / "log.jsonl"
            GeneratedLog(int(wanted)).write(log)
        used, started = _cpu(), time.perf_counter()
        with read_log([str(log)], LlmCatalog, LogOptions(datetime.now(UTC))) as read:
            wall, cpu = time.perf_counter() - started, _cpu() - used
            row = read.connection.execute("SELECT COUNT(*), SUM(cost_usd) FROM calls").fetchone()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        calls, usd = row or (0, 0)
        size = log.stat().st_size / 1e6
        print(f"{calls:,} calls, {size:,.0f} MB, ${usd:,.2f}: {wall:.1f} s wall, {cpu:.1f} s CPU, {memory:.0f} MiB")


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
