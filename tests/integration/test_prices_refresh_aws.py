"""The command ``prices refresh aws`` as a user runs it, against a Price List on loopback."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from tests.catalog.refresh.aws.price_list_server import PriceListState, document, price_list_server
from tests.conftest import ROOT
from tollbar.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ACCESS_KEY: Final = "AKIATESTTESTTESTTEST"
SECRET_KEY: Final = "secret-of-the-tests"  # noqa: S105 -- opens nothing
TOKEN: Final = "token-of-the-tests"  # noqa: S105 -- opens nothing
NOT_TO_BE_SHOWN: Final = (ACCESS_KEY, SECRET_KEY, TOKEN, "123456789012", "secret-role")
IRELAND: Final = {"regionCode": "eu-west-1", "locationType": "AWS Region"}
NAT_AND_ECR: Final = ("--service", "nat_gateway", "--service", "ecr", "--region", "eu-west-1")
PLAN: Final = """
provider "aws" {
  region = "eu-west-1"
}

resource "aws_nat_gateway" "out" {
  allocation_id = "eipalloc-1"
  subnet_id     = "subnet-1"
}
"""
NEW_USD: Final = 0.05
EMBEDDED_MONTH, NEW_MONTH, NEWEST_MONTH = "35.04", "36.5", "43.8"
"""730 hours at $0.048, 0.05 and 0.06."""
_SECONDS: Final = 120


class Finished(NamedTuple):
    """What a command gave back."""

    code: int
    out: str
    err: str


class Shell:
    """Runs tollbar with a folder of refreshed prices of its own, with credentials that are none."""

    def __init__(self, home: Path, server: PriceListState) -> None:
        self.prices = home / "prices"
        self.snapshot = self.prices / "aws-price-list.sqlite"
        self.server = server
        self.credentials = {
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
            "AWS_SESSION_TOKEN": TOKEN,
        }
        self._home = home
        (home / "plan").mkdir()
        (home / "plan" / "main.tf").write_text(PLAN, encoding="utf-8")

    def refresh(self, *options: str) -> Finished:
        """Run the refresh of AWS against the server."""
        return self.run("prices", "refresh", "aws", *options, "--endpoint", self.server.url)

    def run(self, *arguments: str) -> Finished:
        """Run tollbar to its end."""
        return _finished(self.start(*arguments))

    def python(self, program: str) -> Finished:
        """Run a program."""
        return _finished(self._start("-c", program))

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start tollbar."""
        return self._start("-m", "tollbar", *arguments)

    def _start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=self._home,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def monthly_usd(self) -> str:
        """Return what the NAT gateway of the plan costs a month."""
        found = self.run("estimate", "plan", "--no-assumptions", "--format", "json")
        assert found.code == ExitCode.PASS, found.err
        return str(json.loads(found.out)["resources"][0]["monthly_cost"])

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TOLLBAR_"))}
        return kept | {
            "PYTHONPATH": str(ROOT / "estimators"),
            "HOME": str(self._home),
            "NO_PROXY": "127.0.0.1",
            "TOLLBAR_PRICES_DIR": str(self.prices),
            "AWS_EC2_METADATA_DISABLED": "true",
            **self.credentials,
        }


def _finished(process: subprocess.Popen[str]) -> Finished:
    out, err = process.communicate(timeout=_SECONDS)
    return Finished(process.returncode, out, err)


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """A shell beside a Price List that sells NAT gateways and the storage of images in Ireland."""
    with price_list_server() as server:
        _sell(server, nat="0.0500000000")
        yield Shell(tmp_path, server)


def _sell(server: PriceListState, *, nat: str) -> None:
    server.products = [
        document(
            "HOURS",
            "AmazonEC2",
            {**IRELAND, "usagetype": "EU-NatGateway-Hours"},
            ("Hrs", "0", nat),
            family="NAT Gateway",
        ),
        document(
            "IMAGES",
            "AmazonECR",
            {**IRELAND, "usagetype": "EU-TimedStorage-ByteHrs"},
            ("GB-Mo", "0", "0.1000000000"),
            family="EC2 Container Registry",
        ),
    ]


def _codes(server: PriceListState) -> list[str]:
    """Return the service codes that GetProducts was asked for."""
    return [body["ServiceCode"] for operation, body in server.asked if operation == "GetProducts"]


def test_refreshed_prices_are_used_from_then_on(shell: Shell) -> None:
    done = shell.refresh(*NAT_AND_ECR)

    assert (done.code, done.err) == (ExitCode.PASS, "")
    assert done.out.splitlines()[0] == "aws: 2 read; 2 prices"
    assert done.out.splitlines()[-1] == f"  in use now: {shell.snapshot}"
    shown = shell.run("prices", "show", "aws/nat_gateway/hours", "--region", "eu-west-1", "--format", "json")
    first = json.loads(shown.out)[0]
    assert (first["layer"], first["trust"], first["as_of"]) == ("refreshed aws-price-list.sqlite", "A", "2026-11-20")
    assert first["unit_price"] == NEW_USD
    assert shell.monthly_usd() == NEW_MONTH


