"""``tollbar check``: exit codes, outputs, and what bad input gets."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, running_opa_server
from tests.golden.cases import FOLDER as GOLDEN
from tollbar.cli.app import main

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = ROOT / "examples" / "terraform"
PLAN = GOLDEN / "three_clouds" / "plan.json"


def test_a_denied_change_exits_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(EXAMPLE)]) == 1
    printed = capsys.readouterr()
    assert "TB101 environment_limit" in printed.out
    assert printed.out.endswith("exit 1\n")
    assert printed.err == ""


def test_a_change_within_policy_exits_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(PLAN)]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("exit 0")


def test_a_change_to_be_approved_exits_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "tollbar.yml"
    config.write_text(
        """
version: 1
policies: {rules: {deployment_limit: {mode: approve, limit: 10}}}
approvers: [{up_to: 100, role: team-lead}, {up_to: 5000, role: director}]
""",
        encoding="utf-8",
    )
    assert main(["check", str(PLAN), "--config", str(config)]) == 2
    assert "to be approved by director" in capsys.readouterr().out


def test_an_environment_in_another_case_keeps_its_limit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "tollbar.yml"
    config.write_text("version: 1\npolicies: {rules: {environment_limit: {limits: {dev: 1}}}}\n", encoding="utf-8")
    assert main(["check", str(PLAN), "--config", str(config), "--environment", "DEV"]) == 1
    assert "over the dev limit of $1.00" in capsys.readouterr().out


def test_the_report_goes_to_a_file_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "report.json"
    assert main(["check", str(PLAN), "--format", "json", "--out", str(out)]) == 0
    assert capsys.readouterr().out == ""
    assert json.loads(out.read_text(encoding="utf-8"))["exit_code"] == 0
    assert [file.name for file in tmp_path.iterdir()] == ["report.json"]


def test_a_base_turns_the_check_into_one_of_the_change(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = tmp_path / "base"
    shutil.copytree(EXAMPLE, base)
    (base / "dev.auto.tfvars").write_text('services = { api = { instance_type = "m5.large" } }\n', encoding="utf-8")
    assert main(["check", str(EXAMPLE), "--base", str(base), "--format", "json"]) == 1
    document = json.loads(capsys.readouterr().out)
    changes = {r["address"]: r["action"] for r in document["estimate"]["resources"] if r["action"] != "no-op"}
    assert changes == {
        'module.service["api"].aws_instance.this[1]': "create",
        'module.service["report"].aws_instance.this[0]': "create",
        'module.service["search"].aws_instance.this[0]': "create",
    }
    assert "TB104" in {finding["code"] for finding in document["decision"]["findings"]}


def test_a_date_and_off_may_be_written_as_yaml_reads_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "tollbar.yml"
    config.write_text(
        """
version: 1
policies:
  rules:
    environment_limit: {mode: off}
    required_tags: {enforce_from: 2026-01-01}
""",
        encoding="utf-8",
    )
    arguments = ["check", str(EXAMPLE), "--config", str(config), "--format", "json", "--now"]
    assert main([*arguments, "2025-12-31T23:59:59Z"]) == 0
    assert main([*arguments, "2026-01-01T00:00:00Z"]) == 1
    assert "TB101" not in capsys.readouterr().out


def test_an_input_that_is_given_twice_does_not_count_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_eip" "a" {}\n', encoding="utf-8")
    assert main(["check", str(tmp_path), f"{tmp_path}/../{tmp_path.name}"]) == 3
    assert "this input is given twice" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("told", "warning"),
    [
        (["aws_eip.b"], "aws_eip.b. Did you mean 'aws_eip.a'?"),
        (["aws_nat_gateway.main"], "aws_nat_gateway.main\n"),
        (["aws_nat_gateway.w", "aws_nat_gateway.x", "aws_eip.a"], "aws_nat_gateway.w, aws_nat_gateway.x\n"),
    ],
)
def test_use_of_what_is_not_there_is_warned_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, told: list[str], warning: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.tf").write_text('resource "aws_eip" "a" {}\n', encoding="utf-8")
    uses = "".join(f"  {address}: {{}}\n" for address in told)
    (tmp_path / "u.yml").write_text(f"version: 0.1\nresource_usage:\n{uses}", encoding="utf-8")
    assert main(["estimate", ".", "--usage-file", "u.yml"]) == 0
    told_of = " ".join(capsys.readouterr().out.split())
    assert f"! u.yml tells of resources that are not there: {warning.strip()}" in told_of


def test_the_estimate_as_json_leaves_its_warnings_to_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The document is a contract without a place for them, and what is read by a program is read past them."""
    (tmp_path / "main.tf").write_text('module "x" {\n  source = "corp/vpc/aws"\n}\n', encoding="utf-8")
    assert main(["estimate", str(tmp_path), "--format", "json"]) == 0
    told = capsys.readouterr()
    assert [resource["address"] for resource in json.loads(told.out)["resources"]] == ["module.x"]
    assert told.err == (
        f"warning: {tmp_path}/main.tf:1: module.x is not priced, its source 'corp/vpc/aws' has not been downloaded: "
        "run terraform init\n"
    )


