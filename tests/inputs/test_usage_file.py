"""Usage files: who is meant, what overrides what, and what is wrong with them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbar.errors import InputError
from tollbar.inputs.usage_file import read_usage_file

if TYPE_CHECKING:
    from pathlib import Path

    from tollbar.inputs.usage_file import UsageFile

COMPLETE = """\
version: 0.1
resource_type_default_usage:
  aws_s3_bucket:
    standard:
      storage_gb: 1
      monthly_tier_1_requests: 1
    object_tags: 1
resource_usage:
  aws_s3_bucket.*:
    object_tags: 2
  aws_s3_bucket.logs[*]:
    standard:
      storage_gb: 2
  aws_s3_bucket.logs["a"]:
    standard:
      storage_gb: {low: 1, expected: 2.50, high: 30}
  module.app[*].aws_instance.web[*]:
    operating_system: windows
    monthly_hrs: 100
  aws_instance.plain:
    vcpu_count: "4"
    reserved: true
    nothing:
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "usage.yml"


def read(file: Path, text: str) -> UsageFile:
    file.write_text(text, encoding="utf-8")
    return read_usage_file(file)


def error_of(file: Path, text: str) -> str:
    with pytest.raises(InputError) as error:
        read(file, text)
    return str(error.value).replace(str(file), "FILE")


def test_the_type_default_holds_where_nothing_else_is_said(file: Path) -> None:
    assert read(file, COMPLETE).for_resource("module.x.aws_s3_bucket.logs", "aws_s3_bucket") == {
        "standard.storage_gb": 1,
        "standard.monthly_tier_1_requests": 1,
        "object_tags": 1,
    }


def test_the_exact_address_overrides_wildcards_and_these_the_default_key_by_key(file: Path) -> None:
    usage = read(file, COMPLETE)
    assert usage.for_resource('aws_s3_bucket.logs["b"]', "aws_s3_bucket") == {
        "standard.storage_gb": 2,
        "standard.monthly_tier_1_requests": 1,
        "object_tags": 2,
    }
    assert usage.for_resource('aws_s3_bucket.logs["a"]', "aws_s3_bucket")["standard.storage_gb"] == {
        "low": 1,
        "expected": Decimal("2.50"),
        "high": 30,
    }


@pytest.mark.parametrize(
    ("address", "is_meant"),
    [
        ('module.app["eu"].aws_instance.web[0]', True),
        ("module.app[1].aws_instance.web[12]", True),
        ('module.app["a]b"].aws_instance.web["x.y"]', True),
        ("module.app.aws_instance.web[0]", False),
        ("module.app[0].aws_instance.web", False),
        ("module.other[0].aws_instance.web[0]", False),
    ],
)
def test_a_star_in_brackets_stands_for_any_index_or_key(file: Path, address: str, *, is_meant: bool) -> None:
    assert bool(read(file, COMPLETE).for_resource(address, "aws_instance")) is is_meant


def test_a_plain_star_stands_for_anything(file: Path) -> None:
    usage = read(file, "resource_usage: {'module.*': {a: 1}, '*web*': {b: 2}}")
    assert usage.for_resource("module.x.module.y.aws_instance.web[0]", "aws_instance") == {"a": 1, "b": 2}
    assert usage.for_resource("aws_instance.db", "aws_instance") == {}


def test_values_keep_their_kind(file: Path) -> None:
    usage = read(file, COMPLETE).for_resource("aws_instance.plain", "aws_instance")
    assert usage == {"vcpu_count": "4", "reserved": True}


def test_numbers_are_exact(file: Path) -> None:
    usage = read(file, "resource_usage: {aws_x.y: {a: 0.1, b: 1_000_000, c: 1e6, d: 1.5e-3, e: 0x10, f: .5}}")
    values = usage.for_resource("aws_x.y", "aws_x")
    assert all(isinstance(value, Decimal) for value in values.values())
    assert values == {
        "a": Decimal("0.1"),
        "b": 1_000_000,
        "c": 1_000_000,
        "d": Decimal("0.0015"),
        "e": 16,
        "f": Decimal("0.5"),
    }


