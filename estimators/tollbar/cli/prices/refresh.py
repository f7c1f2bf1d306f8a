"""``tollbar prices refresh``: list prices anew from the vendors' own APIs."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from tollbar.cli.prices.options import Format, today

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tollbar.catalog.changes import Change, Changes
    from tollbar.catalog.refresh.interface import Portion
    from tollbar.catalog.refresh.run import Outcome, Progress, Request

_LISTED = 40

Sources = Annotated[
    list[str] | None, typer.Argument(help="aws, azure, gcp, llm; all of them by default.", metavar="[SOURCE]...")
]
Service = Annotated[
    list[str] | None, typer.Option(help="Only this service; repeatable. A wrong name lists them.", metavar="NAME")
]
Region = Annotated[
    list[str] | None, typer.Option(help="Only this region; repeatable: its code or its name.", metavar="NAME")
]
MaxAge = Annotated[
    str | None, typer.Option(help="Do nothing where the same was read within this time: 24h, 7d.", metavar="AGE")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Read and compare, and replace nothing.")]
Partial = Annotated[bool, typer.Option("--partial", help="Use what could be read; what could not stays as it was.")]
Accept = Annotated[bool, typer.Option("--accept", help="Take prices over that moved in a way that looks wrong.")]
Endpoint = Annotated[
    str | None, typer.Option(help="A URL in place of the vendor's: a mirror of one source.", metavar="URL")
]


def refresh(  # noqa: PLR0913 -- one parameter an option
    sources: Sources = None,
    *,
    service: Service = None,
    region: Region = None,
    max_age: MaxAge = None,
    dry_run: DryRun = False,
    accept: Accept = False,
    partial: Partial = False,
    endpoint: Endpoint = None,
    form: Format = "table",
) -> int:
    """Read list prices from the vendors' own APIs and use them from now on.

    A run that breaks off keeps what it read, and the same command goes on from there. The prices in
    use are replaced only by whole and tested ones.

    \b
    tollbar prices refresh aws --service ec2 --region eu-west-1
    tollbar prices refresh azure --max-age 24h
    tollbar prices refresh gcp --dry-run
    """
    from tollbar.catalog.refresh.run import Request  # noqa: PLC0415 -- --help needs none of it
    from tollbar.catalog.refresh.sources import check_source, source_names  # noqa: PLC0415 -- as above
    from tollbar.cli.prices.request import age, check_endpoint  # noqa: PLC0415 -- as above
    from tollbar.errors import ConfigError, RefreshError  # noqa: PLC0415 -- as above

    names = list(dict.fromkeys(sources or source_names()))
    for name in names:
        check_source(name)
        check_endpoint(name, endpoint)
    if len(names) > 1 and (endpoint or service):
        option = "--endpoint" if endpoint else "--service"
        raise ConfigError(f"{option} belongs to one source; {len(names)} are to be refreshed", hint="Name one.")
    request = Request(service or (), (), age(max_age), dry_run=dry_run, accept=accept, partial=partial)
    requests = _with_regions(request, names, region or ())
    failures = _refresh_all(requests, endpoint, form)
    if failures:
        raise RefreshError("\n".join([f"{len(failures)} of {len(names)} sources could not be refreshed", *failures]))
    return 0


def _with_regions(request: Request, names: Sequence[str], regions: Sequence[str]) -> dict[str, Request]:
    """Return the request to each source, with the regions by the codes of its cloud."""
    from tollbar.catalog.lookup import SnapshotCatalog  # noqa: PLC0415 -- --help needs none of it
    from tollbar.catalog.table import SNAPSHOT  # noqa: PLC0415 -- as above
    from tollbar.cli.prices.request import regions_to_read  # noqa: PLC0415 -- as above

    with closing(SnapshotCatalog(SNAPSHOT)) as embedded:
        return {name: replace(request, regions=regions_to_read(name, regions, embedded)) for name in names}


def _refresh_all(requests: Mapping[str, Request], endpoint: str | None, form: str) -> list[str]:
    """Refresh and print each source, and return what failed where others could be read.

    JSON is one document: of several sources a list, in which a failure has its place.

    Raises:
        RefreshError: The only source failed.
    """
    from tollbar.cli import output  # noqa: PLC0415 -- --help needs none of it
    from tollbar.cli.prices import wording  # noqa: PLC0415 -- as above
    from tollbar.errors import RefreshError  # noqa: PLC0415 -- as above

    failures: list[str] = []
    documents: list[dict[str, object]] = []
    for name, request in requests.items():
        try:
            outcome = _refreshed(name, request, endpoint)
        except RefreshError as error:
            if len(requests) == 1:
                raise
            failures.append(f"{name}: {error}")
            documents.append({"source": name, "error": str(error)})
            continue
        if form == "json":
            documents.append({"source": name, **_document(outcome)})
        else:
            output.write("\n".join(_lines(name, outcome)) + "\n", None)
    if form == "json":
        output.write(wording.as_json(documents if len(requests) > 1 else documents[0]), None)
    return failures


def _refreshed(name: str, request: Request, endpoint: str | None) -> Outcome:
    from tollbar.catalog.lookup import SnapshotCatalog  # noqa: PLC0415 -- as above
    from tollbar.catalog.opening import refreshed_folder  # noqa: PLC0415 -- as above
    from tollbar.catalog.refresh.acceptance import InUse  # noqa: PLC0415 -- as above
    from tollbar.catalog.refresh.interface import Connection  # noqa: PLC0415 -- as above
    from tollbar.catalog.refresh.run import refresh as run  # noqa: PLC0415 -- as above
    from tollbar.catalog.refresh.sources import open_source  # noqa: PLC0415 -- as above
    from tollbar.catalog.table import SNAPSHOT  # noqa: PLC0415 -- as above

    logging.getLogger("stamina").setLevel(logging.ERROR)  # what a retry does not mend is told as an error
    source = open_source(name, Connection(today(), endpoint))
    # The embedded prices alone: a damaged refreshed file must not keep itself from being replaced.
    with closing(source), closing(SnapshotCatalog(SNAPSHOT)) as embedded, _progress(name) as progress:
        in_use = InUse(embedded.candidates, embedded.anchors())
        return run(source, request, refreshed_folder(os.environ), in_use, lambda: datetime.now(UTC), progress)


@contextmanager
def _progress(name: str) -> Iterator[Progress]:
    """Give what shows a bar on stderr while prices are read, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda done, total, portion: None  # noqa: ARG005 -- the protocol's names
        return
    from rich.console import Console  # noqa: PLC0415 -- a pipe needs no bar
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415 -- as above
    from rich.progress import Progress as Bar  # noqa: PLC0415 -- as above

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(f"{name}: asking what there is", total=None)

        def show(done: int, total: int, portion: Portion | None) -> None:
            bar.update(task, completed=done, total=total, description=f"{name}: {portion or 'testing the prices'}")

        yield show


