"""Attributes read by type, and the inventory's look-ups."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tollbar.resource import UNKNOWN, UNKNOWN_OR_UNSET, Attributes, Inventory, Resource, UnknownUntilApplyError

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (3, Decimal(3)), ("2.5", Decimal("2.5")), (True, None), ("", None), ("many", None), (None, None),
        ("NaN", None), ("Infinity", None), (10**40, None), ([1], None),
    ],
)  # fmt: skip
def test_numbers(value: Any, number: Decimal | None) -> None:
    attributes = Attributes({"size": value})
    assert attributes.number("size") == number
    assert attributes.number("size", 8) == (8 if number is None else number)


def test_what_is_set_but_only_apply_tells_is_an_error_with_a_default_too() -> None:
    attributes = Attributes({"type": UNKNOWN})
    readers: list[Callable[[], object]] = [
        lambda: attributes.text("type"),
        lambda: attributes.text("type", "gp2"),
        lambda: attributes.number("type", 8),
        lambda: attributes.known_number("type"),
        lambda: attributes.flag("type", default=True),
        lambda: attributes.texts("type"),
        lambda: attributes.blocks("type"),
        lambda: attributes.block("type"),
    ]
    for read in readers:
        with pytest.raises(UnknownUntilApplyError, match="type"):
            read()
    assert attributes.known_blocks("type") == ()
    assert attributes.literal("type") == ""
    assert (attributes.is_set("type"), attributes.names_something("type")) == (True, True)


def test_what_is_perhaps_not_set_gives_the_default() -> None:
    attributes = Attributes({"type": UNKNOWN_OR_UNSET})
    for read in (attributes.text, attributes.number):
        with pytest.raises(UnknownUntilApplyError, match="type"):
            read("type")
    assert attributes.text("type", "gp2") == "gp2"
    assert attributes.number("type", 8) == 8
    assert attributes.known_number("type") is None
    assert attributes.flag("type", default=True)
    assert attributes.texts("type") == ()
    assert attributes.blocks("type") == ()
    assert (attributes.is_set("type"), attributes.names_something("type")) == (False, False)


@pytest.mark.parametrize(("value", "is_set"), [(None, False), ("", True), (0, True), (False, True), ([], True)])
def test_an_attribute_is_set_unless_it_is_null(value: Any, is_set: bool) -> None:  # noqa: FBT001 -- the expectation
    assert Attributes({"on": value}).is_set("on") is is_set
    assert not Attributes({}).is_set("on")


def test_one_block_of_unknown_number_leaves_the_others_known() -> None:
    attributes = Attributes({"disk": [{"size": 1}, UNKNOWN], "zones": ["a", UNKNOWN]})
    with pytest.raises(UnknownUntilApplyError, match="disk"):
        attributes.blocks("disk")
    with pytest.raises(UnknownUntilApplyError, match="zones"):
        attributes.texts("zones")
    assert attributes.known_blocks("disk") == (Attributes({"size": 1}),)


@pytest.mark.parametrize(
    ("value", "flag"), [(True, True), ("true", True), ("1", True), ("false", False), (None, False)]
)
def test_flags(value: Any, flag: bool) -> None:  # noqa: FBT001 -- the case's expectation
    assert Attributes({"on": value}).flag("on") is flag


@pytest.mark.parametrize("value", [[{"size": 1}], {"size": 1}, [{"size": 1}, None, "odd"]])
def test_nested_blocks_are_a_list_or_one(value: Any) -> None:
    attributes = Attributes({"disk": value})
    assert [block.number("size") for block in attributes.blocks("disk")] == [1]
    assert attributes.block("disk").number("size") == 1
    assert attributes.block("absent").number("size") is None


def _resource(address: str, values: dict[str, Any] | None = None, **references: tuple[str, ...]) -> Resource:
    type_name, name = address.split(".")
    return Resource(address, type_name, name, "aws", None, Attributes(values or {}), references=references)


def test_the_inventory_is_followed_in_both_directions() -> None:
    subnet = _resource("aws_subnet.s", {"tag": "a"})
    instance = _resource("aws_instance.i", subnet_id=("aws_subnet.s",), other=("aws_vpc.gone",))
    inventory = Inventory((subnet, instance))
    assert inventory.referenced(instance, "subnet_id") is subnet
    assert inventory.referenced(instance, "subnet_id", "aws_vpc") is None
    assert inventory.referenced(instance, "other") is None
    assert list(inventory.referring(subnet, "aws_instance")) == [instance]
    assert list(inventory.referring(subnet, "aws_eip")) == []
    assert list(inventory.of_type("aws_subnet", "aws_vpc")) == [subnet]
    assert inventory.named("aws_subnet", "tag", "a") is subnet
    assert inventory.named("aws_subnet", "tag", "b") is None
    assert (len(inventory), list(inventory)) == (2, [subnet, instance])


def test_what_is_worked_out_of_all_resources_is_worked_out_once_for_each_key() -> None:
    inventory, asked = Inventory(()), list[str]()
    for key in ("a", "b", "a"):
        assert inventory.once(key, lambda key=key: asked.append(key) or key.upper()) == key.upper()  # type: ignore[misc,func-returns-value]
    assert asked == ["a", "b"]
