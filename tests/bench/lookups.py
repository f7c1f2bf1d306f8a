"""``make bench``: opening the catalogue and looking prices up.

The baseline of the same run is what the catalogue replaces: reading the price tables into a
dictionary, and asking that.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tollbar.catalog.opening import CatalogSettings, open_catalog
from tollbar.catalog.table import DATA, read_table
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tollbar.price import Price

_RUNS = 9
_KEYS = 2_000
_OPENING = """
import time
start = time.perf_counter()
from tollbar.catalog.opening import CatalogSettings, open_catalog
imported = time.perf_counter()
open_catalog(CatalogSettings()).close()
print(imported - start, time.perf_counter() - imported)
"""


def main() -> None:
    """Print the table of measurements."""
    tables = sorted(DATA.glob("*/*.csv"))
    start = time.perf_counter()
    dictionary = {price.key: price for table in tables for price in read_table(table)}
    loaded = time.perf_counter() - start
    keys = random.Random(730).sample(sorted(dictionary, key=str), _KEYS)  # noqa: S311 -- a sample, nothing secret
    print(f"{'prices: ' + format(len(dictionary), ','):32}  {'catalogue':>12}  {'dictionary':>12}")
    imports, opening = _opening_times()
    _print("import, in a new process", imports, None)
    _print("open, in a new process", opening, loaded)
    with closing(open_catalog(CatalogSettings())) as catalog:
        _print("first look-up of a key", _per_key(catalog.find, keys), _per_key(dictionary.get, keys))
        _print("look-up again (warm)", _per_key(catalog.find, keys), _per_key(dictionary.get, keys))
        misses = [PriceKey(f"{key.path}x", key.region) for key in keys[:200]]
        _print("miss, with what is near", _per_key(catalog.find, misses), None)
    _print_with_refreshed(keys)


def _print_with_refreshed(keys: Sequence[PriceKey]) -> None:
    """Print the same with a refreshed snapshot of everything beside the embedded one."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "again.sqlite").write_bytes((DATA / "prices.sqlite").read_bytes())
        with closing(open_catalog(CatalogSettings(Path(folder)))) as catalog:
            _print("first look-up, two snapshots", _per_key(catalog.find, keys), None)
            _print("look-up again, two snapshots", _per_key(catalog.find, keys), None)


def _opening_times() -> tuple[float, float]:
    runs = [
        [float(text) for text in subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()]
        for command in [[sys.executable, "-c", _OPENING]] * _RUNS
    ]
    return statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)


def _per_key(find: Callable[[PriceKey], Price | object | None], keys: Sequence[PriceKey]) -> float:
    start = time.perf_counter()
    for key in keys:
        find(key)
    return (time.perf_counter() - start) / len(keys)


def _print(what: str, ours: float, baseline: float | None) -> None:
    print(f"{what:32}  {_shown(ours):>12}  {_shown(baseline) if baseline is not None else '':>12}".rstrip())


def _shown(seconds: float) -> str:
    return f"{seconds * 1e6:.1f} us" if seconds < 1e-3 else f"{seconds * 1e3:.1f} ms"


if __name__ == "__main__":
    main()
