"""A stack: conditions, references, nested stacks, macros, and what is not valid in a template."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.inputs.cloudformation.conftest import attributes
from tollbar.resource import Unknown

if TYPE_CHECKING:
    from tests.inputs.cloudformation.conftest import ReadTemplate, TemplateError

HEAD = 'AWSTemplateFormatVersion: "2010-09-09"\n'
CONDITIONAL = (
    HEAD
    + """
Parameters:
  Stage: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsSmall: !Not [!Condition IsProd]
Resources:
  Always: {Type: AWS::SQS::Queue}
  Prod: {Type: AWS::SQS::Queue, Condition: IsProd}
  Small: {Type: AWS::SQS::Queue, Condition: IsSmall}
"""
)


@pytest.mark.parametrize(("stage", "expected"), [("prod", ["Always", "Prod"]), ("dev", ["Always", "Small"])])
def test_a_condition_decides_what_is_there(read_template: ReadTemplate, stage: str, expected: list[str]) -> None:
    assert [resource.address for resource in read_template(CONDITIONAL, Stage=stage).after] == expected


def test_what_a_condition_leaves_open_is_undecided(read_template: ReadTemplate) -> None:
    found = {resource.address: resource.undecided_count for resource in read_template(CONDITIONAL).after}
    assert found == {
        "Always": None,
        "Prod": "the condition IsProd is not known",
        "Small": "the condition IsSmall is not known",
    }


def test_references_are_by_attribute(read_template: ReadTemplate) -> None:
    declared = read_template(
        HEAD
        + """
Resources:
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {InstanceType: m5.large}}}
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}
      TargetGroupARNs: [!Ref First, !Ref Second]
      Name: !Sub "${Template}-x"
  First: {Type: AWS::ElasticLoadBalancingV2::TargetGroup}
  Second: {Type: AWS::ElasticLoadBalancingV2::TargetGroup}
"""
    )
    assert declared.after.by_address["Group"].references == {
        "launch_template.launch_template_id": ("Template",),
        "launch_template.version": ("Template",),
        "target_group_arns": ("First", "Second"),
        "name": ("Template",),
    }


@pytest.mark.parametrize(
    ("given", "region", "partition", "suffix"),
    [
        ({"AWS__Region": "eu-west-1"}, "eu-west-1", "aws", "amazonaws.com"),
        ({"AWS__Region": "cn-north-1"}, "cn-north-1", "aws-cn", "amazonaws.com.cn"),
        ({"AWS__Region": "us-gov-west-1", "AWS__AccountId": "1"}, "us-gov-west-1", "aws-us-gov", "amazonaws.com"),
    ],
)
def test_pseudo_parameters(
    read_template: ReadTemplate, given: dict[str, str], region: str, partition: str, suffix: str
) -> None:
    properties = "{A: !Ref 'AWS::Region', B: !Ref 'AWS::Partition', C: !Ref 'AWS::URLSuffix', D: !Ref 'AWS::AccountId'}"
    declared = read_template(f"{HEAD}Resources: {{Q: {{Type: AWS::SQS::Queue, Properties: {properties}}}}}", **given)
    found = attributes(declared, "Q")
    account = found.pop("d")
    assert found == {"a": region, "b": partition, "c": suffix}
    assert isinstance(account, Unknown) or account == "1"
    assert declared.after.by_address["Q"].region == region


NESTED = (
    HEAD
    + """
Resources:
  Network:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./parts/network.yaml
      Parameters: {Size: !Ref Cache, Zones: 2}
  Cache: {Type: AWS::ElastiCache::CacheCluster, Properties: {Engine: redis, CacheNodeType: cache.t3.micro}}
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties: {VpcEndpointType: Interface, SubnetIds: [!GetAtt Network.Outputs.Subnet, !GetAtt Network.Outputs.No]}
"""
)
CHILD = (
    HEAD
    + """
Parameters:
  Size: {Type: String}
  Zones: {Type: Number}
Resources:
  Subnet: {Type: AWS::EC2::Subnet, Properties: {Zones: !Ref Zones, Size: !Ref Size}}
Outputs:
  Subnet: {Value: !Ref Subnet}
