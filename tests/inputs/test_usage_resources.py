"""Resources that only a usage file tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.inputs.interface import Declaration, Source
from tollbar.inputs.usage_file import UsageFile, read_usage_file
from tollbar.inputs.usage_resources import USAGE_ONLY_TYPES, usage_resources, with_usage_resources
from tollbar.location import Location
from tollbar.resource import Attributes, Inventory, Resource
from tollbar.resources.registry import resource_types

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """\
version: 0.1
resource_type_default_usage:
  aws_data_transfer:
    region: eu-west-1
resource_usage:
  aws_data_transfer.ap-south-1:
    monthly_intra_region_gb: 1000
    region: ap-south-1
  aws_data_transfer.default:
    monthly_outbound_internet_gb: 1
  aws_data_transfer.*:
    monthly_outbound_internet_gb: 1
  module.llm.aws_bedrock_model.chat:
    model: amazon.nova-lite-v1:0
  aws_instance.web:
    monthly_hrs: 1
"""
INSTANCE = Resource("aws_instance.web", "aws_instance", "web", "aws", "us-east-1", Attributes())
SOURCE = Source("terraform_plan", "plan.json")


def usage(tmp_path: Path) -> UsageFile:
    file = tmp_path / "usage.yml"
    file.write_text(TEXT, encoding="utf-8")
    return read_usage_file(file)


def test_each_address_of_such_a_type_is_a_resource_with_its_region(tmp_path: Path) -> None:
    read = usage(tmp_path)
    assert [(r.address, r.type, r.name, r.region, r.location) for r in usage_resources(read)] == [
        ("aws_data_transfer.ap-south-1", "aws_data_transfer", "ap-south-1", "ap-south-1", Location(read.path, 7)),
        ("aws_data_transfer.default", "aws_data_transfer", "default", "eu-west-1", Location(read.path, 10)),
        ("module.llm.aws_bedrock_model.chat", "aws_bedrock_model", "chat", None, Location(read.path, 14)),
    ]


def test_they_join_the_first_project_once(tmp_path: Path) -> None:
    declarations = [Declaration(SOURCE, Inventory((INSTANCE,))), Declaration(SOURCE, Inventory())]
    first, second = with_usage_resources(declarations, usage(tmp_path))
    assert [resource.name for resource in first.after] == ["web", "ap-south-1", "default", "chat"]
    assert (len(first.before), len(second.after)) == (0, 0)


def test_they_are_there_before_a_change_as_well(tmp_path: Path) -> None:
    changed = Declaration(SOURCE, Inventory((INSTANCE,)), before=Inventory((INSTANCE,)))
    (declaration,) = with_usage_resources([changed], usage(tmp_path))
    assert [resource.name for resource in declaration.before] == ["web", "ap-south-1", "default", "chat"]
    assert [resource.action for resource in declaration.after] == ["create", "no-op", "no-op", "no-op"]


def test_a_usage_file_without_any_changes_nothing() -> None:
    declaration = Declaration(SOURCE, Inventory((INSTANCE,)))
    assert with_usage_resources([declaration], UsageFile("usage.yml")) == (declaration,)


def test_each_of_these_types_has_an_estimator_and_a_region() -> None:
    for name, cloud in USAGE_ONLY_TYPES.items():
        assert "region" in resource_types(cloud)[name].usage_key_by_name
