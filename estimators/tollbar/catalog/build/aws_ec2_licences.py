"""EC2 instance hours that include an operating system's licence: Windows and Red Hat Enterprise Linux.

No source lists them, but they follow from the Linux prices: AWS adds a rate per vCPU-hour that is the
same for all sizes and regions.

- Windows Server: $0.046 per vCPU-hour (EC2 user guide, "Optimize CPUs for License-Included instances").
  T3 instances pay less, an amount per size (Windows minus Linux, EC2 on-demand page).
- RHEL since 2024-07-01: $0.0144 per vCPU-hour up to 8 vCPUs, $0.0108 from 9 to 127 (AWS "RHEL pricing").
  Larger instances have a third rate and are left out.

Families older than the per-vCPU rate (M1 to M3, C1, C3, R3, D2 …) are left out too.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.price import Tier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import Row, SourceTables
    from tollbar.price import Price

TABLE = "aws/ec2_licences"
_SOURCE = "aws-licence-rates"
_PER_VCPU_FAMILIES = re.compile(r"(?:[cmr](?:[4-9]|\d\d)|x[12]|z1|[ig][3-9]|d3|h1|p[2-4])[a-z0-9-]*\.")
_WINDOWS_RATE = Decimal("0.046")
_WINDOWS_ON_T3 = {
    "nano": Decimal("0.0046"),
    "micro": Decimal("0.0092"),
    "small": Decimal("0.0184"),
    "medium": Decimal("0.0184"),
    "large": Decimal("0.0276"),
    "xlarge": Decimal("0.0736"),
    "2xlarge": Decimal("0.1472"),
}
_RHEL_RATES = ((8, Decimal("0.0144")), (127, Decimal("0.0108")))


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the hourly prices of shared on-demand instances with Windows and RHEL."""
    tables.sources[_SOURCE] = ("Linux prices of aws/ec2 plus AWS's licence rates per vCPU, not verified there", "facts")
    for row in tables.rows("aws_ec2_on_demand"):
        if row.attributes["tenancy"] != "shared":
            continue
        for system, licence in (("windows", _windows_licence(row)), ("rhel", _rhel_licence(row))):
            if licence is not None:
                price = row.price(f"aws/ec2/instance/{system}/shared/on_demand/{row.sku_key}")
                with_licence = (Tier(Decimal(0), row.price_usd + licence),)
                yield replace(price, tiers=with_licence, source=_SOURCE, trust="C")


def _windows_licence(row: Row) -> Decimal | None:
    if row.attributes.get("arch") != "amd64":
        return None
    family, _, size = row.sku_key.partition(".")
    if family in {"t3", "t3a"}:
        return _WINDOWS_ON_T3.get(size)
    return _WINDOWS_RATE * row.attributes["vcpus"] if _PER_VCPU_FAMILIES.match(row.sku_key) else None


def _rhel_licence(row: Row) -> Decimal | None:
    vcpus = row.attributes["vcpus"]
    is_covered = _PER_VCPU_FAMILIES.match(row.sku_key) or row.sku_key.startswith(("t3.", "t3a.", "t4g."))
    rates = (rate * vcpus for most, rate in _RHEL_RATES if vcpus <= most)
    return next(rates, None) if is_covered else None
