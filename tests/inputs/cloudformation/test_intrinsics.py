"""Intrinsic functions, one by one, with what is known and with what is not."""

from __future__ import annotations

import base64
import contextlib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tollbar.inputs.cloudformation.intrinsics import FUNCTIONS, Evaluator, ExpressionError
from tollbar.inputs.cloudformation.values import NO_VALUE, NotKnown, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES: dict[str, Value] = {
    "Name": "shop",
    "List": ["a", "b", "c"],
    "Empty": "",
    "Yes": True,
    "Queue": NotKnown(("Queue",)),
    "Nobody": NotKnown(),
    "AWS::NoValue": NO_VALUE,
}
CONDITIONS: dict[str, bool | None] = {"On": True, "Off": False, "Maybe": None}
MAPPINGS = {"Sizes": {"dev": {"db": "small", "zones": ["a", "b"]}}}


class Scope:
    """A scope of the tests."""

    def reference(self, name: str) -> Value:
        """Return a name's value."""
        if name not in NAMES:
            raise ExpressionError(f"there is no {name}")
        return NAMES[name]

    def attribute(self, resource: str, name: str) -> Value:
        """Return an attribute."""
        return "arn:queue" if name == "Known" else NotKnown((resource,))

    def condition(self, name: str) -> bool | None:
        """Return a condition."""
        return CONDITIONS[name]

    def mapping(self, name: str) -> Mapping[str, Any]:
        """Return a mapping."""
        return MAPPINGS[name]

    def imported(self, name: str) -> Value:
        """Return an import."""
        return f"imported {name}" if name == "Export" else NotKnown()


def value(node: object) -> Value:
    return Evaluator(Scope()).value(node)


def ref(name: str) -> dict[str, str]:
    return {"Ref": name}


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ("x", "x"),
        (ref("Name"), "shop"),
        ({"Fn::GetAtt": ["Queue", "Known"]}, "arn:queue"),
        ({"Fn::GetAtt": "Queue.Known"}, "arn:queue"),
        ({"Fn::Sub": "${Name}-${List}-${Queue.Known}-${!Name}-${Yes}"}, "shop-a,b,c-arn:queue-${Name}-true"),
        ({"Fn::Sub": ["${A}${Name}", {"A": ref("Empty")}]}, "shop"),
        ({"Fn::Join": ["-", ["a", ref("Name"), ref("AWS::NoValue")]]}, "a-shop"),
        ({"Fn::Join": [",", ref("List")]}, "a,b,c"),
        ({"Fn::Split": ["/", "a/b//c"]}, ["a", "b", "", "c"]),
        ({"Fn::Select": ["1", ref("List")]}, "b"),
        ({"Fn::Select": ["0", {"Fn::Split": [".", "x.y"]}]}, "x"),
        ({"Fn::If": ["On", "a", {"Ref": "Missing"}]}, "a"),
        ({"Fn::If": ["Off", {"Ref": "Missing"}, "b"]}, "b"),
        ({"Fn::If": ["Maybe", "a", "a"]}, "a"),
        ({"Fn::If": ["Off", "a", ref("AWS::NoValue")]}, NO_VALUE),
        ({"A": {"Fn::If": ["Off", "a", ref("AWS::NoValue")]}, "B": "b"}, {"B": "b"}),
        (["a", ref("AWS::NoValue"), "b"], ["a", "b"]),
        ({"Fn::FindInMap": ["Sizes", "dev", "db"]}, "small"),
        ({"Fn::FindInMap": ["Sizes", "dev", "zones"]}, ["a", "b"]),
        ({"Fn::FindInMap": ["Sizes", "qa", "db", {"DefaultValue": ref("Name")}]}, "shop"),
        ({"Fn::Base64": "a"}, base64.b64encode(b"a").decode()),
        ({"Fn::Cidr": ["10.0.0.0/16", "2", "8"]}, ["10.0.0.0/24", "10.0.1.0/24"]),
        ({"Fn::Cidr": ["10.0.0.0/16", "1"]}, ["10.0.0.0/24"]),
        ({"Fn::Cidr": ["2001:db8::/56", "2", "64"]}, ["2001:db8::/64", "2001:db8:0:1::/64"]),
        ({"Fn::ImportValue": "Export"}, "imported Export"),
        ({"Fn::Length": ref("List")}, "3"),
        ({"Fn::ToJsonString": {"a": ["b"]}}, '{"a": ["b"]}'),
        ({"Fn::Equals": ["a", "a"]}, True),
        ({"Condition": "On"}, {"Condition": "On"}),
        ({"Ref": "Name", "Other": "1"}, {"Ref": "Name", "Other": "1"}),
    ],
)
def test_what_is_known(node: object, expected: object) -> None:
    assert value(node) == expected