@given(st.decimals(min_value=0, max_value=10**12, places=6))
def test_every_number_survives_as_it_is_written(tmp_path_factory: pytest.TempPathFactory, number: Decimal) -> None:
    file = tmp_path_factory.mktemp("usage") / "usage.yml"
    usage = read(file, f"resource_usage: {{aws_x.y: {{a: {number:f}}}}}")
    assert usage.for_resource("aws_x.y", "aws_x") == {"a": number}


def test_anchors_and_merge_keys_are_followed(file: Path) -> None:
    text = """\
resource_usage:
  aws_x.a: &common
    requests: 1
    size: 2
  aws_x.b:
    <<: *common
    size: 3
  aws_x.c:
    <<: [{size: 9}, *common]
"""
    usage = read(file, text)
    assert usage.for_resource("aws_x.b", "aws_x") == {"requests": 1, "size": 3}
    assert usage.for_resource("aws_x.c", "aws_x") == {"requests": 1, "size": 9}


@pytest.mark.parametrize(
    "text",
    ["", "version: 0.1", 'version: "0.1"\nresource_usage:', "resource_usage: {aws_x.y: }", "# only a remark\n"],
)
def test_an_empty_file_or_section_says_nothing(file: Path, text: str) -> None:
    assert read(file, text).for_resource("aws_x.y", "aws_x") == {}


KNOWN: dict[str, Any] = {
    "aws_s3_bucket": {"standard.storage_gb": 1, "standard.monthly_tier_1_requests": 1, "object_tags": 1},
    "aws_eip": (),
}


def test_known_keys_and_unknown_types_pass(file: Path) -> None:
    read(file, COMPLETE).check_keys(KNOWN)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "resource_usage:\n  module.a.aws_s3_bucket.b[*]:\n    standard:\n      storage: 3",
            "FILE:4: aws_s3_bucket has no usage key 'standard.storage'\n  Did you mean 'standard.storage_gb'?",
        ),
        (
            "resource_type_default_usage:\n  aws_s3_bucket:\n    object_tag: 3",
            "FILE:3: aws_s3_bucket has no usage key 'object_tag'\n  Did you mean 'object_tags'?",
        ),
        (
            "resource_usage:\n  aws_eip.a:\n    monthly_data: 3",
            "FILE:3: aws_eip has no usage key 'monthly_data'\n  It has no usage keys.",
        ),
        (
            "resource_usage:\n  aws_s3_bucket.a:\n    xyz: {expected: 3}",
            (
                "FILE:3: aws_s3_bucket has no usage key 'xyz'\n"
                "  Known are object_tags, standard.monthly_tier_1_requests, standard.storage_gb."
            ),
        ),
    ],
)
def test_an_unknown_key_names_the_nearest(file: Path, text: str, message: str) -> None:
    usage = read(file, text)
    with pytest.raises(InputError) as error:
        usage.check_keys(KNOWN)
    assert str(error.value).replace(str(file), "FILE") == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version: 0.2", "FILE:1: the version must be 0.1"),
        ("resources: {}", "FILE:1: 'resources' is not part of a usage file"),
        ("a: [1}", "FILE:1: not valid YAML: did not find expected ',' or ']' (column 6)"),
        ("a: b: c", "FILE:1: not valid YAML: mapping values are not allowed in this context (column 5)"),
        ("- a", "FILE:1: expected a mapping"),
        ("text", "FILE:1: expected a mapping"),
        ("resource_usage: 3", "FILE:1: resource_usage must map addresses or types to their use"),
        ("resource_usage:\n  aws_x.y: 3", "FILE:2: aws_x.y must map usage keys to values"),
        ("resource_usage:\n  aws_x.y:\n    a: [1]", "FILE:3: a list is not expected here"),
        ("resource_usage:\n  aws_x.y:\n    a: -1", "FILE:3: a must not be negative"),
        ("resource_usage:\n  aws_x.y:\n    a: 1\n    a: 2", "FILE:4: 'a' is given twice"),
        ("resource_usage:\n  aws_x.y:\n    [1]: 2", "FILE:3: a key must be a name"),
        (
            "resource_usage:\n  aws_x.y:\n    a: .inf",
            "FILE:3: .inf is not a number that Tollbar can calculate with; write digits, such as 12 or 0.5",
        ),
        (
            "resource_usage:\n  aws_x.y:\n    a: {low: 3, expected: 2}",
            "FILE:3: a: a range must go up: low <= expected <= high",
        ),
        (
            "resource_usage:\n  aws_x.y:\n    a: {expected: 2, high: 1}",
            "FILE:3: a: a range must go up: low <= expected <= high",
        ),
        ("resource_usage:\n  aws_x.y:\n    a: {low: 1, high: 2}", "FILE:3: a: expected of the range must be a number"),
        ("resource_usage:\n  aws_x.y:\n    a: {expected: much}", "FILE:3: a: expected of the range must be a number"),
        ("resource_usage:\n  aws_x.y:\n    a: {low: -1, expected: 1}", "FILE:3: a must not be negative"),
    ],
)
def test_a_broken_file_is_placed(file: Path, text: str, message: str) -> None:
    assert error_of(file, text).split("\n")[0] == message


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file or directory"):
        read_usage_file(tmp_path / "none.yml")
    (tmp_path / "binary.yml").write_bytes(b"\x80\x81")
    with pytest.raises(InputError, match="not a text file"):
        read_usage_file(tmp_path / "binary.yml")


