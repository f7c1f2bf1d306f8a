"""``tollbar commitments``, and what commitments make of ``estimate`` and ``check``."""

from __future__ import annotations

import json
import sys
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.aws_account_server import AwsAccount, aws_account_server
from tests.golden.cases import FOLDER as GOLDEN
from tests.golden.cases import NOW
from tollbar.adjust.commitment import ReservedInstance, SavingsPlan
from tollbar.adjust.commitment_file import read_inventory
from tollbar.cli.app import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CASE = GOLDEN / "commitments"
PLAN = str(CASE / "plan.json")
INVENTORY = CASE / "commitments.yml"
NOTHING_AN_HOUR = "{kind: savings_plan, id: a, plan: compute, start: 2026-01-01, end: 2026-12-31, hourly_commitment: 0}"


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[AwsAccount]:
    """An AWS account on loopback, with credentials that are none."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIATESTTESTTESTTEST")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-tests")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    monkeypatch.chdir(tmp_path)
    with aws_account_server() as state:
        monkeypatch.setenv("AWS_ENDPOINT_URL", state.url)
        yield state


IMPORTED = """\
commitments.yml: 3 commitments
  reserved instance db-1: 1 x db.m5.large (rds) in us-east-1 at $0.117 an hour, until 2027-03-01
  reserved instance ri-1: 2 x m5.xlarge (ec2) in us-east-1 at $0.121 an hour, until 2027-01-10
  savings plan sp-1: $0.5 an hour of compute, until 2027-05-31