@pytest.mark.parametrize(
    ("node", "targets"),
    [
        (ref("Nobody"), ()),
        (ref("Queue"), ("Queue",)),
        ({"Fn::GetAtt": ["Queue", "Arn"]}, ("Queue",)),
        ({"Fn::GetAtt": ["Queue", ref("Nobody")]}, ()),
        ({"Fn::Sub": "a-${Queue}-${Topic.Arn}-${Queue}"}, ("Queue", "Topic")),
        ({"Fn::Sub": ["${A}", {"A": ref("Queue")}]}, ("Queue",)),
        ({"Fn::Join": ["-", ["a", ref("Queue")]]}, ("Queue",)),
        ({"Fn::Join": ["-", ref("Nobody")]}, ()),
        ({"Fn::Split": ["-", ref("Queue")]}, ("Queue",)),
        ({"Fn::Select": ["0", {"Fn::GetAZs": ""}]}, ()),
        ({"Fn::Select": [ref("Queue"), ref("List")]}, ("Queue",)),
        ({"Fn::Select": ["1", ["a", ref("Queue")]]}, ("Queue",)),
        ({"Fn::If": ["Maybe", ref("Queue"), {"Fn::GetAtt": ["Topic", "Arn"]}]}, ("Queue", "Topic")),
        ({"Fn::If": ["Maybe", "a", "b"]}, ()),
        ({"Fn::FindInMap": ["Sizes", ref("Queue"), "db"]}, ("Queue",)),
        ({"Fn::Base64": ref("Queue")}, ("Queue",)),
        ({"Fn::Cidr": ["10.0.0.0/16", ref("Nobody")]}, ()),
        ({"Fn::ImportValue": "Other"}, ()),
        ({"Fn::ImportValue": ref("Queue")}, ("Queue",)),
        ({"Fn::Length": ref("Nobody")}, ()),
        ({"Fn::ToJsonString": {"a": ref("Queue")}}, ("Queue",)),
        ({"Fn::Transform": {"Name": "Macro", "Parameters": {"A": ref("Queue")}}}, ("Queue",)),
        ({"Fn::Equals": [ref("Nobody"), "a"]}, ()),
        ("{{resolve:ssm:/a/b}}", ()),
        ({"Fn::Sub": "{{resolve:secretsmanager:${Name}}}"}, ()),
        ({"Fn::Join": ["", ["{{resolve:ssm:", "a}}"]]}, ()),
    ],
)
def test_what_is_not_known_refers_to_what_will_tell(node: object, targets: tuple[str, ...]) -> None:
    found = value(node)
    assert isinstance(found, NotKnown)
    assert found.targets == targets


def test_unknown_networks_are_as_many_as_were_asked_for() -> None:
    found = value({"Fn::Cidr": [{"Fn::GetAtt": ["Vpc", "CidrBlock"]}, "3", "8"]})
    assert [network.targets for network in found] == [("Vpc",)] * 3


