"""``tollbar prices show``: one price, or one thing in all regions."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tollbar.cli.app import main

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def _printed(capsys: pytest.CaptureFixture[str], arguments: Sequence[str]) -> list[str]:
    assert main(["prices", "show", *arguments]) == 0
    return capsys.readouterr().out.splitlines()


def test_a_price_is_told_with_source_date_and_trust(capsys: pytest.CaptureFixture[str]) -> None:
    lines = _printed(capsys, ["aws/ec2/instance/linux/shared/on_demand/m5.large", "--region", "us-east-1"])
    assert lines[0] == "aws/ec2/instance/linux/shared/on_demand/m5.large in us-east-1"
    assert lines[1] == "  price   0.096 USD per hour ($70.08 a month of 730 hours)"
    assert lines[2] == "  source  karpenter-provider-aws: aws/karpenter-provider-aws@1d927085d"
    assert lines[3].startswith("  as of   2026-07-20, ")
    assert lines[4] == "  trust   A: read by a program from the vendor's price API or file"


def test_tiers_are_written_by_the_unit_people_read(capsys: pytest.CaptureFixture[str]) -> None:
    lines = _printed(capsys, ["aws/api_gateway/requests/rest", "--region", "us-east-1"])
    assert lines[1] == "  price   3.5, 2.8 above 333, 2.38 above 1,000, 1.51 above 20,000 USD per 1M requests"


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("m5.large", "aws/ec2/instance/linux/shared/on_demand/m5.large in us-east-1"),
        ("db.m5.large", None),
        ("ecr", "aws/ecr/storage in us-east-1"),
        ("nat gateway", "aws/nat_gateway/hours in us-east-1"),
        ("gpt-4o", "llm/openai/gpt-4o/input_tokens in global"),
    ],
)
def test_a_short_name_shows_the_plainest_price_where_it_is_clear(
    name: str, first: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    if first:
        assert _printed(capsys, [name, "--region", "us-east-1"])[0] == first
    else:
        assert main(["prices", "show", name, "--region", "us-east-1"]) == 3
        assert capsys.readouterr().err.startswith(f"error: several prices are called {name!r}: aws/")


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (["aws/ebs/storage/gp3", "--region", "ireland"], "aws/ebs/storage/gp3 in eu-west-1"),
        (["AWS/EBS/storage/GP3", "--region", "EU-WEST-1"], "aws/ebs/storage/gp3 in eu-west-1"),
        (["m5.large", "--region", "N. Virginia"], "aws/ec2/instance/linux/shared/on_demand/m5.large in us-east-1"),
        (["M5.LARGE", "--region", "US-EAST-1"], "aws/ec2/instance/linux/shared/on_demand/m5.large in us-east-1"),
        (["aws/ebs/storage/gp3/"], "aws/ebs/storage/gp3, USD per GB-month"),
        (["llm/openai/gpt-4o/input_tokens", "--region", "GLOBAL"], "llm/openai/gpt-4o/input_tokens in global"),
    ],
)
def test_keys_and_regions_are_understood_as_people_write_them(
    arguments: list[str], first: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _printed(capsys, arguments)[0] == first


@pytest.mark.parametrize("path", ["aws/ebs", "aws/ebs/", "AWS/EBS"])
def test_what_is_below_a_path_is_named(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prices", "show", path]) == 3
    message, hint = capsys.readouterr().err.splitlines()
    assert message.startswith("error: no price for aws/ebs; below it: aws/ebs/")
    assert message.count("aws/ebs/") == 8
    assert re.fullmatch(r"  \d+ more: tollbar prices search aws ebs", hint)


def test_few_things_below_a_path_are_all_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prices", "show", "aws/eks"]) == 3
    assert capsys.readouterr().err == (
        "error: no price for aws/eks; below it: aws/eks/cluster/extended, aws/eks/cluster/standard\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["/"], "error: no word given\n  Name what is sold: `tollbar prices search gp3 eu-west-1`.\n"),
        ([""], "error: no word given\n  Name what is sold: `tollbar prices search gp3 eu-west-1`.\n"),
        (
            ["aws/a\udcff"],
            "error: 'aws/a\\udcff' is no name: it holds characters that cannot be printed\n",
        ),
        (
            ["aws/ebs/storage/gp3", "--region", "a\udcff"],
            "error: 'a\\udcff' is no name: it holds characters that cannot be printed\n",
        ),
        (
            ["m5.large", "--region", " "],
            "error: --region is empty\n  Name a region such as eu-west-1, or leave --region out.\n",
        ),
    ],
)
def test_what_is_no_name_is_an_error(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prices", "show", *arguments]) == 3
    assert capsys.readouterr().err == message


def test_a_typo_suggests(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prices", "show", "m5.lrage"]) == 3
    assert "Did you mean 'm5.large'?" in capsys.readouterr().err


def test_what_a_reader_should_know_is_noted(capsys: pytest.CaptureFixture[str]) -> None:
    lines = _printed(capsys, ["llm/deepseek/deepseek-chat/input_tokens"])
    assert [line for line in lines if line.startswith("  note")] == [
        "  note    the price depends on the time of day; this is the dearest"
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["aws/ebs/storage/gp33"], "no price for aws/ebs/storage/gp33; nearest known: aws/ebs/storage/gp3"),
        (
            ["aws/sqs/requests/standard", "--region", "mars-1"],
            "no price for aws/sqs/requests/standard in mars-1; known in",
        ),
    ],
)
def test_a_miss_names_what_is_near(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prices", "show", *arguments]) == 3
    assert message in capsys.readouterr().err


def test_a_borrowed_price_says_where_from_and_how_far_off_it_may_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "tollbar.yml"
    config.write_text("version: 1\nprices: {missing_region: borrow}\n", encoding="utf-8")
    asked = ["prices", "show", "aws/kinesis/provisioned/shard", "--region", "mx-central-1", "--config", str(config)]
    assert main(asked) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "aws/kinesis/provisioned/shard in mx-central-1"
    assert lines[4:] == [
        "  trust   borrowed: another region's price",
        "  range   0.015 to 0.0213: as prices differ between regions",
        "  from    another region: us-east-1",
    ]
    assert main([*asked, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["range"] == {"low": 0.015, "high": 0.0213}
