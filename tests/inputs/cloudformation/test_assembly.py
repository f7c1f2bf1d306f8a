"""``cdk.out``: the stacks of an application, their regions, and what they export to one another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tollbar.errors import InputError
from tollbar.inputs.cloudformation.reader import READER
from tollbar.inputs.interface import ReadOptions

if TYPE_CHECKING:
    from pathlib import Path

SHARED = {
    "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
    "Outputs": {
        "Arn": {"Value": {"Ref": "Topic"}, "Export": {"Name": "Shared:Arn"}},
        "Other": {"Value": "x"},
        "Unnamed": {"Value": "x", "Export": {"Name": {"Ref": "AWS::StackId"}}},
    },
}
SERVICE = {
    "Parameters": {"BootstrapVersion": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/cdk"}},
    "Resources": {
        "Subscription": {
            "Type": "AWS::SNS::Subscription",
            "Properties": {"Protocol": "https", "TopicArn": {"Fn::ImportValue": "Shared:Arn"}},
        },
        "Elsewhere": {
            "Type": "AWS::SNS::Subscription",
            "Properties": {"Protocol": "https", "TopicArn": {"Fn::ImportValue": "Other:Arn"}},
        },
        "CDKMetadata": {"Type": "AWS::CDK::Metadata"},
    },
}


def stack(file: str, environment: str = "aws://unknown-account/unknown-region", **properties: str) -> dict[str, Any]:
    return {
        "type": "aws:cloudformation:stack",
        "environment": environment,
        "properties": {"templateFile": file, **properties},
    }


@pytest.fixture
def assembly(tmp_path: Path) -> Path:
    folder = tmp_path / "cdk.out"
    (folder / "assembly-Prod").mkdir(parents=True)
    artifacts = {
        "Shared": stack("Shared.template.json"),
        "Service": stack("Service.template.json", "aws://123456789012/eu-central-1"),
        "assembly-Prod": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-Prod"}},
        "Tree": {"type": "cdk:tree", "properties": {"file": "tree.json"}},
    }
    inner = {"ProdShared1": stack("Shared.template.json", stackName="Prod-Shared")}
    for path, content in (
        ("manifest.json", {"version": "36.0.0", "artifacts": artifacts}),
        ("Shared.template.json", SHARED),
        ("Service.template.json", SERVICE),
        ("assembly-Prod/manifest.json", {"version": "36.0.0", "artifacts": inner}),
        ("assembly-Prod/Shared.template.json", SHARED),
    ):
        (folder / path).write_text(json.dumps(content), encoding="utf-8")
    return folder


def test_the_stacks_stand_before_their_resources(assembly: Path) -> None:
    assert READER.can_read(assembly)
    declared = READER.read(assembly, ReadOptions(environment={"AWS_REGION": "us-east-1"}))
    assert [(resource.address, resource.region) for resource in declared.after] == [
        ("Shared/Topic", "us-east-1"),
        ("Service/Subscription", "eu-central-1"),
        ("Service/Elsewhere", "eu-central-1"),
        ("Service/CDKMetadata", "eu-central-1"),
        ("Prod-Shared/Topic", "us-east-1"),
    ]
    assert declared.source.kind == "cloudformation"


def test_what_a_stack_exports_is_found_by_the_others(assembly: Path) -> None:
    declared = READER.read(assembly, ReadOptions())
    found = {resource.address: resource.references for resource in declared.after}
    # The stage Prod exports the same name: it is another deployment of the same stacks.
    assert found["Service/Subscription"] == {"topic_arn": ("Shared/Topic",)}
    assert found["Service/Elsewhere"] == {}


def test_a_template_of_an_assembly_can_be_read_alone(assembly: Path) -> None:
    file = assembly / "Service.template.json"
    assert READER.can_read(file)
    assert [r.address for r in READER.read(file, ReadOptions()).after] == ["Subscription", "Elsewhere", "CDKMetadata"]


def test_other_directories_are_none(tmp_path: Path) -> None:
    assert not READER.can_read(tmp_path)
    (tmp_path / "manifest.json").write_text('{"name": "an extension"}', encoding="utf-8")
    assert not READER.can_read(tmp_path)


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        (
            '{"artifacts": {"A": {"type": "aws:cloudformation:stack"}}}',
            "the template of the stack A is not there: None",
        ),
        ('{"artifacts": ["aws:cloudformation:stack"]}', "expected a manifest with artifacts"),
        ('{"artifacts": {"A": "aws:cloudformation:stack"}}', "expected a manifest with artifacts"),
        ('{"artifacts": {}, "x": "aws:cloudformation:stack"}', "there are no stacks in it"),
        ('{"aws:cloudformation:stack"', "not valid JSON: Expecting ':' delimiter (column 28)"),
    ],
)
def test_what_is_broken_says_so(tmp_path: Path, manifest: str, message: str) -> None:
    (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(InputError) as error:
        READER.read(tmp_path, ReadOptions())
    assert error.value.message == message
