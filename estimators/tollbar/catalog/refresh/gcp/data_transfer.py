"""Data transfer of Google Cloud: to the internet by network tier and destination, and between zones.

Each pair of a region and a destination is a SKU. The destinations of our keys are those of the price
page's first tables: ``worldwide`` is what traffic to the Americas costs, China and Australia cost more.
Other destinations that the catalogue tells apart (India, Korea, Western Europe …) have no key of their own.
"""

from __future__ import annotations

from tollbar.catalog.refresh.gcp.listing import Rule, ServiceFamily, by_rules
from tollbar.catalog.refresh.gcp.machine_parts import COMPUTE_ENGINE

_INTERNET = "gcp/data_transfer/internet"
RULES = (
    Rule(
        r"Network Internet (?:Egress|Data Transfer Out) from .+ to (?P<to>Americas|China|Australia)",
        f"{_INTERNET}/premium/{{to}}",
        "GB",
        words={"americas": "worldwide"},
    ),
    Rule(r"Network Standard Data Transfer Out to Internet from .+", f"{_INTERNET}/standard", "GB"),
    Rule(r"Network Inter Zone (?:Egress|Data Transfer Out)", "gcp/data_transfer/inter_zone", "GB"),
)
FAMILY = ServiceFamily("data_transfer", (COMPUTE_ENGINE,), by_rules(*RULES))