reserved instances: 93.5% used in the 30 days before TODAY
savings plans: 88% used in the 30 days before TODAY
"""


def test_the_commitments_of_an_account_become_an_inventory_file(
    account: AwsAccount, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["commitments", "import", "aws"]) == 0
    inventory = read_inventory(tmp_path / "commitments.yml")
    assert inventory.measured is not None
    assert capsys.readouterr().out == IMPORTED.replace("TODAY", inventory.measured.on.isoformat())
    told = {"kind": "reserved_instance", "region": "us-east-1", "term": "1_year"}
    database = {**told, "id": "db-1", "service": "rds", "type": "db.m5.large", "count": 1, "engine": "postgres"}
    machines = {**told, "id": "ri-1", "service": "ec2", "type": "m5.xlarge", "count": 2, "payment": "partial_upfront"}
    assert inventory.commitments == (
        ReservedInstance.model_validate(
            {**database, "hourly_rate": "0.117", "start": date(2026, 3, 1), "end": date(2027, 3, 1)}
        ),
        ReservedInstance.model_validate(
            {**machines, "hourly_rate": "0.121", "start": date(2026, 1, 10), "end": date(2027, 1, 10)}
        ),
        SavingsPlan(
            kind="savings_plan", id="sp-1", plan="compute", hourly_commitment=Decimal("0.5"),
            start=date(2026, 6, 1), end=date(2027, 5, 31),
        ),
    )  # fmt: skip
    regions = [region for operation, region in account.asked if operation == "DescribeReservedInstances"]
    assert regions == ["eu-west-1", "us-east-1"]


def test_an_imported_file_is_applied(account: AwsAccount, capsys: pytest.CaptureFixture[str]) -> None:
    assert account.url
    assert main(["commitments", "import", "aws", "--region", "us-east-1", "--out", "own.yml"]) == 0
    assert {region for _, region in account.asked} == {"us-east-1"}
    capsys.readouterr()
    document = _estimated(["--commitments", "own.yml"], capsys)
    assert {used["id"]: used["used_percent"] for used in document["commitments"]} == {
        "db-1": 100, "ri-1": 100, "sp-1": 0,
    }  # fmt: skip


def test_what_was_found_as_json(account: AwsAccount, capsys: pytest.CaptureFixture[str]) -> None:
    assert account.url
    assert main(["commitments", "import", "aws", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["file"] == "commitments.yml"
    assert [told["id"] for told in document["commitments"]] == ["ri-1", "db-1", "sp-1"]
    assert document["measured"]["reserved_instances_percent"] == "93.5"


def test_a_file_is_replaced_only_if_told(
    account: AwsAccount, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "commitments.yml").write_text("commitments: []\n", encoding="utf-8")
    assert main(["commitments", "import", "aws"]) == 3
    assert capsys.readouterr().err == (
        "error: commitments.yml is there already\n  --force replaces it; what was added by hand is lost.\n"
    )
    assert account.asked == []
    assert main(["commitments", "import", "aws", "--force"]) == 0
    assert len(read_inventory(tmp_path / "commitments.yml").commitments) == 3


def test_a_refusal_leaves_no_file(account: AwsAccount, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    account.refuses = True
    assert main(["commitments", "import", "aws"]) == 3
    error = capsys.readouterr().err
    assert error.startswith("error: AWS does not tell its commitments: An error occurred (UnauthorizedOperation)")
    assert "secret-of-the-tests" not in error
    assert not (tmp_path / "commitments.yml").exists()


def test_a_profile_that_is_none_is_named(
    account: AwsAccount, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "finance")
    assert main(["commitments", "import", "aws"]) == 3
    assert capsys.readouterr().err == "error: AWS cannot be asked: The config profile (finance) could not be found\n"
    assert account.asked == []


def test_without_boto3_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)
    monkeypatch.setattr("sys.argv", ["tollbar"])
    assert main(["commitments", "import", "aws", "--out", "absent.yml"]) == 3
    assert "boto3, which is not installed\n  pip install 'tollbar[aws]'" in capsys.readouterr().err


def _estimated(options: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(["estimate", PLAN, *options, "--format", "json", "--now", NOW]) == 0
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


def test_the_option_and_the_configuration_give_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "inventories").mkdir()
    (tmp_path / "inventories" / "own.yml").write_text(INVENTORY.read_text(encoding="utf-8"), encoding="utf-8")
    config = tmp_path / "tollbar.yml"
    config.write_text("version: 1\ncommitments: inventories/own.yml\n", encoding="utf-8")
    by_configuration = _estimated(["--config", str(config)], capsys)
    assert by_configuration["totals"]["costs"]["effective"] == 900.94
    assert _estimated(["--commitments", str(INVENTORY)], capsys) == by_configuration


def test_the_option_comes_before_the_configuration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "none.yml").write_text("", encoding="utf-8")
    (tmp_path / "tollbar.yml").write_text(f"version: 1\ncommitments: {INVENTORY}\n", encoding="utf-8")
    options = ["--config", str(tmp_path / "tollbar.yml"), "--commitments", str(tmp_path / "none.yml")]
    document = _estimated(options, capsys)
    assert document["commitments"] == []
    assert document["totals"]["costs"] == {
        "list": 1193.62, "committed": 0, "effective": 1193.62, "effective_previous": 803.66, "effective_delta": 389.96,
    }  # fmt: skip


def test_nothing_is_said_of_commitments_where_none_are_given(capsys: pytest.CaptureFixture[str]) -> None:
    document = _estimated([], capsys)
    assert "commitments" not in document
    assert "costs" not in document["totals"]
    assert {key for resource in document["resources"] for key in resource} & {
        "costs",
        "previous_effective_cost",
    } == set()


def test_a_base_is_estimated_with_the_same_commitments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main_tf = (
        'provider "aws" {{\n  region = "us-east-1"\n}}\nresource "aws_instance" "a" {{\n  instance_type = "{}"\n}}\n'
    )
    for folder, size in (("before", "m5.xlarge"), ("after", "m5.2xlarge")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "main.tf").write_text(main_tf.format(size), encoding="utf-8")
    arguments = [str(tmp_path / "before"), str(tmp_path / "after"), "--commitments", str(INVENTORY)]
    assert main(["diff", *arguments]) == 0
    printed = capsys.readouterr().out
    assert printed.count("commitment ri-old: not applied: it ended on 2026-10-31") == 1
    assert main(["diff", *arguments, "--format", "json"]) == 0
    costs = json.loads(capsys.readouterr().out)["totals"]["costs"]
    # Two m5.xlarge at $0.121 an hour are reserved: one is used before, both after. The disk is 8 GiB of gp2.
    assert costs == {
        "list": 281.12, "committed": 176.66, "effective": 177.46, "effective_previous": 89.13, "effective_delta": 88.33,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "commitments.yml: cannot be read: No such file or directory"),
        ("commitment: []\n", "commitments.yml:1: unknown key 'commitment'\n  Did you mean 'commitments'?"),
        (f"commitments:\n  - {NOTHING_AN_HOUR}\n", "commitments.yml:2: commitments.0.hourly_commitment: Input"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_file_is_named_with_its_place(
    text: str | None, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "tollbar.yml"
    config.write_text("version: 1\ncommitments: commitments.yml\n", encoding="utf-8")
    if text is not None:
        (tmp_path / "commitments.yml").write_text(text, encoding="utf-8")
    assert main(["check", PLAN, "--config", str(config)]) == 3
    assert capsys.readouterr().err.startswith(f"error: {tmp_path}/{message}")


def test_commitments_cannot_be_applied_to_a_stored_estimate(capsys: pytest.CaptureFixture[str]) -> None:
    stored = CASE / "expected" / "estimate.json"
    assert main(["check", str(stored), "--commitments", str(INVENTORY)]) == 3
    assert "is an estimate; commitments are applied when one is made" in capsys.readouterr().err
