"""Amazon RDS: hours of instances, of all engines, deployments and purchase options; Aurora is ``aurora.py``.

The offer file is read: the query API gives the instances of a region in hundreds of pages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tollbar.catalog.refresh.aws.relational_databases import DEPLOYMENTS, engine, purchase
from tollbar.catalog.refresh.aws.service import Service, Sold

if TYPE_CHECKING:
    from tollbar.catalog.refresh.aws.product import Product, Term

_USAGE = re.compile(
    r"(?:InstanceUsage|Multi-AZUsage|Multi-AZClusterUsage|MirrorUsage|HeavyUsage|Multi-AZHeavyUsage):.+"
)


def _sold(product: Product, term: Term) -> Sold | None:
    if product.family != "Database Instance" or _USAGE.fullmatch(product.usage) is None:
        return None
    sold_as, deployment = engine(product), DEPLOYMENTS.get(product["deploymentOption"])
    if sold_as is None or deployment is None:
        return None
    return Sold(f"aws/rds/instance/{sold_as}/{deployment}/{purchase(term)}/{product['instanceType']}", "hours")


SERVICE = Service("rds", (), _sold, offer_file="AmazonRDS")
