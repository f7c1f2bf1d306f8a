"""``tollbar prices``: what things cost, and where each price comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tollbar.cli.app import main

if TYPE_CHECKING:
    from collections.abc import Sequence


def _printed(capsys: pytest.CaptureFixture[str], arguments: Sequence[str]) -> list[str]:
    assert main(["prices", *arguments]) == 0
    return capsys.readouterr().out.splitlines()


def test_show_tells_price_date_trust_and_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert _printed(capsys, ["show", "aws/ec2/instance/linux/shared/on_demand/m5.large", "--region", "us-east-1"]) == [
        "aws/ec2/instance/linux/shared/on_demand/m5.large, USD per hour",
        "  us-east-1  0.096                     2026-07-20  A  karpenter-provider-aws",
        "  karpenter-provider-aws: aws/karpenter-provider-aws@1d927085d",
    ]


def test_show_writes_tiers_by_the_unit_people_read(capsys: pytest.CaptureFixture[str]) -> None:
    lines = _printed(capsys, ["show", "aws/api_gateway/requests/rest", "--region", "us-east-1"])
    assert lines[0] == "aws/api_gateway/requests/rest, USD per 1M requests"
    assert lines[1].split("  ")[2] == "3.5, 2.8 above 333, 2.38 above 1,000, 1.51 above 20,000"


def test_search_takes_words_and_a_region(capsys: pytest.CaptureFixture[str]) -> None:
    lines = _printed(capsys, ["search", "EBS", "gp3", "eu-west-1"])
    assert lines == [
        "aws/ebs/iops/gp3  0.0055 USD per IOPS-month in eu-west-1",
        "aws/ebs/storage/gp3  0.088 USD per GB-month in eu-west-1",
        "aws/ebs/throughput/gp3  0.044 USD per MBps-month in eu-west-1",
    ]


def test_search_cuts_a_long_list_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    lines = _printed(capsys, ["search", "m5.large", "--most", "1"])
    assert len(lines) == 2
    assert lines[1].startswith("… ")


@pytest.mark.parametrize("word", ["%", "_x_", "a'b"])
def test_search_takes_words_literally(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prices", "search", word]) == 3
    assert capsys.readouterr().err.startswith(f"error: no price is called {word!r}")


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
