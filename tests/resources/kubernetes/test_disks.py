"""Claims of volumes: by storage class, cloud and rate."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tests.resources.kubernetes.clusters import AT_RATES
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

CLAIM = "kubernetes_persistent_volume_claim"


def claim(size: object = "100Gi", storage_class: str | None = None, **placed: object) -> dict[str, Any]:
    """Return a claim in a cluster of AWS unless told."""
    spec: dict[str, Any] = {"resources": {"requests": {"storage": size}}}
    if storage_class is not None:
        spec["storageClassName"] = storage_class
    return {"metadata": {"name": "data"}, "spec": spec, "cluster": {**AT_RATES, **placed}}


EXAMPLES = (
    Example(CLAIM, claim()),
    Example(f"{CLAIM}_v1", claim(storage_class="gp3")),
    Example(
        CLAIM,
        claim(storage_class="cold", storage_classes={"cold": "standard"}),
        usage={"monthly_standard_io_requests": 1_000_000},
    ),
    Example(
        CLAIM,
        claim(cloud="azure", region="eastus"),
        usage={"monthly_disk_operations": 1_000_000},
        region="eastus",
    ),
)


@pytest.mark.parametrize(
    ("storage_class", "name", "cost"),
    [
        (None, "Storage (general purpose SSD, gp2)", Decimal("10.00")),
        ("gp3", "Storage (general purpose SSD, gp3)", Decimal("8.00")),
    ],
)
def test_the_classes_of_eks_are_ebs_volumes(
    cost_lines: CostLines, storage_class: str | None, name: str, cost: Decimal
) -> None:
    assert cost_lines(CLAIM, claim(storage_class=storage_class)) == {name: cost}


def test_sizes_are_rounded_up_to_whole_gib(cost_lines: CostLines) -> None:
    assert cost_lines(CLAIM, claim("10G", "gp3")) == {"Storage (general purpose SSD, gp3)": Decimal("0.80")}


def test_a_declared_class_says_what_disk_it_makes(cost_lines: CostLines) -> None:
    fast = declared(
        "kubernetes_storage_class",
        {
            "metadata": {"name": "fast"},
            "provisioner": "ebs.csi.aws.com",
            "parameters": {"type": "io2", "iopsPerGB": "10"},
        },
    )
    assert cost_lines(CLAIM, claim(storage_class="fast"), others=[fast]) == {
        "Storage (provisioned IOPS SSD, io2)": Decimal("12.50"),
        "Provisioned IOPS": Decimal("65.00"),
    }


def test_a_class_that_the_configuration_names_is_that_disk(cost_lines: CostLines) -> None:
    told = claim(storage_class="fast", storage_classes={"fast": "gp3"})
    assert cost_lines(CLAIM, told) == {"Storage (general purpose SSD, gp3)": Decimal("8.00")}


def test_disks_of_google_and_azure(cost_lines: CostLines) -> None:
    google = cost_lines(CLAIM, claim(cloud="gcp", region="us-central1"), region="us-central1")
    azure = cost_lines(CLAIM, claim(cloud="azure", region="eastus"), {"monthly_disk_operations": 0}, region="eastus")
    assert google == {"Balanced provisioned storage (pd-balanced)": Decimal("10.00")}
    assert azure == {"Storage (E10, LRS)": Decimal("9.60"), "Disk operations": Decimal("0.00")}


def test_what_nothing_tells_is_billed_at_opencosts_default(cost_lines: CostLines) -> None:
    assert cost_lines(CLAIM, claim(storage_class="mystery")) == {"Storage": Decimal("4.00")}
    assert cost_lines(CLAIM, claim(cloud="onprem", region=None)) == {"Storage": Decimal("4.00")}


def test_an_own_rate_counts_before_the_clouds_disks(cost_lines: CostLines) -> None:
    # The rate itself stands in tollbar.yml, which these tests do not read.
    assert cost_lines(CLAIM, claim(told_rates=["storage"])) == {
        "Storage": "price_not_found: Storage: no price for custom/kubernetes/storage in us-east-1"
    }


@pytest.mark.parametrize("storage_class", ["efs-sc", "azurefile-csi", "standard-rwx"])
def test_shared_file_systems_are_told_to_be_billed_otherwise(cost_lines: CostLines, storage_class: str) -> None:
    lines = cost_lines(CLAIM, claim(storage_class=storage_class))
    assert list(lines) == ["price_not_found"]


def test_a_size_that_is_none_or_not_known_is_unpriced(cost_lines: CostLines) -> None:
    assert cost_lines(CLAIM, claim(UNKNOWN)) == {
        "unknown_until_apply": "resources.requests.storage is known only after apply"
    }
    assert cost_lines(CLAIM, {"spec": {}, "cluster": AT_RATES}) == {
        "price_not_found": "the storage that is claimed: None is not a Kubernetes quantity. "
        "Write it as 100m or 0.5 (CPU), 512Mi, 1Gi or 1G (memory, storage)."
    }
