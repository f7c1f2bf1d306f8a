"""Storage of RDS databases: GB, provisioned IOPS and throughput, by volume type and deployment.

Source: Amazon RDS pricing pages, "Database storage"; sizes and thresholds from the RDS User Guide,
"Amazon RDS DB instance storage". 1 GB on the price list is 1 GiB allocated.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.aws.rds_engine import is_oracle, is_sql_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes
    from tollbar.usage import Usage

Deployment = Literal["single_az", "multi_az", "multi_az_cluster"]

_NAMES = {
    "gp2": "Storage (general purpose SSD, gp2)",
    "gp3": "Storage (general purpose SSD, gp3)",
    "io1": "Storage (provisioned IOPS SSD, io1)",
    "io2": "Storage (provisioned IOPS SSD, io2)",
    "standard": "Storage (magnetic)",
}
_SMALLEST_GB = 20
_SMALLEST_PROVISIONED_GB = 100
_SMALLEST_PROVISIONED_IOPS = 1000
_GP3_BASELINE = (3000, 125)
_GP3_STRIPED_BASELINE = (12000, 500)
_LOG_VOLUME_GB = 1000
_LOG_VOLUME_IOPS = 3000


@dataclass(frozen=True, slots=True)
class DatabaseStorage:
    """The declared storage of one database."""

    region: str | None
    product: str
    deployment: Deployment
    attributes: Attributes

    @property
    def volume_type(self) -> str:
        """The volume type, by the vendor's default io1 where IOPS are declared, gp2 otherwise."""
        provisioned = self.attributes.number("iops", 0)
        return self.attributes.text("storage_type", "io1" if provisioned else "gp2") or "gp2"

    @property
    def smallest_gb(self) -> int:
        """The least that the vendor allocates, GB."""
        provisioned = self.volume_type in {"io1", "io2"} and not is_sql_server(self.product)
        return _SMALLEST_PROVISIONED_GB if provisioned else _SMALLEST_GB

    @property
    def allocated_gb(self) -> Decimal:
        """The allocated GB, at least the vendor's minimum, which also stands where nothing is declared."""
        return max(self.attributes.number("allocated_storage") or Decimal(0), Decimal(self.smallest_gb))

    @property
    def gp3_baseline(self) -> tuple[int, int]:
        """The IOPS and MiB/s that a gp3 volume includes: more once the vendor stripes it."""
        if is_sql_server(self.product):
            return _GP3_BASELINE
        striped_from = 200 if is_oracle(self.product) else 400
        return _GP3_STRIPED_BASELINE if self.allocated_gb >= striped_from else _GP3_BASELINE

    def price(self, what: str) -> PriceKey:
        """Return the key of one storage price of this deployment."""
        return PriceKey(f"aws/rds/storage/{self.deployment}/{what}", self.region)


def storage(declared: DatabaseStorage, usage: Usage) -> Iterator[Component]:
    """Yield the GB, and the IOPS, throughput or I/O requests that the volume type is billed for."""
    volume = declared.volume_type
    name = _NAMES.get(volume, f"Storage ({volume})")
    yield Component(name, _allocated(declared), "GB-months", declared.price(volume))
    if volume in {"io1", "io2"}:
        iops = max(declared.attributes.number("iops", 0) or Decimal(0), Decimal(_SMALLEST_PROVISIONED_IOPS))
        yield Component(
            f"Provisioned IOPS ({volume})", Quantity.fixed(iops), "IOPS-months", declared.price(f"{volume}_iops")
        )
    elif volume == "gp3":
        yield from _gp3_performance(declared)
    elif volume == "standard":
        requests = usage.quantity("monthly_standard_io_requests")
        yield Component("I/O requests", requests, "IOs", declared.price("standard_io"))
    if declared.attributes.flag("dedicated_log_volume"):
        yield from _log_volume(declared)


def _allocated(declared: DatabaseStorage) -> Quantity:
    most = declared.attributes.number("max_allocated_storage", 0) or Decimal(0)
    gb = declared.allocated_gb
    return Quantity.between(gb, gb, max(gb, most))


def _gp3_performance(declared: DatabaseStorage) -> Iterator[Component]:
    included_iops, included_throughput = declared.gp3_baseline
    iops = Quantity.fixed(declared.attributes.number("iops", 0) or 0).above(included_iops)
    if not iops.is_zero:
        name = f"Provisioned IOPS (gp3, above {included_iops:,})"
        yield Component(name, iops, "IOPS-months", declared.price("gp3_iops"))
    throughput = Quantity.fixed(declared.attributes.number("storage_throughput", 0) or 0).above(included_throughput)
    if not throughput.is_zero:
        name = f"Provisioned throughput (gp3, above {included_throughput} MiB/s)"
        yield Component(name, throughput, "MBps-months", declared.price("gp3_throughput"))


def _log_volume(declared: DatabaseStorage) -> Iterator[Component]:
    part = "dedicated_log_volume"
    volume = "io2" if declared.volume_type == "io2" else "io1"
    gb, iops = Quantity.fixed(_LOG_VOLUME_GB), Quantity.fixed(_LOG_VOLUME_IOPS)
    yield Component(_NAMES[volume], gb, "GB-months", declared.price(volume), part)
    yield Component(f"Provisioned IOPS ({volume})", iops, "IOPS-months", declared.price(f"{volume}_iops"), part)
