"""Cloud Load Balancing: up to five forwarding rules together, each further one, and processed data.

The rules and data of the load balancers that are no application load balancer have the plain names of
our keys; those of application load balancers stand under their own name.
"""

from __future__ import annotations

from tollbar.catalog.refresh.gcp.cloud_nat import NETWORKING
from tollbar.catalog.refresh.gcp.listing import Rule, ServiceFamily, by_rules

_PLACE = r"(?: Global| for .+| in .+| [A-Z].*)?"
_APPLICATION = (
    r"(?P<kind>Global External Application|Regional External Application|Regional Internal Application"
    r"|Cross Region Internal Application) Load Balancer"
)
_RULES = {"minimum": "first_5"}
RULES = (
    Rule(
        rf"Cloud Load Balancer Forwarding Rule (?P<rule>Minimum|Additional){_PLACE}",
        "gcp/load_balancing/forwarding_rule/{rule}",
        "hours",
        words=_RULES,
    ),
    Rule(
        rf"Regional External Passthrough Network Load Balancer (?P<way>Inbound|Outbound) Data Processing{_PLACE}",
        "gcp/load_balancing/data_processed/{way}",
        "GB",
    ),
    Rule(
        rf"{_APPLICATION} Forwarding Rule (?P<rule>Minimum|Additional){_PLACE}",
        "gcp/load_balancing/{kind}/forwarding_rule/{rule}",
        "hours",
        words=_RULES,
    ),
    Rule(
        rf"{_APPLICATION} (?P<way>Inbound|Outbound) Data Processing{_PLACE}",
        "gcp/load_balancing/{kind}/data_processed/{way}",
        "GB",
    ),
)
FAMILY = ServiceFamily("load_balancing", (NETWORKING,), by_rules(*RULES))
