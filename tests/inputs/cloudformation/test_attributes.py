"""From properties to attributes: names, lifted blocks, defaults, tags, and what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tollbar.inputs.cloudformation.attributes import TypeMap, attributes_of, snake_case
from tollbar.inputs.cloudformation.values import NotKnown, PartlyKnown

if TYPE_CHECKING:
    from tollbar.inputs.cloudformation.attributes import Attributes


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("InstanceType", "instance_type"),
        ("DBInstanceClass", "db_instance_class"),
        ("MultiAZ", "multi_az"),
        ("EBSOptions", "ebs_options"),
        ("TransitionToIA", "transition_to_ia"),
        ("HAPairs", "ha_pairs"),
        ("ThroughputCapacityPerHAPair", "throughput_capacity_per_ha_pair"),
        ("TargetGroupARNs", "target_group_arns"),
        ("CPUCredits", "cpu_credits"),
        ("Iops", "iops"),
        ("ServerlessV2ScalingConfiguration", "serverless_v2_scaling_configuration"),
        ("AWSManagedRulesBotControlRuleSet", "aws_managed_rules_bot_control_rule_set"),
    ],
)
def test_a_name_becomes_terraforms(name: str, expected: str) -> None:
    assert snake_case(name) == expected


MAPPED = TypeMap(
    "aws_thing",
    {"ThingName": "name", "Outer": "", "Outer.List": "item", "Outer.List.Deep": "", "Outer.List.Deep.MaxGB": "size"},
    {"mode": "plain"},
)


def test_names_defaults_and_lifted_blocks() -> None:
    properties = {"ThingName": "a", "Outer": {"List": [{"Deep": {"MaxGB": "1"}, "Other": "b"}, "c"], "Mode": "fast"}}
    assert attributes_of(properties, MAPPED) == {
        "name": "a",
        "item": [{"size": "1", "other": "b"}, "c"],
        "mode": "fast",
    }
    assert attributes_of({}, MAPPED) == {"mode": "plain"}


def test_of_what_is_lifted_from_something_unknown_nothing_is_known() -> None:
    found = attributes_of({"ThingName": "a", "Outer": NotKnown(("b",))}, MAPPED)
    assert isinstance(found, PartlyKnown)
    assert (found["name"], "mode" in found) == ("a", False)
    assert isinstance(found.get("mode"), NotKnown)


def test_it_stays_so_through_what_is_lifted_further() -> None:
    mapped = TypeMap("aws_thing", {"A": "", "A.B": ""})
    found = attributes_of({"A": {"B": NotKnown(), "C": "c"}, "D": "d"}, mapped)
    assert isinstance(found, PartlyKnown)
    assert dict(found) == {"c": "c", "d": "d"}


def test_properties_that_a_macro_writes_are_not_known() -> None:
    assert isinstance(attributes_of(PartlyKnown(), MAPPED), PartlyKnown)


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"Tags": [{"Key": "a", "Value": "b", "PropagateAtLaunch": True}, {"Key": NotKnown()}, "x"]}, {"a": "b"}),
        ({"Tags": {"a": "b"}}, {"a": "b"}),
        ({"FileSystemTags": [{"Key": "a", "Value": "b"}]}, {"a": "b"}),
        ({"HostedZoneTags": []}, {}),
    ],
)
def test_tags_are_a_map(tags: dict[str, Any], expected: dict[str, str]) -> None:
    assert attributes_of(tags, TypeMap("aws_thing")) == {"tags": expected}


def test_what_names_do_not_do_is_finished_by_a_function() -> None:
    def finish(attributes: Attributes, region: str | None) -> None:
        attributes["where"] = region

    assert attributes_of({}, TypeMap("aws_thing", finish=finish), "eu-west-1") == {"where": "eu-west-1"}