def test_several_projects_are_one_deployment(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["estimate", str(PLAN), str(EXAMPLE), "--format", "json"]) == 0
    both = json.loads(capsys.readouterr().out)
    addresses = [resource["address"] for resource in both["resources"]]
    assert f"{PLAN}:aws_instance.a" in addresses
    assert f"{EXAMPLE}:aws_nat_gateway.main" in addresses
    assert both["totals"]["by_cloud"].keys() == {"aws", "azure", "gcp"}


def test_a_server_decides_by_its_own_settings(opa: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with running_opa_server(opa, ["--ignore", "*_test.rego", str(ROOT / "rego")]) as url:
        assert main(["check", str(EXAMPLE), "--opa-url", url]) == 1
    assert "the server at --opa-url decides by its own policy" in capsys.readouterr().err


def test_more_policies_can_be_added(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "broken.rego").write_text("package tollbar.rules.a.x\n\nallow if {\n", encoding="utf-8")
    assert main(["check", str(PLAN), "--policy", str(tmp_path)]) == 3
    assert "broken.rego" in capsys.readouterr().err


def test_policies_that_decide_nothing_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "main.rego").write_text('package main\n\ndeny contains "no"\n', encoding="utf-8")
    assert main(["check", str(PLAN), "--policy", str(tmp_path)]) == 3
    assert f"--policy {tmp_path} has no rule, but package main" in capsys.readouterr().err