@pytest.mark.parametrize(
    ("node", "message"),
    [
        ({"Ref": ["a"]}, "Ref: expected the name of a parameter or resource"),
        ({"Fn::GetAtt": ["a"]}, "Fn::GetAtt: expected a list of 2"),
        ({"Fn::GetAtt": [["a"], "b"]}, "Fn::GetAtt: expected the name of a resource"),
        ({"Fn::Sub": ["a"]}, "Fn::Sub: expected a list of 2"),
        ({"Fn::Sub": {"a": "b"}}, "Fn::Sub: expected text, or a list of text and a mapping"),
        ({"Fn::Join": ["-", "a"]}, "Fn::Join: expected a list to join"),
        ({"Fn::Join": [["-"], []]}, "Fn::Join: expected text"),
        ({"Fn::Split": ["", "a"]}, "Fn::Split: expected a delimiter"),
        ({"Fn::Select": ["x", ["a"]]}, "Fn::Select: expected an index from 0 and a list"),
        ({"Fn::Select": ["3", ["a"]]}, "Fn::Select: 3 is beyond the list, which has 1"),
        ({"Fn::If": ["On", "a"]}, "Fn::If: expected a list of 3"),
        ({"Fn::If": [["On"], "a", "b"]}, "Fn::If: expected the name of a condition"),
        ({"Fn::FindInMap": ["Sizes", "dev"]}, "Fn::FindInMap: expected a list of 3 or 4"),
        ({"Fn::FindInMap": ["Sizes", "def", "db"]}, "Fn::FindInMap: the mapping 'Sizes' has no 'def' there"),
        ({"Fn::FindInMap": ["Sizes", "dev", "dv"]}, "Fn::FindInMap: the mapping 'Sizes' has no 'dv' there"),
        ({"Fn::Cidr": ["10.0.0.0/16", "x"]}, "Fn::Cidr: expected how many networks, at most 256"),
        ({"Fn::Cidr": ["10.0.0.0/8", "257"]}, "Fn::Cidr: expected how many networks, at most 256"),
        (
            {"Fn::Cidr": ["10.0.0.0/24", "9", "5"]},
            "Fn::Cidr: 10.0.0.0/24 cannot be divided into 9 of 5 host bits",
        ),
        ({"Fn::Cidr": ["here", "1", "5"]}, "Fn::Cidr: here cannot be divided into 1 of 5 host bits"),
        ({"Fn::Length": "a"}, "Fn::Length: expected a list"),
        ({"Fn::Selekt": ["a"]}, "Fn::Selekt is not known"),
        ({"Fn::And": [{"Condition": "On"}]}, "Fn::And: expected a list of 2 or 3 or 4 or 5 or 6 or 7 or 8 or 9 or 10"),
    ],
)
def test_what_cloudformation_refuses(node: object, message: str) -> None:
    with pytest.raises(ExpressionError) as error:
        value(node)
    assert str(error.value) == message


def test_the_nearest_function_is_named() -> None:
    with pytest.raises(ExpressionError) as error:
        value({"Fn::Selekt": []})
    assert error.value.hint == "Did you mean 'Fn::Select'?"


def named(name: str) -> dict[str, str]:
    return {"Condition": name}


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ({"Fn::Equals": [ref("Name"), "shop"]}, True),
        ({"Fn::Equals": [ref("Yes"), "true"]}, True),
        ({"Fn::Equals": [ref("List"), ["a", "b", "c"]]}, True),
        ({"Fn::Equals": [ref("Nobody"), "a"]}, None),
        ({"Fn::Not": [named("On")]}, False),
        ({"Fn::Not": [named("Maybe")]}, None),
        ({"Fn::And": [named("On"), named("On")]}, True),
        ({"Fn::And": [named("Maybe"), named("Off")]}, False),
        ({"Fn::And": [named("Maybe"), named("On")]}, None),
        ({"Fn::Or": [named("Off"), named("Off")]}, False),
        ({"Fn::Or": [named("Maybe"), named("On")]}, True),
        ({"Fn::Or": [named("Maybe"), named("Off")]}, None),
        ({"Fn::Or": [{"Fn::Not": [named("On")]}, {"Fn::Equals": ["a", "b"]}]}, False),
    ],
)
def test_conditions_have_three_values(node: object, expected: object) -> None:
    assert Evaluator(Scope()).holds(node) is expected