def _lines(name: str, outcome: Outcome) -> Iterator[str]:
    if outcome.changes is None:
        yield f"{name}: read {outcome.fresh_since:%Y-%m-%d %H:%M} UTC, recent enough; nothing to do"
        return
    counts = [f"{outcome.fetched} read"]
    counts += [f"{outcome.unmodified} as before"] if outcome.unmodified else []
    counts += [f"{outcome.resumed} read before"] if outcome.resumed else []
    yield f"{name}: {', '.join(counts)}; {outcome.prices:,} prices"
    yield from (f"  {line}" for line in _change_lines(outcome.changes))
    yield from (f"  {line}" for line in _cut([f"could not be read: {failure}" for failure in outcome.failures]))
    yield from (f"  {line}" for line in _cut([f"left out: {left_out}" for left_out in outcome.left_out]))
    yield from (f"  {line}" for line in _cut([f"would be refused: {objection}" for objection in outcome.objections]))
    yield f"  {'in use now' if outcome.replaced else 'a dry run: nothing was replaced'}: {outcome.file}"


def _change_lines(changes: Changes) -> Iterator[str]:
    yield (
        f"{len(changes.new):,} new, {len(changes.changed):,} changed ({len(changes.large):,} by over 25 %),"
        f" {len(changes.vanished):,} gone, {changes.same:,} the same"
    )
    yield from _cut([_change_line(change) for change in changes.large])
    yield from _cut([f"{key}: gone" for key in changes.vanished])


def _cut(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:_LISTED]
    if len(lines) > _LISTED:
        yield f"… {len(lines) - _LISTED:,} more (--format json lists them)"


def _change_line(change: Change) -> str:
    from tollbar.cli.prices import wording  # noqa: PLC0415 -- --help needs none of it

    moved = f" ({(change.ratio - 1) * 100:+.0f} %)" if change.ratio is not None else ""
    before, after = wording.tiers(change.before), wording.tiers(change.after)
    return f"{change.after.key}: {before} → {after} USD per {wording.per_unit(change.after)}{moved}"


def _document(outcome: Outcome) -> dict[str, object]:

    found: dict[str, object] = {"file": str(outcome.file), "replaced": outcome.replaced}
    if outcome.changes is None:
        return found | {"fresh_since": outcome.fresh_since.isoformat() if outcome.fresh_since else None}
    from tollbar.price_document import price_document  # noqa: PLC0415 -- only here

    changes = outcome.changes
    return found | {
        "portions": {"read": outcome.fetched, "unmodified": outcome.unmodified, "resumed": outcome.resumed},
        "prices": outcome.prices,
        "failures": list(outcome.failures),
        "left_out": list(outcome.left_out),
        "objections": list(outcome.objections),
        "new": [str(key) for key in changes.new],
        "gone": [str(key) for key in changes.vanished],
        "changed": [
            {"before": price_document(change.before), "after": price_document(change.after)}
            for change in changes.changed
        ],
        "same": changes.same,
    }
