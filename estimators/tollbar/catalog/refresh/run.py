"""One refresh of one source: fetch what is asked for, test it, and only then put it in the place of the old."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from tollbar.catalog.changes import changes_between
from tollbar.catalog.integrity.problem import refuse
from tollbar.catalog.lookup import SnapshotCatalog
from tollbar.catalog.refresh.acceptance import InUse, accepted
from tollbar.catalog.refresh.store import MAKE_ROOM, PortionStore
from tollbar.catalog.snapshot import write_snapshot
from tollbar.catalog.table import Source
from tollbar.errors import CatalogError, RefreshError, SourceUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from tollbar.catalog.changes import Changes
    from tollbar.catalog.refresh.interface import Portion, PriceSource
    from tollbar.price import Price

_RESUMED_WITHIN = timedelta(days=1)
_FAILURES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Request:
    """What to read anew: services of a source (all where none is named) in regions (all where none is named).

    With ``max_age`` nothing is done where the same request was carried out within it. ``dry_run``
    fetches and compares, and replaces nothing. ``accept`` replaces in spite of prices that moved or
    went away in a way that looks like a mistake. ``partial`` replaces what could be read where some
    portions could not: these stay as they were.
    """

    services: Sequence[str] = ()
    regions: Sequence[str] = ()
    max_age: timedelta | None = None
    dry_run: bool = False
    accept: bool = False
    partial: bool = False

    def key(self) -> str:
        """Return what makes two requests the same."""
        return json.dumps([sorted(self.services), sorted(self.regions)])


class Progress(Protocol):
    """Told of every portion: how many are done of how many, and which one comes next (None at the end)."""

    def __call__(self, done: int, total: int, portion: Portion | None) -> None:
        """Show it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a refresh did.

    ``fetched`` portions were read, ``unmodified`` ones were as before, ``resumed`` ones had been read
    by a run that broke off, ``failures`` tell which could not be, ``objections`` what would keep a dry
    run's prices from being taken over. ``left_out`` are prices not taken over,
    with the reason. ``changes`` is None where nothing had to be done.
    """

    file: Path
    fetched: int = 0
    unmodified: int = 0
    resumed: int = 0
    failures: tuple[str, ...] = ()
    prices: int = 0
    left_out: tuple[str, ...] = ()
    objections: tuple[str, ...] = ()
    changes: Changes | None = None
    replaced: bool = False
    fresh_since: datetime | None = None


def refresh(
    source: PriceSource,
    request: Request,
    folder: Path,
    in_use: InUse,
    clock: Callable[[], datetime],
    progress: Progress = lambda done, total, portion: None,  # noqa: ARG005 -- the protocol's names
) -> Outcome:
    """Read prices from a source into ``folder/<id>.sqlite`` and return what became of it.

    Raises:
        RefreshError: Something could not be read, or what was read fails the integrity tests. The
            snapshot before stays as it is; what was read is kept, and the next run goes on from there.
    """
    file = folder / f"{source.id}.sqlite"
    with PortionStore(folder / f"{source.id}.portions") as store:
        finished = store.finished_at(request.key())
        if _is_fresh(finished, request.max_age, clock()) and file.is_file():
            return Outcome(file, fresh_since=finished)
        counts = _fetch_all(source, request, store, clock, progress)
        return _replace(source, request, store, file, in_use, clock, counts)


def _is_fresh(finished: datetime | None, max_age: timedelta | None, now: datetime) -> bool:
    return finished is not None and max_age is not None and timedelta(0) <= now - finished <= max_age


@dataclass(slots=True)
class _Counts:
    fetched: int = 0
    unmodified: int = 0
    resumed: int = 0
    failures: list[str] = field(default_factory=list)


def _fetch_all(
    source: PriceSource,
    request: Request,
    store: PortionStore,
    clock: Callable[[], datetime],
    progress: Progress,
) -> _Counts:
    """Fetch every portion that this run, or the one it goes on with, has not fetched yet."""
    portions = source.portions(request.services or source.services(), request.regions)
    now = clock()
    store.begin(request.key(), now, now - _RESUMED_WITHIN)
    counts = _Counts()
    for done, portion in enumerate(portions):
        progress(done, len(portions), portion)
        try:
            _fetch(source, portion, store, request.key(), clock, counts)
        except SourceUnavailableError as error:
            kept = done - len(counts.failures)
            raise _broken_off(str(error), kept, len(portions), SourceUnavailableError) from error
        except RefreshError as error:
            counts.failures.append(f"{portion}: {error}")
    progress(len(portions), len(portions), None)
    if counts.failures and (not request.partial or len(counts.failures) == len(portions)):
        what = _told(counts.failures, len(portions))
        raise _broken_off(what, len(portions) - len(counts.failures), len(portions), RefreshError)
    return counts


def _fetch(
    source: PriceSource,
    portion: Portion,
    store: PortionStore,
    request: str,
    clock: Callable[[], datetime],
    counts: _Counts,
) -> None:
    if store.is_pending(request, portion):
        counts.resumed += 1
        return
    fetched = source.fetch(portion, store.etag(portion))
    if fetched is None:
        store.confirm(request, portion, clock())
        counts.unmodified += 1
        return
    store.keep(request, portion, fetched, clock())
    counts.fetched += 1


def _told(failures: Sequence[str], total: int) -> str:
    lines = [f"{len(failures)} of {total} portions could not be read"]
    lines += [f"  {failure}" for failure in failures[:_FAILURES_SHOWN]]
    if len(failures) > _FAILURES_SHOWN:
        lines.append(f"  … {len(failures) - _FAILURES_SHOWN} more")
    return "\n".join(lines)


def _broken_off(what: str, done: int, total: int, kind: type[RefreshError]) -> RefreshError:
    return kind(
        f"{what}\n  {done} of {total} portions are kept; the prices in use stay as they are",
        hint="Run the same command again to go on from there"
        + ("." if kind is SourceUnavailableError else ", or with --partial to use what could be read."),
    )


def _replace(
    source: PriceSource,
    request: Request,
    store: PortionStore,
    file: Path,
    in_use: InUse,
    clock: Callable[[], datetime],
    counts: _Counts,
) -> Outcome:
    """Test what the store holds and compile it into the snapshot."""
    described = Source(source.id, source.name, source.licence)
    earlier = _earlier(file)
    result = accepted(store.prices(request.key()), described, replace(in_use, earlier=earlier), clock().date())
    try:
        refuse(source.name, result.faults, "This is a fault of the source or of Tollbar; please report it.")
        if not request.accept and not request.dry_run:
            refuse(source.name, result.suspicions, "If these changes are real, run it again with --accept.")
    except CatalogError as error:
        store.give_up(request.key())
        raise RefreshError(error.message, hint=error.hint) from None
    before = earlier or [found[0] for price in result.prices if (found := in_use.find(price.key))]
    if not request.dry_run:
        _write(file, described, result.prices, clock())
        if counts.failures:
            store.adopt(request.key())
        else:
            store.finish(request.key(), clock())
    return Outcome(
        file,
        counts.fetched,
        counts.unmodified,
        counts.resumed,
        tuple(counts.failures),
        len(result.prices),
        tuple(str(problem) for problem in result.left_out),
        () if request.accept else tuple(str(problem) for problem in result.suspicions),
        changes_between(before, result.prices),
        replaced=not request.dry_run,
    )


def _write(file: Path, source: Source, prices: Sequence[Price], now: datetime) -> None:
    _remove_unfinished(file)
    try:
        write_snapshot(file, [source], prices, {"refreshed_at": now.isoformat()})
    except (OSError, sqlite3.Error) as error:
        raise RefreshError(f"{file} cannot be written: {error}; the old prices stay", hint=MAKE_ROOM) from error


def _remove_unfinished(file: Path) -> None:
    """Remove what a killed run left half-written; nobody else writes while the store is open."""
    for unfinished in file.parent.glob(f"{file.name}.*.building"):
        unfinished.unlink(missing_ok=True)


def _earlier(file: Path) -> list[Price]:
    """Return the prices of the snapshot before; none where there is none, or it is damaged and to be replaced."""
    if not file.is_file():
        return []
    try:
        catalog = SnapshotCatalog(file)
    except CatalogError:
        return []
    try:
        return list(catalog.prices())
    finally:
        catalog.close()