"""
)


def test_nested_stacks_are_read(read_template: ReadTemplate) -> None:
    declared = read_template(NESTED, {"parts/network.yaml": CHILD}, AWS__Region="us-east-1")
    assert [resource.address for resource in declared.after] == ["Network/Subnet", "Cache", "Endpoint"]
    subnet = declared.after.by_address["Network/Subnet"]
    assert (subnet.references, subnet.attributes.get("zones")) == ({"size": ("Cache",)}, "2")
    assert str(subnet.location).endswith("parts/network.yaml:7")
    assert declared.after.by_address["Endpoint"].references == {"subnet_ids": ("Network/Subnet",)}
    assert declared.warnings == ()


def test_what_is_nested_is_as_undecided_as_its_stack(read_template: ReadTemplate) -> None:
    text = NESTED.replace("Resources:", "Conditions: {C: !Equals [!Ref 'AWS::Region', x]}\nResources:").replace(
        "Type: AWS::CloudFormation::Stack", "Type: AWS::CloudFormation::Stack\n    Condition: C"
    )
    declared = read_template(text, {"parts/network.yaml": CHILD})
    assert declared.after.by_address["Network/Subnet"].undecided_count == "the condition C is not known"


def test_outputs_that_are_not_there_are_not_known(read_template: ReadTemplate) -> None:
    child = CHILD.replace("{Value: !Ref Subnet}", "{Value: !Ref Subnet, Condition: Never}").replace(
        "Outputs:", "Conditions: {Never: !Equals [a, b]}\nOutputs:\n  No: {Value: !Ref 'AWS::NoValue'}"
    )
    declared = read_template(NESTED, {"parts/network.yaml": child})
    subnets = attributes(declared, "Endpoint")["subnet_ids"]
    assert [isinstance(subnet, Unknown) for subnet in subnets] == [True, True]
    assert declared.after.by_address["Endpoint"].references == {}


@pytest.mark.parametrize("url", ["https://bucket.s3.amazonaws.com/network.yaml", "missing.yaml", '!Sub "s3://${A}"'])
def test_a_nested_stack_that_is_not_here_is_no_zero(read_template: ReadTemplate, url: str) -> None:
    text = f"{HEAD}Parameters: {{A: {{Type: String, Default: x}}}}\nResources:\n  Network:\n"
    text += f"    Type: AWS::CloudFormation::Stack\n    Properties: {{TemplateURL: {url}}}\n"
    declared = read_template(text, AWS__Region="us-east-1")
    assert [resource.type for resource in declared.after] == ["AWS::CloudFormation::Stack"]
    (warning,) = declared.warnings
    assert warning.endswith("template.yaml:4: the nested stack Network is not priced, its template is not here")


def test_the_asset_of_the_cdk_is_the_nested_template(read_template: ReadTemplate) -> None:
    text = HEAD + (
        "Resources:\n  Net:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: !Sub 'https://${AWS::Region}'}\n"
        "    Metadata: {'aws:asset:path': net.nested.template.json}\n"
    )
    nested = '{"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}'
    assert [r.address for r in read_template(text, {"net.nested.template.json": nested}).after] == ["Net/Q"]


def test_stacks_that_nest_themselves_end(template_error: TemplateError) -> None:
    text = f"{HEAD}Resources: {{S: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: template.yaml}}}}}}"
    assert template_error(text) == "FILE:2: S: stacks are nested more than 10 deep"


def test_macros_and_includes_are_warned_of(read_template: ReadTemplate) -> None:
    text = f"""{HEAD}Transform: [MyMacro, "AWS::LanguageExtensions", {{Name: "AWS::Include"}}]
Resources:
  Fn::Transform: {{Name: AWS::Include, Parameters: {{Location: "s3://a"}}}}
  Q:
    Type: AWS::SQS::Queue
    Properties: {{A: !Ref MadeByTheMacro, B: !Transform {{Name: Other}}}}
  R:
    Type: AWS::SQS::Queue
    Properties: {{Fn::Transform: {{Name: AWS::Include}}}}
"""
    declared = read_template(text, AWS__Region="us-east-1")
    assert {type(value) for value in attributes(declared, "Q").values()} != {str}
    assert declared.after.by_address["R"].attributes.is_unknown("fifo_queue")
    shown = [warning.rpartition("template.yaml")[2] for warning in declared.warnings]
    assert shown == [
        ":4: resources that a macro includes are not priced",
        ": the macro AWS::Include may change the template, which is priced as it is written",
        ": the macro MyMacro may change the template, which is priced as it is written",
    ]


RESOURCE = "  Q:\n    Type: AWS::SQS::Queue\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Description: x\n", "FILE:1: the template has no Resources"),
        ("Resource: {}\n", "FILE:1: the template has no Resources\n  Is 'Resource' meant to be Resources?"),
        ("Resources: []\n", "FILE:2: Resources: expected a mapping"),
        ("Resources:\n  Q: queue\n", "FILE:3: Resources.Q: expected a mapping"),
        ("Resources:\n  Q: {Typ: x}\n", "FILE:3: Resources.Q.Type is missing\n  Is 'Typ' meant to be Type?"),
        (f"Resources:\n{RESOURCE}    Properties: [a]\n", "FILE:5: Resources.Q.Properties: expected a mapping"),
        (
            f"Resources:\n{RESOURCE}    Properties:\n      A: !Ref Queu\n",
            "FILE:6: Q: there is no parameter or resource 'Queu'",
        ),
        (
            f"Parameters: {{Size: {{Type: String}}}}\nResources:\n{RESOURCE}    Properties: {{A: !Sub '${{Sise}}'}}\n",
            "FILE:6: Q: there is no parameter or resource 'Sise'\n  Did you mean 'Size'?",
        ),
        (
            f"Conditions: {{IsProd: !Equals [a, b]}}\nResources:\n{RESOURCE}    Condition: IsProt\n",
            "FILE:4: Q: there is no condition 'IsProt'\n  Did you mean 'IsProd'?",
        ),
        (
            f"Conditions: {{A: !Condition B, B: !Not [!Condition A]}}\nResources:\n{RESOURCE}    Condition: A\n",
            "FILE:2: Q: the condition A refers to itself",
        ),
        (
            f"Conditions: {{A: yes}}\nResources:\n{RESOURCE}    Condition: A\n",
            "FILE:4: Q: expected a condition: one of Condition, Fn::And, Fn::Equals, Fn::Not, Fn::Or",
        ),
        (
            f"Mappings: {{Sizes: {{}}}}\nResources:\n{RESOURCE}    Properties:\n      A: !FindInMap [Size, a, b]\n",
            "FILE:7: Q: there is no mapping 'Size'\n  Did you mean 'Sizes'?",
        ),
    ],
)
def test_what_is_not_valid_is_placed(template_error: TemplateError, text: str, message: str) -> None:
    assert template_error(f"AWSTemplateFormatVersion: x\n{text}") == message
