"""ECS services and their Fargate tasks."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.component import Quantity
from tollbar.resource import UNKNOWN, UNKNOWN_OR_UNSET, Attributes
from tollbar.resources.aws.ecs import Provider, shares
from tollbar.resources.aws.fargate import fargate_task

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines
    from tollbar.resource import Resource

EXAMPLES = (
    Example(
        "aws_ecs_service",
        {"launch_type": "FARGATE", "desired_count": 2},
        others=(
            declared(
                "aws_ecs_task_definition", {"cpu": "1024", "memory": "2048", "ephemeral_storage": [{"size_in_gib": 50}]}
            ),
        ),
        references={"task_definition": ("aws_ecs_task_definition.this",)},
        grows=("desired_count",),
    ),
)

VCPU, MEMORY = "vCPU (Fargate, Linux/x86)", "Memory (Fargate, Linux/x86)"
TASK = declared("aws_ecs_task_definition", {"family": "web", "cpu": "1 vCPU", "memory": "2 GB"}, name="web")
BY_REFERENCE = {"task_definition": (TASK.address,)}
CLUSTER = declared("aws_ecs_cluster", {"name": "main"}, name="main")


def providers(values: dict[str, Any]) -> Resource:
    return declared("aws_ecs_cluster_capacity_providers", {"cluster_name": "main", **values}, name="main")


def test_tasks_on_fargate_cost_vcpus_and_memory(cost_lines: CostLines) -> None:
    attributes = {"launch_type": "FARGATE", "desired_count": 2}
    lines = cost_lines("aws_ecs_service", attributes, others=[TASK], references=BY_REFERENCE)
    assert lines == {VCPU: Decimal("59.10"), MEMORY: Decimal("12.98")}


@pytest.mark.parametrize("name", ["web", "web:7", "arn:aws:ecs:us-east-1:123456789012:task-definition/web:7"])
def test_a_task_definition_by_its_family(cost_lines: CostLines, name: str) -> None:
    attributes = {"launch_type": "FARGATE", "desired_count": 1, "task_definition": name}
    assert cost_lines("aws_ecs_service", attributes, others=[TASK])[VCPU] == Decimal("29.55")


def test_a_task_set_brings_the_task_definition(cost_lines: CostLines) -> None:
    task_set = declared(
        "aws_ecs_task_set", {}, name="blue", references={"service": ("aws_ecs_service.this",), **BY_REFERENCE}
    )
    attributes = {"launch_type": "FARGATE", "desired_count": 2}
    assert cost_lines("aws_ecs_service", attributes, others=[TASK, task_set])[VCPU] == Decimal("59.10")


def test_a_provider_known_only_after_apply_is_ones_own_where_it_is_declared(cost_lines: CostLines) -> None:
    attributes = {"desired_count": 2, "capacity_provider_strategy": [{"capacity_provider": UNKNOWN, "weight": 1}]}
    own = declared("aws_ecs_capacity_provider", {}, name="own")
    references = {**BY_REFERENCE, "capacity_provider_strategy.capacity_provider": (own.address,)}
    assert cost_lines("aws_ecs_service", attributes, others=[TASK, own], references=references) == {}
    assert cost_lines("aws_ecs_service", attributes, others=[TASK], references=BY_REFERENCE) == {
        "unknown_until_apply": "capacity_provider is known only after apply"
    }


@pytest.mark.parametrize(
    ("is_declared", "lines"),
    [(True, {}), (False, {"unknown_until_apply": "capacity_providers is known only after apply"})],
)
def test_a_clusters_providers_known_only_after_apply(
    cost_lines: CostLines, lines: dict[str, str], *, is_declared: bool
) -> None:
    own = declared("aws_ecs_capacity_provider", {}, name="own")
    cluster = declared(
        "aws_ecs_cluster",
        {"name": "main", "capacity_providers": ["FARGATE", UNKNOWN]},
        name="main",
        references={"capacity_providers": (own.address,)} if is_declared else {},
    )
    attributes = {"desired_count": 2, "cluster": "main"}
    others = [TASK, own, cluster]
    assert cost_lines("aws_ecs_service", attributes, others=others, references=BY_REFERENCE) == lines


@pytest.mark.parametrize(
    ("service", "association"),
    [
        ({"capacity_provider_strategy": [{"capacity_provider": "FARGATE", "weight": 1}]}, {}),
        ({"cluster": "main"}, {"capacity_providers": ["FARGATE"]}),
        ({"cluster": "main"}, {"capacity_providers": ["FARGATE_SPOT", "FARGATE"]}),
        (
            {"cluster": "main", "launch_type": UNKNOWN_OR_UNSET},
            {"default_capacity_provider_strategy": [{"capacity_provider": "FARGATE", "base": 1, "weight": 0}]},
        ),
    ],
)
def test_the_strategy_of_service_or_cluster_leads_to_fargate(
    cost_lines: CostLines, service: dict[str, Any], association: dict[str, Any]
) -> None:
    attributes = {"desired_count": 2, **service}
    others = [TASK, CLUSTER, providers(association)]
    lines = cost_lines("aws_ecs_service", attributes, others=others, references=BY_REFERENCE)
    assert lines == {VCPU: Decimal("59.10"), MEMORY: Decimal("12.98")}


@pytest.mark.parametrize(
    ("service", "association"),
    [
        ({"launch_type": "EC2", "cluster": "main"}, {"capacity_providers": ["FARGATE"]}),
        ({}, {}),
        ({"cluster": "main"}, {}),
        ({"cluster": "main"}, {"capacity_providers": ["FARGATE", "own-instances"]}),
        ({"capacity_provider_strategy": [{"capacity_provider": "own-instances", "weight": 1}]}, {}),
    ],
)
def test_tasks_on_instances_cost_nothing_by_themselves(
    cost_lines: CostLines, service: dict[str, Any], association: dict[str, Any]
) -> None:
    attributes = {"desired_count": 2, **service}
    others = [TASK, CLUSTER, providers(association)]
    assert cost_lines("aws_ecs_service", attributes, others=others, references=BY_REFERENCE) == {}


def test_a_strategy_divides_tasks_between_fargate_and_spot(cost_lines: CostLines) -> None:
    strategy = [
        {"capacity_provider": "FARGATE", "base": 1, "weight": 1},
        {"capacity_provider": "FARGATE_SPOT", "weight": 3},
    ]
    attributes = {"desired_count": 5, "capacity_provider_strategy": strategy}
    lines = cost_lines("aws_ecs_service", attributes, others=[TASK], references=BY_REFERENCE)
    assert lines[VCPU] == Decimal("59.10")
    assert "no price for aws/fargate/linux/x86_64/spot/vcpu" in str(lines["vCPU (Fargate Spot, Linux/x86)"])


def test_arm_and_more_storage_than_included(cost_lines: CostLines) -> None:
    task = declared(
        "aws_ecs_task_definition",
        {
            "family": "arm",
            "cpu": "512",
            "memory": "1024",
            "runtime_platform": [{"cpu_architecture": "ARM64", "operating_system_family": "LINUX"}],
            "ephemeral_storage": [{"size_in_gib": 120}],
        },
    )
    attributes = {"launch_type": "FARGATE", "desired_count": 1, "task_definition": "arm"}
    assert cost_lines("aws_ecs_service", attributes, others=[task]) == {
        "vCPU (Fargate, Linux/ARM)": Decimal("11.82"),
        "Memory (Fargate, Linux/ARM)": Decimal("2.60"),
        "Ephemeral storage over 20 GB (Fargate, Linux/ARM)": Decimal("8.10"),
    }


def test_managed_volumes_are_billed_per_task(cost_lines: CostLines) -> None:
    volume = {"managed_ebs_volume": [{"size_in_gb": 50, "role_arn": "arn:aws:iam::123456789012:role/ecs"}]}
    lines = cost_lines("aws_ecs_service", {"desired_count": 2, "volume_configuration": [volume]})
    assert lines == {"managed_ebs_volume: Storage (general purpose SSD, gp3)": Decimal("8.00")}


def test_a_scaling_target_gives_the_tasks_that_are_not_declared(cost_lines: CostLines) -> None:
    target = declared(
        "aws_appautoscaling_target",
        {"scalable_dimension": "ecs:service:DesiredCount", "min_capacity": 2, "max_capacity": 10},
        references={"resource_id": ("aws_ecs_service.this",)},
    )
    attributes = {"launch_type": "FARGATE"}
    lines = cost_lines("aws_ecs_service", attributes, others=[TASK, target], references=BY_REFERENCE)
    assert lines[VCPU] == Decimal("59.10")


def test_what_is_declared_elsewhere_is_unpriced_not_free(cost_lines: CostLines) -> None:
    elsewhere = {"launch_type": "FARGATE", "desired_count": 1, "task_definition": "elsewhere"}
    lines = cost_lines("aws_ecs_service", elsewhere, others=[TASK])
    assert lines == {"unknown_until_apply": "the task definition is not in this project"}
    unsized = declared("aws_ecs_task_definition", {"family": "elsewhere"}, name="elsewhere")
    lines = cost_lines("aws_ecs_service", elsewhere, others=[unsized])
    assert "does not tell the cpu and memory" in str(lines["unknown_until_apply"])
    lines = cost_lines("aws_ecs_service", {"cluster": "arn:aws:ecs:us-east-1:1:cluster/x", "desired_count": 1})
    assert "the cluster" in str(lines["unknown_until_apply"])


def test_a_task_for_fargate_alone_tells_where_it_runs_in_a_cluster_of_elsewhere(cost_lines: CostLines) -> None:
    task = declared(
        "aws_ecs_task_definition",
        {"family": "web", "cpu": 1024, "memory": 2048, "requires_compatibilities": ["FARGATE"]},
    )
    attributes = {"cluster": "elsewhere", "desired_count": 1, "task_definition": "web"}
    assert cost_lines("aws_ecs_service", attributes, others=[task])[VCPU] == Decimal("29.55")


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    attributes = {"launch_type": "FARGATE", "desired_count": 1, "task_definition": "web"}
    line = cost_lines("aws_ecs_service", attributes, others=[TASK], region="mars-north-1")[VCPU]
    assert "known in ap-northeast-1, ap-south-1, ap-southeast-1, ap-southeast-2 and " in str(line)


@pytest.mark.parametrize(
    ("cpu", "memory", "size"),
    [
        ("256", "512", ("0.25", "0.5")),
        (".25 vCPU", "0.5 GB", ("0.25", "0.5")),
        ("1vcpu", "2GB", ("1", "2")),
        (4096, 30720, ("4", "30")),
    ],
)
def test_sizes_as_people_write_them(cpu: Any, memory: Any, size: tuple[str, str]) -> None:
    task = fargate_task(Attributes({"cpu": cpu, "memory": memory}))
    assert task is not None
    assert (task.vcpus, task.memory_gb) == (Decimal(size[0]), Decimal(size[1]))


def test_a_size_that_cannot_be_read_is_none() -> None:
    assert fargate_task(Attributes({"cpu": "some", "memory": "2 GB"})) is None
    assert fargate_task(Attributes({"cpu": "1 vCPU", "memory": "2 TB"})) is None


@given(
    tasks=st.integers(0, 200),
    strategy=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), min_size=1, max_size=4),
)
def test_every_task_runs_somewhere_once(tasks: int, strategy: list[tuple[int, int]]) -> None:
    # AWS allows a base for one provider only.
    declared_strategy = [
        Provider(f"p{i}", Decimal(base if i == 0 else 0), Decimal(weight)) for i, (base, weight) in enumerate(strategy)
    ]
    divided = [share.expected for _, share in shares(declared_strategy, Quantity.fixed(tasks))]
    assert sum(share or 0 for share in divided) == tasks
    assert all((share or 0) >= 0 for share in divided)


def test_a_count_that_only_apply_tells_is_not_none(cost_lines: CostLines) -> None:
    attributes = {"launch_type": "FARGATE", "desired_count": UNKNOWN}
    lines = cost_lines("aws_ecs_service", attributes, others=[TASK], references=BY_REFERENCE)
    assert lines == {"unknown_until_apply": "desired_count is known only after apply"}
