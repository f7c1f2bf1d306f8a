"""Amazon SageMaker AI: hours of instances by what they do, and the volumes beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tollbar.catalog.refresh.aws.service import Query, Service, Sold

if TYPE_CHECKING:
    from tollbar.catalog.refresh.aws.product import Product, Term

_USES = {
    "Host": "hosting",
    "AsyncInf": "asynchronous_inference",
    "Train": "training",
    "Notebk": "notebook",
    "Processing": "processing",
    "Tsform": "batch_transform",
}
_VOLUME = re.compile(r"(?:Host|Notebk):VolumeUsage\.gp2")


def _sold(product: Product, term: Term) -> Sold | None:
    if _VOLUME.fullmatch(product.usage) and term.kind == "OnDemand":
        return Sold("aws/sagemaker/storage/gp2", "GB-months")
    use, _, instance_type = product.usage.partition(":")
    if term.kind != "OnDemand" or use not in _USES or not instance_type.startswith("ml."):
        return None
    return Sold(f"aws/sagemaker/{_USES[use]}/{instance_type}", "hours")


SERVICE = Service("sagemaker", (Query("AmazonSageMaker"),), _sold)
