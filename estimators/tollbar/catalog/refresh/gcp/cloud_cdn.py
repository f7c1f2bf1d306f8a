"""Cloud CDN: data out of its caches by where it goes, and requests to them.

What goes to none of the named continents is the destination "other". Media CDN ("Edge Cache") is another
product and left out.
"""

from __future__ import annotations

from tollbar.catalog.refresh.gcp.cloud_nat import NETWORKING
from tollbar.catalog.refresh.gcp.listing import Rule, ServiceFamily, by_rules

RULES = (
    Rule(
        r"Networking Cloud CDN Traffic Cache Data Transfer to (?P<to>.+)",
        "gcp/cloud_cdn/cache_egress/{to}",
        "GB",
        words={"asia": "asia_pacific", "latin america": "south_america"},
    ),
    Rule(r"Networking Cloud CDN Cache Lookups", "gcp/cloud_cdn/request", "requests"),
)
FAMILY = ServiceFamily("cloud_cdn", (NETWORKING,), by_rules(*RULES))
