"""Templates as an input among others: what is read, in which region, with which locations and tags."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tests.inputs.cloudformation.conftest import attributes
from tollbar.errors import InputError
from tollbar.inputs import detect
from tollbar.inputs.cloudformation.template_file import read_template as parse
from tollbar.inputs.interface import ReadOptions

if TYPE_CHECKING:
    from pathlib import Path

    from tests.inputs.cloudformation.conftest import ReadTemplate

EXAMPLE = ROOT / "examples" / "cloudformation" / "shop.yaml"
QUEUE = "AWSTemplateFormatVersion: x\nResources: {Q: {Type: AWS::SQS::Queue}}\n"


def test_the_example_is_found_out_by_its_content() -> None:
    declared = detect.read(EXAMPLE, ReadOptions(variables={"AWS::Region": "us-east-1"}))
    assert [(resource.address, resource.type) for resource in declared.after] == [
        ("Network/Vpc", "aws_vpc"),
        ("Network/PrivateSubnet", "aws_subnet"),
        ("Network/Address", "aws_eip"),
        ("Network/Gateway", "aws_nat_gateway"),
        ("WorkerTemplate", "aws_launch_template"),
        ("Workers", "aws_autoscaling_group"),
        ("Orders", "aws_db_instance"),
        ("Sessions", "aws_dynamodb_table"),
        ("Invoices", "aws_s3_bucket"),
        ("Users", "AWS::Cognito::UserPool"),
        ("WorkerRole", "aws_iam_role"),
    ]
    workers = declared.after.by_address["Workers"]
    assert (workers.cloud, workers.name, workers.region, workers.action) == ("aws", "Workers", "us-east-1", "create")
    assert dict(workers.tags) == {"cost_center": "4711", "environment": "dev"}
    assert workers.location is not None
    assert (workers.location.file, workers.location.line) == (str(EXAMPLE), 43)
    assert attributes(declared, "Network/PrivateSubnet")["cidr_block"].targets == ("Network/Vpc",)
    assert declared.warnings == ()


@pytest.mark.parametrize(
    ("variables", "environment", "expected"),
    [
        ({"AWS::Region": "eu-west-1"}, {"AWS_REGION": "us-east-1"}, "eu-west-1"),
        ({}, {"AWS_REGION": "us-east-1"}, "us-east-1"),
        ({}, {"AWS_DEFAULT_REGION": "us-east-2"}, "us-east-2"),
        ({}, {}, None),
    ],
)
def test_the_region_is_the_stacks(
    tmp_path: Path, variables: dict[str, str], environment: dict[str, str], expected: str | None
) -> None:
    file = tmp_path / "a.template"
    file.write_text(QUEUE, encoding="utf-8")
    declared = detect.read(file, ReadOptions(variables=variables, environment=environment))
    assert [resource.region for resource in declared.after] == [expected]


def test_that_no_region_is_told_is_warned_of(read_template: ReadTemplate) -> None:
    (warning,) = read_template(QUEUE).warnings
    assert warning.endswith(
        "template.yaml: the region is not known; give it with --var AWS::Region=REGION or AWS_REGION"
    )


def test_a_directory_of_templates_points_to_them(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(QUEUE, encoding="utf-8")
    with pytest.raises(InputError) as error:
        detect.read(tmp_path, ReadOptions())
    assert error.value.hint == f"It has CloudFormation templates: give one of them, {file}."


def test_a_zone_tells_the_region_where_nothing_else_does(read_template: ReadTemplate) -> None:
    text = QUEUE.replace("Queue}", "Queue, Properties: {AvailabilityZone: eu-west-1b}}")
    assert [resource.region for resource in read_template(text).after] == ["eu-west-1"]


def test_parameter_files_go_before_defaults_and_options_before_files(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    parameters = "Parameters: {A: {Type: String, Default: x}, B: {Type: String}}\n"
    file.write_text(
        parameters + QUEUE.replace("Queue}", "Queue, Properties: {A: !Ref A, B: !Ref B}}"), encoding="utf-8"
    )
    given = tmp_path / "parameters.json"
    given.write_text('{"Parameters": {"A": "file", "B": "file", "Other": "file"}}', encoding="utf-8")
    declared = detect.read(file, ReadOptions(variables={"B": "option"}, var_files=(given,)))
    assert attributes(declared, "Q") == {"a": "file", "b": "option"}


def test_a_directory_of_the_cdk_points_to_what_it_writes(tmp_path: Path) -> None:
    (tmp_path / "cdk.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError) as error:
        detect.read(tmp_path, ReadOptions())
    assert error.value.hint == f"For the CDK give the directory that cdk synth writes: {tmp_path / 'cdk.out'}"


def test_json_is_read_as_yaml_is(tmp_path: Path) -> None:
    for name in ("shop", "network"):
        template = parse(EXAMPLE.with_name(f"{name}.yaml"), "FILE")
        (tmp_path / f"{name}.yaml").write_text(json.dumps(template, indent="\t"), encoding="utf-8")
    options = ReadOptions(variables={"AWS::Region": "us-east-1"})
    as_json, as_yaml = (detect.read(file, options).after for file in (tmp_path / "shop.yaml", EXAMPLE))
    assert [(r.address, r.type, r.tags, r.references) for r in as_json] == [
        (r.address, r.type, r.tags, r.references) for r in as_yaml
    ]
