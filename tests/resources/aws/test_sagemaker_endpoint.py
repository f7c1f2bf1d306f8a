"""SageMaker endpoints: instances, how far they scale, and serverless inference."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.component import Quantity
from tollbar.resource import UNKNOWN, Inventory
from tollbar.resources.registry import bill, resource_type
from tollbar.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.resources.conftest import CostLines
    from tollbar.resource import Resource

TYPE = "aws_sagemaker_endpoint"
TO_CONFIGURATION = {"endpoint_config_name": ("aws_sagemaker_endpoint_configuration.this",)}
GPU = {"variant_name": "main", "instance_type": "ml.g5.xlarge", "initial_instance_count": 2, "volume_size_in_gb": 50}
SERVERLESS = {"variant_name": "lazy", "serverless_config": [{"memory_size_in_mb": 2048, "max_concurrency": 5}]}
REQUESTS = {"monthly_requests": 1_000_000, "request_duration_ms": 500}


def configuration(*variants: Mapping[str, Any], name: str = "config") -> Resource:
    attributes = {"name": name, "production_variants": list(variants)}
    return declared("aws_sagemaker_endpoint_configuration", attributes)


def scaling(resource_id: str, low: int, high: int) -> Resource:
    attributes = {
        "resource_id": resource_id,
        "scalable_dimension": "sagemaker:variant:DesiredInstanceCount",
        "min_capacity": low,
        "max_capacity": high,
    }
    return declared("aws_appautoscaling_target", attributes, name=resource_id.rpartition("/")[2])


EXAMPLES = (
    Example(
        TYPE,
        {"name": "llm"},
        {"monthly_hrs": 300, "monthly_data_processed_gb": 10},
        others=(configuration(GPU),),
        references=TO_CONFIGURATION,
    ),
    Example(
        TYPE,
        {"name": "llm"},
        {**REQUESTS, "monthly_data_processed_gb": 10},
        others=(configuration(SERVERLESS),),
        references=TO_CONFIGURATION,
    ),
)


def instance_hours(*others: Resource) -> dict[str, Quantity]:
    """Return the hours of each variant's instances."""
    resource = declared(TYPE, {"name": "llm"}, references=TO_CONFIGURATION)
    estimator = resource_type(resource)
    assert estimator is not None
    components = bill(resource, Usage({}, estimator.usage_key_by_name), Inventory((resource, *others))).components
    return {line.part or "": line.quantity for line in components if line.unit == "hours"}


def test_instances_volumes_and_data(cost_lines: CostLines) -> None:
    # 2 x 730 h at 1.408, 2 x 50 GB at 0.14, 1000 GB at 0.016
    usage = {"monthly_data_processed_gb": 1000}
    lines = cost_lines(TYPE, {}, usage, others=[configuration(GPU)], references=TO_CONFIGURATION)
    assert lines == {
        "main: Inference instances (ml.g5.xlarge)": Decimal("2055.68"),
        "main: Storage (general purpose SSD)": Decimal("14.00"),
        "Data processed": Decimal("16.00"),
    }


def test_the_configuration_is_found_by_name_too(cost_lines: CostLines) -> None:
    other = configuration({**GPU, "initial_instance_count": None, "volume_size_in_gb": None}, name="v2")
    lines = cost_lines(TYPE, {"endpoint_config_name": "v2"}, others=[other])
    assert lines == {"main: Inference instances (ml.g5.xlarge)": Decimal("1027.84"), "Data processed": "usage"}


def test_a_configuration_of_another_project_is_reported(cost_lines: CostLines) -> None:
    assert cost_lines(TYPE, {"endpoint_config_name": "elsewhere"}) == {
        "unknown_until_apply": "the endpoint's configuration is not in this project",
        "Data processed": "usage",
    }


def test_an_instance_type_that_only_apply_tells_leaves_the_other_variants(cost_lines: CostLines) -> None:
    unknown = {"variant_name": "next", "instance_type": UNKNOWN}
    lines = cost_lines(TYPE, {}, others=[configuration(GPU, unknown)], references=TO_CONFIGURATION)
    assert lines == {
        "main: Inference instances (ml.g5.xlarge)": Decimal("2055.68"),
        "main: Storage (general purpose SSD)": Decimal("14.00"),
        "unknown_until_apply": "next.instance_type is known only after apply",
        "Data processed": "usage",
    }


def test_shadow_variants_run_on_their_own_instances(cost_lines: CostLines) -> None:
    other = declared(
        "aws_sagemaker_endpoint_configuration",
        {"production_variants": [GPU], "shadow_production_variants": [{"instance_type": "ml.m5.large"}]},
    )
    lines = cost_lines(TYPE, {}, others=[other], references=TO_CONFIGURATION)
    assert lines["shadow_production_variants[0]: Inference instances (ml.m5.large)"] == Decimal("83.95")


def test_serverless_inference_bills_gb_seconds_by_the_share_of_requests(cost_lines: CostLines) -> None:
    # 1,000,000 requests of 0.5 s with 2 GB at 0.00002 a GB-second: 20, of which the variants get 3/4 and 1/4
    variants: list[Mapping[str, Any]] = [
        {**SERVERLESS, "initial_variant_weight": 3},
        {**SERVERLESS, "variant_name": "small"},
    ]
    lines = cost_lines(TYPE, {}, REQUESTS, others=[configuration(*variants)], references=TO_CONFIGURATION)
    assert lines == {
        "lazy: Serverless inference": Decimal("15.00"),
        "small: Serverless inference": Decimal("5.00"),
        "Data processed": "usage",
    }


def test_concurrency_that_is_kept_warm_has_no_price_and_says_so(cost_lines: CostLines) -> None:
    warm = {**SERVERLESS, "serverless_config": [{"memory_size_in_mb": 1024, "provisioned_concurrency": 1}]}
    lines = cost_lines(TYPE, {}, REQUESTS, others=[configuration(warm)], references=TO_CONFIGURATION)
    assert str(lines["lazy: Provisioned concurrency"]).startswith("price_not_found")


@pytest.mark.parametrize(
    ("minimum", "maximum", "hours"), [(1, 4, (730, 1460, 2920)), (3, 5, (1460, 1460, 3650)), (0, 1, (0, 1460, 1460))]
)
def test_scaling_gives_a_range(minimum: int, maximum: int, hours: tuple[int, int, int]) -> None:
    found = instance_hours(configuration(GPU), scaling("endpoint/llm/variant/main", minimum, maximum))
    assert found == {"main": Quantity.between(*hours)}


def test_only_the_variant_that_a_target_names_is_scaled() -> None:
    two = configuration(GPU, {**GPU, "variant_name": "next", "initial_instance_count": 1})
    assert instance_hours(two, scaling("endpoint/llm/variant/next", 1, 3)) == {
        "main": Quantity.fixed(1460),
        "next": Quantity.between(730, 730, 2190),
    }


def test_scaling_by_sagemaker_itself_gives_a_range() -> None:
    managed = {"managed_instance_scaling": [{"status": "ENABLED", "min_instance_count": 0, "max_instance_count": 6}]}
    assert instance_hours(configuration({**GPU, **managed})) == {"main": Quantity.between(0, 1460, 4380)}