@pytest.mark.parametrize("node", ["On", {}, {"Fn::Join": []}, {"Fn::Equals": ["a", "b"], "Other": "c"}])
def test_what_is_no_condition(node: object) -> None:
    with pytest.raises(ExpressionError, match="expected a condition: one of Condition, Fn::And"):
        Evaluator(Scope()).holds(node)


TEXTS = st.text(st.characters(exclude_characters="${}", codec="utf-8"), max_size=8)
quickly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy


@quickly
@given(st.lists(TEXTS.filter(lambda text: "," not in text), min_size=1, max_size=5))
def test_splitting_undoes_joining(items: list[str]) -> None:
    assert value({"Fn::Split": [",", {"Fn::Join": [",", items]}]}) == items


@quickly
@given(st.lists(TEXTS, min_size=1, max_size=5), st.data())
def test_selecting_gives_the_item(items: list[str], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(items) - 1))
    assert value({"Fn::Select": [str(index), items]}) == items[index]


@quickly
@given(TEXTS, TEXTS)
def test_substituting_is_joining(before: str, after: str) -> None:
    assert value({"Fn::Sub": f"{before}${{Name}}{after}"}) == value({"Fn::Join": ["", [before, ref("Name"), after]]})


@quickly
@given(st.recursive(TEXTS | st.booleans(), lambda part: st.lists(part, max_size=3) | st.dictionaries(TEXTS, part)))
def test_what_holds_no_function_stays_as_it_is(node: object) -> None:
    assert value(node) == node


@quickly
@given(st.sampled_from(["On", "Off", "Maybe"]), st.sampled_from(["On", "Off", "Maybe"]))
def test_and_is_the_or_of_opposites(left: str, right: str) -> None:
    evaluator = Evaluator(Scope())
    opposites = {"Fn::Not": [{"Fn::Or": [{"Fn::Not": [named(left)]}, {"Fn::Not": [named(right)]}]}]}
    assert evaluator.holds({"Fn::And": [named(left), named(right)]}) is evaluator.holds(opposites)


WORDS = st.sampled_from(
    [
        "Name",
        "List",
        "Queue",
        "Nobody",
        "AWS::NoValue",
        "On",
        "Maybe",
        "Sizes",
        "dev",
        "0",
        "2",
        "-",
        "${Name}",
        "${",
        "10.0.0.0/24",
    ]
)
NODES = st.recursive(
    WORDS | st.none() | st.booleans(),
    lambda part: (
        st.lists(part, max_size=3)
        | st.dictionaries(WORDS, part, max_size=2)
        | st.tuples(st.sampled_from(sorted(FUNCTIONS)), part | st.lists(part, max_size=3)).map(
            lambda pair: dict([pair])
        )
    ),
    max_leaves=12,
)


class Forgiving(Scope):
    """A scope in which every name can be looked up, whether or not there is one."""

    def condition(self, name: str) -> bool | None:
        """Return a condition, None of those there are none of."""
        return CONDITIONS.get(name)

    def mapping(self, name: str) -> Mapping[str, Any]:
        """Return a mapping, a part of the one there is for names there are none of."""
        return MAPPINGS.get(name, MAPPINGS["Sizes"])


@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(NODES)
def test_whatever_is_written_has_a_value_or_a_message(node: object) -> None:
    evaluator = Evaluator(Forgiving())
    for evaluate in (evaluator.value, evaluator.holds):
        with contextlib.suppress(ExpressionError):
            evaluate(node)