def test_a_dry_run_replaces_nothing(shell: Shell) -> None:
    done = shell.refresh(*NAT_AND_ECR, "--dry-run")

    assert (done.code, done.err) == (ExitCode.PASS, "")
    assert done.out.splitlines()[-1] == f"  a dry run: nothing was replaced: {shell.snapshot}"
    assert not shell.snapshot.exists()
    assert shell.monthly_usd() == EMBEDDED_MONTH


def test_what_was_read_within_a_day_is_not_asked_for_again(shell: Shell) -> None:
    assert shell.refresh(*NAT_AND_ECR, "--max-age", "24h").code == ExitCode.PASS
    shell.server.asked.clear()

    again = shell.refresh(*NAT_AND_ECR, "--max-age", "24h")

    assert (again.code, shell.server.asked) == (ExitCode.PASS, [])
    assert again.out.endswith("UTC, recent enough; nothing to do\n")


def test_expired_credentials_are_told_with_what_to_do_and_no_secret(shell: Shell) -> None:
    shell.server.refusals.append((400, "ExpiredTokenException"))

    done = shell.refresh(*NAT_AND_ECR)

    assert (done.code, done.out) == (ExitCode.ERROR, "")
    assert "AWS answers ExpiredTokenException to GetProducts" in done.err
    assert "log in again (aws sso login)" in done.err
    assert [secret for secret in NOT_TO_BE_SHOWN if secret in done.err] == []
    assert not shell.snapshot.exists()


def test_without_credentials_it_is_said_which_permissions_are_needed(shell: Shell) -> None:
    shell.credentials = {}

    done = shell.refresh(*NAT_AND_ECR)

    assert done.code == ExitCode.ERROR
    assert "there are no AWS credentials (NoCredentialsError)" in done.err
    assert "pricing:GetProducts" in done.err
    assert shell.server.asked == []


def test_a_killed_run_leaves_the_old_prices_and_is_gone_on_with(shell: Shell) -> None:
    assert shell.refresh(*NAT_AND_ECR).code == ExitCode.PASS
    before = shell.snapshot.read_bytes()
    _sell(shell.server, nat="0.0600000000")
    shell.server.asked.clear()
    shell.server.answered_before_hold = 1

    running = shell.start("prices", "refresh", "aws", *NAT_AND_ECR, "--endpoint", shell.server.url)
    assert shell.server.held.wait(_SECONDS)
    running.kill()
    running.communicate(timeout=_SECONDS)

    assert running.returncode == -signal.SIGKILL
    assert shell.snapshot.read_bytes() == before
    assert shell.monthly_usd() == NEW_MONTH

    shell.server.released.set()
    shell.server.answered_before_hold = None
    shell.server.asked.clear()
    done = shell.refresh(*NAT_AND_ECR)

    assert (done.code, done.err) == (ExitCode.PASS, "")
    assert done.out.splitlines()[0] == "aws: 1 read, 1 read before; 2 prices"
    assert _codes(shell.server) == ["AmazonECR"]
    assert shell.monthly_usd() == NEWEST_MONTH


def test_all_three_apis_are_asked_at_the_endpoint(shell: Shell) -> None:
    shell.server.savings_plans = [
        {
            "savingsPlanOffering": {
                "offeringId": "b9b6d3f0",
                "paymentOption": "No Upfront",
                "planType": "Compute",
                "durationSeconds": 31_536_000,
                "currency": "USD",
            },
            "rate": "0.0780",
            "unit": "Hrs",
            "productType": "EC2",
            "serviceCode": "AmazonEC2",
            "usageType": "EU-BoxUsage:m5.large",
            "operation": "RunInstances",
            "properties": [
                {"name": "productDescription", "value": "Linux/UNIX"},
                {"name": "tenancy", "value": "shared"},
            ],
        }
    ]
    shell.server.spot_prices = (
        "<item><instanceType>m5.large</instanceType><productDescription>Linux/UNIX</productDescription>"
        "<spotPrice>0.041</spotPrice><timestamp>2026-11-26T08:00:00.000Z</timestamp>"
        "<availabilityZone>eu-west-1a</availabilityZone></item>"
    )
    done = shell.refresh(*NAT_AND_ECR, "--service", "savings_plans", "--service", "ec2_spot")

    assert (done.code, done.err) == (ExitCode.PASS, "")
    assert done.out.splitlines()[0] == "aws: 4 read; 4 prices"
    assert set(shell.server.signed) == {("pricing", "us-east-1"), ("savingsplans", "us-east-1"), ("ec2", "eu-west-1")}


def test_all_services_are_read_and_those_that_are_not_sold_there_are_told(shell: Shell) -> None:
    done = shell.refresh("--region", "eu-west-1")

    assert (done.code, done.err) == (ExitCode.PASS, "")
    first, *others = done.out.splitlines()
    assert re.fullmatch(r"aws: \d+ read; 2 prices", first)
    assert "  left out: empty service: athena: no price was listed" in others
    assert re.fullmatch(r"  … \d+ more \(--format json lists them\)", others[-2])
    assert {"AmazonEC2", "AWSELB", "AmazonFSx", "CodeBuild", "AmazonCloudFront"} <= set(_codes(shell.server))


def test_help_loads_no_boto3(shell: Shell) -> None:
    program = "import sys; from tollbar.cli.app import main; main(['prices', 'refresh', '--help'])"
    done = shell.python(f"{program}; assert not [name for name in sys.modules if name.startswith('boto')]")
    assert (done.code, done.err) == (0, "")
