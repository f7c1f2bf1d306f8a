"""Elastic Load Balancing: hours, capacity units, GB of the classic kind.

AWSELB alone is asked: AmazonEC2 lists the same balancers once more.
"""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Rule, Service, by_rules, families

_KINDS = {
    "Load Balancer-Application": "application",
    "Load Balancer-Network": "network",
    "Load Balancer-Gateway": "gateway",
}
_ROOT = "aws/load_balancing"
_RULES = (
    Rule("LoadBalancerUsage", f"{_ROOT}/hours/classic", "hours", {"productFamily": "Load Balancer"}),
    Rule("DataProcessing-Bytes", f"{_ROOT}/data_processed/classic", "GB", {"productFamily": "Load Balancer"}),
    *(
        Rule("LoadBalancerUsage", f"{_ROOT}/hours/{kind}", "hours", {"productFamily": family})
        for family, kind in _KINDS.items()
    ),
    *(
        Rule("LCUUsage", f"{_ROOT}/capacity_units/{kind}", "LCU-hours", {"productFamily": family})
        for family, kind in _KINDS.items()
    ),
)

SERVICE = Service("load_balancing", families("AWSELB", "Load Balancer", *_KINDS), by_rules(_RULES))
