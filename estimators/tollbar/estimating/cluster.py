"""The cluster of ``tollbar.yml``: manifests placed in it, and its prices as a price book."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.errors import ConfigError
from tollbar.inputs.kubernetes.settings import RATES, KubernetesConfig
from tollbar.yaml_file import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from tollbar.catalog.price_book import NegotiatedPrice, PriceBook
    from tollbar.inputs.interface import Declaration
    from tollbar.inputs.kubernetes.allocation_export import AllocationExport
    from tollbar.location import Location
    from tollbar.policy.config import Config

_TWICE = (
    "nodes declared in Terraform and pods are estimated together: what runs on these nodes is counted twice. "
    "Estimate the manifests by themselves to see what each workload takes of the nodes."
)
_DEFAULT_RATES = (
    "tollbar.yml says nothing of the cluster (kubernetes: node_pools or rates): OpenCost's default rates are used"
)


def in_cluster(
    declarations: Sequence[Declaration], config: Config, export: AllocationExport | None, warnings: list[str]
) -> list[Declaration]:
    """Return the declarations with what is meant for Kubernetes placed in the configured cluster."""
    states = [state for declared in declarations for state in (declared.after, declared.before)]
    if not any(resource.cloud == "kubernetes" for state in states for resource in state):
        return list(declarations)
    from tollbar.inputs.kubernetes.placement import counts_nodes_twice, placed  # noqa: PLC0415 -- only for Kubernetes

    settings = config.kubernetes
    told = {what for name, (what, _) in RATES.items() if getattr(settings.rates, name) is not None}
    told |= set(export.rates) if export else set()
    if not (told or settings.node_pools or config.prices.books):
        warnings.append(_DEFAULT_RATES)
    if counts_nodes_twice(declarations):
        warnings.append(_TWICE)
    # Node pools tell nothing of storage, nor one rate of another: where OpenCost's default fills in, that is assumed.
    may_have_books = bool(config.prices.books)
    return placed(declarations, settings.as_attributes(frozenset(told), are_prices_told=may_have_books))


def allocation_export(config: Config, config_file: Path | None) -> AllocationExport | None:
    """Return the export of the allocation API that ``tollbar.yml`` names beside itself, None where it names none.

    Raises:
        InputError: It is none, or cannot be read.
        ConfigError: There is no such file.
    """
    if config_file is None or config.kubernetes.opencost is None:
        return None
    from tollbar.inputs.kubernetes.allocation_export import read_allocation_export  # noqa: PLC0415 -- few have one

    file = config_file.parent / config.kubernetes.opencost
    if not file.is_file():
        place = read_yaml(config_file, ConfigError).location(["kubernetes", "opencost"])
        raise ConfigError(f"there is no file {file}", location=place)
    return read_allocation_export(file)


def cluster_books(
    config: Config, config_file: Path | None, export: AllocationExport | None, day: date
) -> list[PriceBook]:
    """Return what the cluster's own prices are as price books: the export's rates, then those of ``tollbar.yml``."""
    own = tuple(_own_prices(config, config_file)) if config_file is not None else ()
    if not own and (export is None or not export.rates):
        return []
    from tollbar.catalog.price_book import PriceBook  # noqa: PLC0415 -- few have prices of their own

    books = []
    if export is not None and export.rates:
        prices = tuple(_price(what, unit, rate, export.location) for what, (unit, rate) in export.rates.items())
        books.append(PriceBook("allocation export", export.as_of, export.path, prices))
    if own:
        as_of = config.kubernetes.rates.as_of or day
        books.append(PriceBook("kubernetes rates", as_of.isoformat(), str(config_file), own))
    return books


def _own_prices(config: Config, config_file: Path) -> Iterator[NegotiatedPrice]:
    told = config.kubernetes
    if told == KubernetesConfig():
        return  # the file need not be read again
    file = read_yaml(config_file, ConfigError)
    for name, (what, unit) in RATES.items():
        rate = getattr(told.rates, name)
        if rate is not None:
            yield _price(what, unit, rate, file.location(["kubernetes", "rates", name]))
    for position, pool in enumerate(told.node_pools):
        if pool.hourly_price is not None:
            place = file.location(["kubernetes", "node_pools", position, "hourly_price"])
            yield _price(f"node_pool/{pool.name}", "hours", pool.hourly_price, place)


def _price(what: str, unit: str, rate: Decimal, location: Location) -> NegotiatedPrice:
    from tollbar.catalog.price_book import NegotiatedPrice, Pattern  # noqa: PLC0415 -- few have prices of their own
    from tollbar.price import Tier  # noqa: PLC0415 -- as above
    from tollbar.resources.kubernetes.cluster import OWN_RATES  # noqa: PLC0415 -- as above

    return NegotiatedPrice(Pattern(f"{OWN_RATES}/{what}"), None, unit, (Tier(Decimal(0), rate),), location)
