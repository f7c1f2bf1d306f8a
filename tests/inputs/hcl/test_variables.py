"""Values of root variables, from everywhere that Terraform takes them from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tollbar.errors import InputError
from tollbar.inputs.hcl.module import load_module
from tollbar.inputs.hcl.variables import root_values
from tollbar.inputs.interface import ReadOptions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.inputs.conftest import WriteProject

DECLARED = {
    "main.tf": """
variable "size" { type = number }
variable "names" { type = list(string) }
variable "free" {}
"""
}


def values(directory: Path, **options: Any) -> Mapping[str, Any]:
    return root_values(load_module(directory, "infra"), ReadOptions(**options))[0]


def error_of(directory: Path, **options: Any) -> str:
    with pytest.raises(InputError) as error:
        values(directory, **options)
    return str(error.value).replace(str(directory), "DIR")


def test_later_sources_win(project: WriteProject, tmp_path: Path) -> None:
    files = {
        "terraform.tfvars": "size = 1\n",
        "terraform.tfvars.json": '{"size": 2}',
        "b.auto.tfvars": "size = 4\n",
        "a.auto.tfvars.json": '{"size": 3}',
        "../one.tfvars": "size = 5\n",
        "../two.tfvars": "size = 6\n",
    }
    sources = list(files)
    environment = {"TF_VAR_size": "0"}
    directory = project(DECLARED)
    assert values(directory, environment=environment) == {"size": "0"}
    for number, name in enumerate(sources[:4], start=1):
        project({name: files[name]})
        expected = 2 if number == 2 else 4 if number >= 3 else 1
        assert values(directory, environment=environment)["size"] == expected
    project(files)
    var_files = (tmp_path / "one.tfvars", tmp_path / "two.tfvars")
    assert values(directory, var_files=var_files)["size"] == 6
    assert values(directory, var_files=var_files[::-1])["size"] == 5
    assert values(directory, var_files=var_files, variables={"size": "7"})["size"] == "7"


def test_text_is_an_expression_only_where_the_type_needs_one(project: WriteProject) -> None:
    directory = project(DECLARED)
    given = {"names": '["a", "b"]', "free": '["a"]', "size": "3"}
    assert values(directory, variables=given) == {"names": ["a", "b"], "free": '["a"]', "size": "3"}
    assert values(directory, environment={"TF_VAR_names": "[]", "TF_VAR_other": "x"}) == {"names": []}


def test_a_name_that_is_declared_nowhere_is_told(project: WriteProject) -> None:
    directory = project({**DECLARED, "terraform.tfvars": "sizes = 1\nzzz = 2\n"})
    found, warnings = root_values(load_module(directory, "infra"), ReadOptions())
    assert found == {}
    assert warnings == [
        "infra/terraform.tfvars: sizes is no variable of infra. Did you mean 'size'?",
        "infra/terraform.tfvars: zzz is no variable of infra.",
    ]
    assert error_of(directory, variables={"nams": "x"}) == (
        "-var nams: infra declares no such variable\n  Did you mean 'names'?"
    )


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("terraform.tfvars", "size = \n", "infra/terraform.tfvars:1: expected an expression"),
        ("terraform.tfvars", 'size = 1\nblock "x" {}\n', "infra/terraform.tfvars:2: expected variables, found a block"),
        ("terraform.tfvars", "size = var.x\n", "infra/terraform.tfvars:1: size: nothing is called 'var' here"),
        ("terraform.tfvars.json", '{"size": }', "infra/terraform.tfvars.json:1: not valid JSON: Expecting value"),
        ("terraform.tfvars.json", "[]", "infra/terraform.tfvars.json:1: expected an object of variables"),
    ],
)
def test_a_broken_file_is_placed(project: WriteProject, name: str, text: str, message: str) -> None:
    assert error_of(project({**DECLARED, name: text})).startswith(message)


def test_files_that_cannot_be_read_and_broken_options_are_errors(project: WriteProject, tmp_path: Path) -> None:
    directory = project(DECLARED)
    missing = error_of(directory, var_files=(Path("none.tfvars"),))
    assert missing == "none.tfvars: cannot be read: No such file or directory"
    (tmp_path / "binary.tfvars").write_bytes(b"\xff")
    assert "not a text file" in error_of(directory, var_files=(tmp_path / "binary.tfvars",))
    assert error_of(directory, variables={"names": "[1"}).startswith("-var names:1: expected , or ] in the list")
    assert error_of(directory, variables={"names": "x"}) == "-var names: nothing is called 'x' here"
