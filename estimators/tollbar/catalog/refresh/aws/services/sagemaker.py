"""Amazon SageMaker AI: hours of instances by what they do."""

from __future__ import annotations

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


def _sold(product: Product, term: Term) -> Sold | None:
    use, _, instance_type = product.usage.partition(":")
    if term.kind != "OnDemand" or use not in _USES or not instance_type.startswith("ml."):
        return None
    return Sold(f"aws/sagemaker/{_USES[use]}/{instance_type}", "hours")


SERVICE = Service("sagemaker", (Query("AmazonSageMaker"),), _sold)
