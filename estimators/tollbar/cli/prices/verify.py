"""``tollbar prices verify``: whether the prices are sound, how old they are, and what they cover."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from tollbar.cli.prices.options import Format, today

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tollbar.catalog.coverage import ServiceCoverage
    from tollbar.catalog.verification import Verification

_PROBLEMS_LISTED = 20
Cloud = Annotated[str | None, typer.Option(help="Only this cloud in the table of coverage.", metavar="NAME")]


def verify(*, cloud: Cloud = None, form: Format = "table") -> int:
    """Test every price in use, and show how old they are and what they cover.

    \b
    tollbar prices verify
    tollbar prices verify --cloud gcp
    """
    from tollbar.catalog.coverage import coverage_by_service  # noqa: PLC0415 -- --help needs none of it
    from tollbar.catalog.opening import CatalogSettings, open_catalog, refreshed_folder  # noqa: PLC0415 -- as above
    from tollbar.catalog.verification import verify_snapshot  # noqa: PLC0415 -- as above
    from tollbar.cli import output  # noqa: PLC0415 -- as above
    from tollbar.cli.exit_codes import ExitCode  # noqa: PLC0415 -- as above

    with closing(open_catalog(CatalogSettings(refreshed_folder(os.environ)))) as catalog:
        prices = {entry.name: list(entry.catalog.prices()) for entry in catalog.snapshots}
        services = coverage_by_service(price for listed in prices.values() for price in listed)
        if cloud is not None:
            services = _of_cloud(cloud.lower(), services)
        found = {e.name: verify_snapshot(e.catalog, prices[e.name], today()) for e in catalog.snapshots}
    if form == "json":
        output.write(_as_json(found, services), None)
    else:
        output.write("\n".join([*_soundness(found), *_tables(services)]) + "\n", None)
    return ExitCode.ERROR if any(entry.problems for entry in found.values()) else ExitCode.PASS


def _of_cloud(cloud: str, services: Sequence[ServiceCoverage]) -> list[ServiceCoverage]:
    """Return the services of a cloud.

    Raises:
        ConfigError: No price is of such a cloud.
    """
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- --help needs none of it
    from tollbar.spelling import did_you_mean, quoted  # noqa: PLC0415 -- as above

    known = sorted({entry.cloud for entry in services})
    if cloud not in known:
        raise ConfigError(f"no cloud {quoted(cloud)}; known: {', '.join(known)}", hint=did_you_mean(cloud, known))
    return [entry for entry in services if entry.cloud == cloud]


def _soundness(found: Mapping[str, Verification]) -> Iterator[str]:
    for name, entry in found.items():
        days = ", ".join(f"{cloud} {day}" for cloud, day in sorted(entry.dates.items()))
        yield f"{name}: {entry.prices:,} prices of {entry.things:,} things; {days or 'no date'}"
        if not entry.problems:
            yield f"  sound; {entry.anchors} well-known list prices are right" if entry.anchors else "  sound"
        for problem in entry.problems[:_PROBLEMS_LISTED]:
            yield f"  ✗ {problem}"
        if len(entry.problems) > _PROBLEMS_LISTED:
            yield f"  … {len(entry.problems) - _PROBLEMS_LISTED} more (--format json lists them)"


def _tables(services: Sequence[ServiceCoverage]) -> Iterator[str]:
    """Yield a table a cloud: its services, and in its main regions the share of the things that have a price."""
    from tollbar.catalog.coverage import MAIN_REGIONS  # noqa: PLC0415 -- --help needs none of it

    width = max((len(entry.service) for entry in services), default=0)
    for cloud in dict.fromkeys(entry.cloud for entry in services):
        regions = MAIN_REGIONS.get(cloud, ())
        columns = "  ".join(regions)
        yield ""
        heading = f"{cloud:{width}}  {'prices':>8}  {'regions':>7}  {'newest':10}  {'A':>4} {'B':>4} {'C':>4}"
        yield f"{heading}  {columns}".rstrip()
        for entry in services:
            if entry.cloud == cloud:
                yield _row(entry, width, regions)


def _row(entry: ServiceCoverage, width: int, regions: Sequence[str]) -> str:
    trusts = " ".join(f"{_percent(entry.trusts[trust] / entry.prices):>4}" for trust in "ABC")
    shares = "  ".join(f"{_percent(entry.share_in(region)):>{len(region)}}" for region in regions)
    counts = f"{entry.service:{width}}  {entry.prices:>8,}  {len(entry.regions):>7}  {entry.newest:10}"
    return f"{counts}  {trusts}  {shares}".rstrip()


def _percent(share: float) -> str:
    """Return a share, of which nothing and everything are exact."""
    if share in {0, 1}:
        return "-" if share == 0 else "100%"
    return f"{min(max(round(share * 100), 1), 99)}%"


def _as_json(found: Mapping[str, Verification], services: Sequence[ServiceCoverage]) -> str:
    from tollbar.cli.prices import wording  # noqa: PLC0415 -- --help needs none of it

    snapshots = {
        name: {
            "prices": entry.prices,
            "things": entry.things,
            "as_of": dict(entry.dates),
            "anchors": entry.anchors,
            "problems": [str(problem) for problem in entry.problems],
        }
        for name, entry in found.items()
    }
    rows = [
        {
            "service": entry.service,
            "things": entry.things,
            "prices": entry.prices,
            "newest": entry.newest,
            "oldest": entry.oldest,
            "trust": dict(sorted(entry.trusts.items())),
            "regions": {region: round(entry.share_in(region), 4) for region in sorted(entry.regions)},
        }
        for entry in services
    ]
    return wording.as_json({"snapshots": snapshots, "services": rows})