BAD_FILES = {
    "broken.json": '{\n  "planned_values": [\n',
    "other.json": '{"name": "package", "version": 1}',
    "newer.json": '{"schema_version": "7.0", "resources": [], "totals": {}}',
    "state.json": '{"format_version": "1.0", "values": {"root_module": {}}}',
    "notes.txt": "hello",
}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["absent"], "error: absent: there is no such file or directory"),
        (["broken.json"], "error: broken.json:3: "),
        (["other.json"], "error: other.json"),
        (["newer.json"], "is an estimate of schema version '7.0'; this release reads '1.0'"),
        (["state.json"], "state.json"),
        (["notes.txt"], "notes.txt"),
        (["plan.json", "--usage-file", "usage.yml"], "usage.yml:4: aws_instance has no usage key 'monthly_hours'"),
        (["plan.json", "--usage-file", "words.yml"], "error: words.yml:4: monthly_hrs must be a number, not 'many'"),
        (["plan.json", "--usage-file", "absent.yml"], "absent.yml"),
        (["plan.json", "--config", "bad.yml"], "bad.yml:2: unknown key 'polices'\n  Did you mean 'policies'?"),
        (
            ["plan.json", "--config", "rule.yml"],
            "rule.yml: policies.rules.environment_limt is not known (did you mean environment_limit?)",
        ),
        (["plan.json", "--format", "tabel"], "unknown format 'tabel'"),
        (["plan.json", "--now", "yesterday"], "--now 'yesterday' is not an RFC 3339 time"),
        (["plan.json", "--now", "2026-11-21"], "is not an RFC 3339 time\n  Write it as 2026-11-21T12:00:00Z."),
        (["plan.json", "--opa", "./absent-opa"], "./absent-opa is not a program that can be run"),
        (["plan.json", "--opa", "./broken-opa"], "error: opa failed: no message"),
        (["plan.json", "--opa-url", "http://127.0.0.1:9"], "OPA at http://127.0.0.1:9 cannot be reached"),
        (["plan.json", "--out", "no/such/folder/report.json"], "cannot be written"),
        (["empty"], "error: empty"),
        (["syntax"], "error: syntax/main.tf:2: expected an expression"),
        (["variable"], "error: variable/main.tf:1: the variable 'size' has no value, and how many resources there are"),
        (["variable", "--var", "siz=2"], "declares no such variable\n  Did you mean 'size'?"),
        (["variable", "--var", "size"], "--var 'size' is not NAME=VALUE"),
        (["variable", "--var-file", "absent.tfvars"], "absent.tfvars: cannot be read"),
        (["variable", "--var-file", "bad.tfvars"], "bad.tfvars:3: expected an expression"),
        (["--nope"], "No such option: --nope"),
        ([], "Missing argument"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_input_gets_one_clear_message_and_exit_3(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _write_bad_inputs(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["check", *arguments]) == 3
    printed = capsys.readouterr()
    assert message in printed.err
    assert "Traceback" not in printed.err
    assert printed.out == ""


def _write_bad_inputs(folder: Path) -> None:
    for name, text in BAD_FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    shutil.copy(PLAN, folder / "plan.json")
    (folder / "usage.yml").write_text(
        "version: 0.1\nresource_usage:\n  aws_instance.a:\n    monthly_hours: 3\n", encoding="utf-8"
    )
    (folder / "words.yml").write_text(
        "version: 0.1\nresource_usage:\n  aws_instance.*:\n    monthly_hrs: many\n", encoding="utf-8"
    )
    (folder / "bad.yml").write_text("version: 1\npolices: {}\n", encoding="utf-8")
    (folder / "rule.yml").write_text("version: 1\npolicies: {rules: {environment_limt: {}}}\n", encoding="utf-8")
    broken = folder / "broken-opa"
    broken.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    broken.chmod(0o755)
    (folder / "empty").mkdir()
    (folder / "syntax").mkdir()
    (folder / "syntax" / "main.tf").write_text('resource "aws_eip" "x" {\n  domain =\n}\n', encoding="utf-8")
    (folder / "variable").mkdir()
    (folder / "variable" / "main.tf").write_text(
        'variable "size" {}\nresource "aws_eip" "x" {\n  count = var.size\n}\n', encoding="utf-8"
    )
    (folder / "bad.tfvars").write_text("size = 1\nsize2 = [\n", encoding="utf-8")


def test_a_project_with_something_that_cannot_be_priced_prices_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "main.tf").write_text(
        """
provider "aws" {
  region = "us-east-1"
}
resource "aws_instance" "known" {
  instance_type = "t3.medium"
}
resource "aws_quantum_computer" "q" {
}
resource "aws_instance" "many" {
  count         = length(data.aws_instances.all.ids)
  instance_type = "t3.medium"
}
data "aws_instances" "all" {}
""",
        encoding="utf-8",
    )
    assert main(["check", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "aws_instance.known" in printed
    assert "types Tollbar cannot price: aws_quantum_computer (1)" in printed
    assert "aws_instance.many" in printed
    assert "how many there are" in printed


def test_a_pipe_gets_no_colours_and_errors_go_to_stderr(tmp_path: Path) -> None:
    environment = {**os.environ, "PATH": f"{ROOT / '.tools' / 'bin'}:{os.environ['PATH']}"}
    command = [sys.executable, "-m", "tollbar", "check"]
    good = subprocess.run([*command, str(PLAN)], capture_output=True, text=True, check=False, env=environment)
    assert "\x1b" not in good.stdout
    assert good.stderr == ""
    bad = subprocess.run([*command, str(tmp_path / "x")], capture_output=True, text=True, check=False, env=environment)
    assert (bad.returncode, bad.stdout) == (3, "")
    assert bad.stderr.startswith("error: ")


def test_workloads_of_the_configuration_are_priced_beside_the_infrastructure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "main.tf").write_text(
        'provider "aws" {\n  region = "us-east-1"\n}\nresource "aws_nat_gateway" "n" {\n}\n', encoding="utf-8"
    )
    (tmp_path / "tollbar.yml").write_text(
        "version: 1\nworkloads:\n  - {name: bot, kind: llm, model: gpt-4o, estimated_tokens: 10000000}\n",
        encoding="utf-8",
    )
    assert main(["estimate", str(tmp_path), "--no-assumptions", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    costs = {resource["address"]: resource["monthly_cost"] for resource in document["resources"]}
    assert costs == {"aws_nat_gateway.n": 32.85, "workload.bot": 55}