def test_the_usage_files_of_the_accuracy_cases_can_be_read(shared: Path) -> None:
    files = sorted(shared.glob("accuracy/*/*/usage.yml"))
    assert files
    for path in files:
        read_usage_file(path)


def test_an_open_key_takes_any_name_below_it(file: Path) -> None:
    text = "resource_usage:\n  aws_x.a:\n    from:\n      mars: 1\n    fromm: 1\n"
    usage = read(file, text)
    with pytest.raises(InputError) as error:
        usage.check_keys({"aws_x": ["from.*"]})
    assert "aws_x has no usage key 'fromm'" in str(error.value)


def test_a_bare_type_under_resource_usage_holds_for_all_of_its_resources(file: Path) -> None:
    text = "resource_type_default_usage:\n  aws_sqs_queue: {monthly_requests: 1, request_size: 2}\n"
    usage = read(file, f"{text}resource_usage:\n  aws_sqs_queue: {{monthly_requests: 3}}\n")
    assert usage.for_resource("aws_sqs_queue.any", "aws_sqs_queue") == {"monthly_requests": 3, "request_size": 2}


def test_a_resource_may_stand_within_the_one_it_belongs_to(file: Path) -> None:
    usage = read(
        file,
        """\
version: 0.1
resource_usage:
  azurerm_recovery_services_vault.main[*]:
    azurerm_backup_protected_vm.web[*]:
      disk_utilization_gb: 300
""",
    )
    web = usage.for_resource('azurerm_backup_protected_vm.web["a"]', "azurerm_backup_protected_vm")
    assert web == {"disk_utilization_gb": Decimal(300)}
    assert usage.for_resource('azurerm_recovery_services_vault.main["a"]', "azurerm_recovery_services_vault") == {}
    usage.check_keys({"azurerm_recovery_services_vault": (), "azurerm_backup_protected_vm": ("disk_utilization_gb",)})


def test_what_is_no_address_is_not_held_against_the_file(file: Path) -> None:
    usage = read(file, 'resource_usage:\n  aws_x.a":\n    size": 1\n')
    usage.check_keys({"aws_x": ["size"]})
    assert usage.for_resource("aws_x.a", "aws_x") == {}
