"""Terraform's kubernetes_manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.resources.kubernetes.clusters import AT_RATES, container, workload
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

MANIFEST = "kubernetes_manifest"


def test_it_costs_what_it_declares(cost_lines: CostLines) -> None:
    pods = workload(container("1", "1Gi"))
    declared = {"apiVersion": "apps/v1", "kind": "Deployment", **pods}
    assert cost_lines(MANIFEST, declared) == cost_lines("kubernetes_deployment", pods)


def test_configuration_is_free_and_the_rest_is_not_supported(cost_lines: CostLines) -> None:
    certificate = {"apiVersion": "cert-manager.io/v1", "kind": "Certificate", "cluster": AT_RATES}
    bucket = {"apiVersion": "s3.aws.upbound.io/v1beta1", "kind": "Bucket", "cluster": AT_RATES}
    assert cost_lines(MANIFEST, certificate) == {}
    assert cost_lines(MANIFEST, bucket) == {
        "unsupported_type": "s3.aws.upbound.io/Bucket is not a type Tollbar can price"
    }


def test_a_manifest_that_only_apply_tells_is_unpriced(cost_lines: CostLines) -> None:
    expected = {"unknown_until_apply": "the kind of object is known only after apply"}
    assert cost_lines(MANIFEST, {"manifest": UNKNOWN}) == expected
