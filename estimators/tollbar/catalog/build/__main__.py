"""``python -m tollbar.catalog.build DIRECTORY [TABLE…]``: fill the reviewable price tables, then compile them."""

from __future__ import annotations

import argparse
import csv
import importlib
import pkgutil
import shutil
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from tollbar.catalog import build
from tollbar.catalog.build.source_tables import SourceTables, preferred
from tollbar.catalog.changes import changes_between
from tollbar.catalog.integrity.families import FAMILIES, families_of, write_families
from tollbar.catalog.integrity.relations import without_contradictions
from tollbar.catalog.snapshot import build_snapshot
from tollbar.catalog.table import DATA, SNAPSHOT, read_all, read_sources, read_table, write_table
from tollbar.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.price import Price

_LISTED = 50


def main() -> None:
    """Build all tables, or those named, from a folder of source tables; nothing is changed unless all is sound."""
    parser = argparse.ArgumentParser(prog="python -m tollbar.catalog.build", description=__doc__)
    parser.add_argument("directory", type=Path, help="folder with the source tables (*.csv.gz)")
    parser.add_argument(
        "tables",
        nargs="*",
        help="tables to build, such as aws/nat_gateway, or all of a cloud, such as azure; all by default",
    )
    parser.add_argument("--accept", action="store_true", help="take families over that vanished, shrank or moved")
    options = parser.parse_args()
    try:
        _say(f"{SNAPSHOT.name}: {build_tables(options.directory, options.tables, accept=options.accept)} prices")
    except CatalogError as error:
        raise SystemExit(f"error: {error}") from None


def build_tables(
    directory: Path,
    wanted: Sequence[str] = (),
    *,
    accept: bool = False,
    data: Path = DATA,
    snapshot: Path = SNAPSHOT,
) -> int:
    """Fill the tables of ``data`` from source tables and compile them; return the number of prices.

    Raises:
        CatalogError: A source table is malformed, or an integrity test failed; tables and snapshot
            stay as they were.
    """
    source = SourceTables(directory)
    with tempfile.TemporaryDirectory() as folder:
        building = Path(folder) / "data"
        shutil.copytree(data, building, ignore=shutil.ignore_patterns("*.sqlite*"))
        for table, candidates in sorted(_candidates(source, wanted).items()):
            _write(building, table, candidates)
        _write_sources(building / "sources.csv", source)
        if accept:
            write_families(building / FAMILIES, families_of(read_all(building)))
        count = build_snapshot(building, snapshot)
        shutil.copytree(building, data, dirs_exist_ok=True)
    return count


def _write(data: Path, table: str, candidates: Sequence[Price]) -> None:
    """Write a table, saying what moved by over a quarter and what was left out."""
    file = data / f"{table}.csv"
    prices, left_out = without_contradictions(preferred(candidates))
    changes = changes_between(read_table(file) if file.exists() else (), prices)
    for problem in left_out:
        _say(f"{table}: left out: {problem}")
    for change in changes.large[:_LISTED]:
        before, after = change.before.tiers[-1].unit_price, change.after.tiers[-1].unit_price
        _say(f"{table}: {change.after.key}: {before:f} → {after:f} USD per {change.after.unit}")
    if len(changes.large) > _LISTED:
        _say(f"{table}: … {len(changes.large) - _LISTED} more moved by over a quarter")
    write_table(file, prices)
    count = len({price.key for price in prices})
    moved = f"{len(changes.new)} new, {len(changes.changed)} changed, {len(changes.vanished)} gone"
    _say(f"{table}: {count} prices, {moved}")


def _candidates(source: SourceTables, wanted: Sequence[str]) -> dict[str, list[Price]]:
    """Return all prices found for the wanted tables (for all, where none is named).

    A builder has ``TABLE`` and ``prices(source)``, or ``tables(source)`` where it fills several; a table
    may be filled by several builders. The file of one that fills several is named after its
    cloud first.
    """
    found: dict[str, list[Price]] = defaultdict(list)
    clouds = {name.partition("/")[0] for name in wanted}
    for info in pkgutil.iter_modules(build.__path__):
        module = importlib.import_module(f"{build.__name__}.{info.name}")
        table = getattr(module, "TABLE", None)
        if hasattr(module, "tables") and (not wanted or info.name.partition("_")[0] in clouds):
            for name, prices in module.tables(source).items():
                if _is_wanted(name, wanted):
                    found[name] += prices
        elif table is not None and hasattr(module, "prices") and _is_wanted(table, wanted):
            found[table] += module.prices(source)
    return found


def _is_wanted(table: str, wanted: Sequence[str]) -> bool:
    return not wanted or any(f"{table}/".startswith(f"{name}/") for name in wanted)


def _write_sources(file: Path, tables: SourceTables) -> None:
    known = (
        {source.id: (source.name, source.licence) for source in read_sources(file).values()} if file.exists() else {}
    )
    known.update(tables.sources)
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(("id", "name", "licence"))
        writer.writerows((key, *known[key]) for key in sorted(known))


def _say(text: str) -> None:
    print(text)  # noqa: T201 -- a build step reports on stdout


if __name__ == "__main__":
    main()
