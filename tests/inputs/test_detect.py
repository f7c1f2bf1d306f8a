"""What a path is, and what is said of those that are nothing Tollbar reads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.inputs.conftest import DATA, plan, resource
from tollbar.errors import InputError
from tollbar.inputs import detect
from tollbar.inputs.interface import ReadOptions

if TYPE_CHECKING:
    from pathlib import Path

    from tests.inputs.conftest import WriteProject

PLAN = json.dumps(plan(resource("aws_eip.a")))


def read(path: Path) -> list[str]:
    return [resource.address for resource in detect.read(path, ReadOptions()).after]


def error_of(path: Path) -> str:
    with pytest.raises(InputError) as error:
        detect.read(path, ReadOptions())
    return str(error.value).replace(str(path), "PATH").replace(str(path.parent), "PARENT")


def written(directory: Path, content: str | bytes, name: str = "plan.json") -> Path:
    file = directory / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def test_a_plan_and_a_directory_are_told_apart(tmp_path: Path, project: WriteProject) -> None:
    assert read(written(tmp_path, PLAN)) == ["aws_eip.a"]
    assert read(project({"main.tf": 'resource "aws_eip" "b" {}'})) == ["aws_eip.b"]


@pytest.mark.parametrize(
    "content",
    [
        f"[command]/opt/terraform-bin show -json plan.bin\n{PLAN}\n::debug::stdout: x\n",
        f"\n::group::plan\n[command]terraform\n{PLAN}",
        PLAN.encode("utf-16"),
        PLAN.encode("utf-8-sig"),
        f"{PLAN}\n\n",
    ],
    ids=["wrapper", "group", "PowerShell", "byte order mark", "new lines"],
)
def test_what_shells_and_wrappers_add_is_no_trouble(tmp_path: Path, content: str | bytes) -> None:
    assert read(written(tmp_path, content)) == ["aws_eip.a"]


def test_an_expected_file_of_any_name_is_a_plan(tmp_path: Path) -> None:
    assert read(written(tmp_path, PLAN, "tfplan")) == ["aws_eip.a"]


def test_a_path_with_nothing_there_names_the_nearest(tmp_path: Path) -> None:
    written(tmp_path, PLAN, "plan.json")
    assert error_of(tmp_path / "plam.json") == ("PATH: there is no such file or directory\n  Did you mean 'plan.json'?")
    assert "Expected is a Terraform directory" in error_of(tmp_path / "no" / "such")


def test_a_binary_plan_says_how_to_write_it_as_json(tmp_path: Path) -> None:
    assert error_of(written(tmp_path, b"PK\x03\x04rest", "plan.bin")) == (
        "PATH: this is a plan in Terraform's binary form\n  Write it as JSON: terraform show -json plan.bin > plan.json"
    )


@pytest.mark.parametrize(
    "state",
    [{"version": 4, "lineage": "x", "resources": []}, {"format_version": "1.0", "values": {"root_module": {}}}],
    ids=["file", "shown"],
)
def test_a_state_is_no_plan(tmp_path: Path, state: dict[str, object]) -> None:
    assert "PATH: this is a state, not a plan\n" in error_of(written(tmp_path, json.dumps(state)))


def test_other_json_is_no_plan(tmp_path: Path) -> None:
    assert error_of(written(tmp_path, '{"a": 1}')).startswith(
        'PATH: this is no Terraform plan: it has no "planned_values"\n  A plan in JSON, a Terraform directory'
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"a": 1,\n  "b" 2}', "PATH:2: not valid JSON: Expecting ':' delimiter (column 7)"),
        ("[command]x\n{,}", "PATH:2: not valid JSON: Expecting property name enclosed in double quotes (column 2)"),
        (f"{PLAN}\n{PLAN}", "PATH:2: not valid JSON: Something follows the end of the plan (column 1)"),
        ("[1]", "PATH:1: expected a JSON object, the plan"),
        ("  \n", "PATH: the file is empty"),
        ("Terraform will perform", "PATH:1: not valid JSON: Expecting value (column 1)"),
        ('{"@level": "info"}\n{"@level": "info"}', "PATH:1: this is the log of terraform plan -json, not the plan"),
        (b"\xff\xfe\xfd", "PATH: this is not a text file"),
        (b"\x80abc", "PATH: this is not a text file"),
        (json.dumps({**plan(), "errored": True}), "PATH: terraform plan ended with an error, the plan is incomplete"),
        (json.dumps({**plan(), "format_version": "2.0"}), "PATH: the plan's format_version 2.0: expected 1.x"),
    ],
)
def test_a_broken_plan_is_placed(tmp_path: Path, content: str | bytes, message: str) -> None:
    assert error_of(written(tmp_path, content)).split("\n")[0] == message


def test_a_file_of_a_module_points_to_its_directory(project: WriteProject) -> None:
    file = project({"main.tf": 'resource "aws_eip" "b" {}'}) / "main.tf"
    assert error_of(file) == "PATH: this is no input that Tollbar can read\n  Give the directory it is in: PARENT"


def test_a_directory_without_terraform_files_points_to_those_below(project: WriteProject) -> None:
    directory = project({"prod/main.tf": "", ".terraform/x.tf": "", "README.md": ""})
    assert error_of(directory).endswith("It has no *.tf files, but PATH/prod has: give that one.")


def test_an_empty_directory_says_what_was_expected(tmp_path: Path) -> None:
    assert "It has no *.tf or *.tf.json files." in error_of(tmp_path)


def test_a_terragrunt_directory_points_to_the_plan(project: WriteProject) -> None:
    assert "terragrunt show -json" in error_of(project({"terragrunt.hcl": ""}))


def test_a_directory_with_json_syntax_is_read(project: WriteProject) -> None:
    assert read(project({"main.tf.json": '{"resource": {"aws_eip": {"b": {}}}}'})) == ["aws_eip.b"]


def test_the_examples_of_the_tests_can_be_read() -> None:
    assert len(read(DATA / "repeated" / "plan.json")) == 19


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("foo: bar\n", "PATH: this YAML is no input that Tollbar can read"),
        ("a: [1\n", "PATH:2: not valid YAML: did not find expected ',' or ']' (column 1)"),
    ],
)
def test_other_yaml_is_not_called_wrong_json(tmp_path: Path, content: str, message: str) -> None:
    assert error_of(written(tmp_path, content, "values.yaml")).startswith(message)
