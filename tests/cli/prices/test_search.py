"""``tollbar prices search``: prices by the words people use."""

from __future__ import annotations

import json

import pytest

from tollbar.cli.app import main


def test_a_line_names_the_price_its_unit_region_date_and_trust(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prices", "search", "EBS", "gp3", "ireland"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        "aws/ebs/storage/gp3 0.088 USD per GB-month eu-west-1 and 30 more 2024-07-18 A",
        "aws/ebs/iops/gp3 0.0055 USD per IOPS-month eu-west-1 and 30 more 2024-07-18 A",
        "aws/ebs/throughput/gp3 0.044 USD per MBps-month eu-west-1 and 30 more 2024-07-18 A",
    ]


def test_a_long_list_is_cut_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prices", "search", "m5.large", "--most", "1"]) == 0
    first, rest = capsys.readouterr().out.splitlines()
    assert first.startswith("aws/ec2/instance/linux/shared/on_demand/m5.large  0.096 USD per hour  us-east-1 and ")
    assert rest.startswith("… ")


@pytest.mark.parametrize("word", ["%", "xqzzy", "__"])
def test_nothing_found_is_an_error(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prices", "search", word]) == 3
    message, hint = capsys.readouterr().err.splitlines()
    assert message == f"error: no price is called {word!r}"
    assert hint.strip() == "Try fewer or shorter words."


@pytest.mark.parametrize("words", [["", ""], [" "], ["\t", "\n"]])
def test_no_word_is_an_error(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prices", "search", *words]) == 3
    assert capsys.readouterr().err.splitlines()[0] == "error: no word given"


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("a\udcff", "error: 'a\\udcff' is no name: it holds characters that cannot be printed\n"),
        ("a\x1b[31m", "error: 'a\\x1b[31m' is no name: it holds characters that cannot be printed\n"),
        ("x" * 20_000, f"error: no price is called '{'x' * 60}…'\n  Try fewer or shorter words.\n"),
        ("x q " * 5_000, f"error: no price is called '{'x q ' * 15}…'\n  Try fewer or shorter words.\n"),
    ],
)
@pytest.mark.parametrize("command", ["search", "show"])
def test_what_no_name_holds_is_told_without_printing_it(
    command: str, word: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["prices", command, word]) == 3
    assert capsys.readouterr().err == message


def test_a_typo_suggests(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prices", "search", "m5.lrage"]) == 3
    assert capsys.readouterr().err.splitlines()[1].strip() == "Did you mean 'm5.large'?"


def test_words_left_out_are_told_apart_from_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prices", "search", "eks", "extended", "xqzzy", "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert [price["path"] for price in json.loads(out)] == ["aws/eks/cluster/extended"]
    assert err == "note: no price is called all of that; without 'xqzzy':\n"


def test_the_unit_price_of_json_is_what_holds_after_a_free_amount(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prices", "search", "azure", "egress", "eastus", "--most", "1", "--format", "json"]) == 0
    (price,) = json.loads(capsys.readouterr().out)
    assert (price["path"], price["unit"], price["unit_price"]) == ("azure/bandwidth/internet_egress", "GB", 0.087)
    assert price["tiers"][:2] == [{"start": 0.0, "unit_price": 0.0}, {"start": 100.0, "unit_price": 0.087}]
