"""Cloud Run: CPU and memory by what runs and how it is billed, and requests.

Request-based prices go by the tier of a region, which the SKU's regions say; the others by region.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.refresh.gcp.listing import BillingService, Rule, ServiceFamily, by_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

_WHAT = {"vcpu": ("CPU", "vCPU-seconds"), "memory": ("Memory", "GiB-seconds")}
_BILLED = r"(?: Tier 2)? \(Request-based billing\)"


def _allocated() -> Iterator[Rule]:
    for what, (sold_as, unit) in _WHAT.items():
        yield Rule(rf"Services {sold_as}{_BILLED}", f"gcp/cloud_run/request_based/{what}", unit)
        yield Rule(rf"Services Min[- ]Instance {sold_as}{_BILLED}", f"gcp/cloud_run/min_instance/{what}", unit)
        pattern = rf"Services {sold_as} \(Instance-based billing\) in .+"
        yield Rule(pattern, f"gcp/cloud_run/instance_based/{what}", unit)
        yield Rule(rf"Jobs {sold_as} in .+", f"gcp/cloud_run/job/{what}", unit)
        yield Rule(rf"Worker Pools {sold_as} in .+", f"gcp/cloud_run/worker_pool/{what}", unit)


RULES = (*_allocated(), Rule(r"Requests", "gcp/cloud_run/request", "requests"))
FAMILY = ServiceFamily("cloud_run", (BillingService("152E-C115-5142", "Cloud Run"),), by_rules(*RULES))
