"""Variables: where they come from, and which of two values wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tollbar.errors import InputError
from tollbar.inputs.interface import ReadOptions
from tollbar.inputs.terraform_directory import TerraformDirectoryReader

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MAIN = """
provider "aws" {
  region = "eu-west-1"
}
variable "type" {
  type = string
}
variable "sizes" {
  type    = list(number)
  default = []
}
resource "aws_instance" "i" {
  instance_type = var.type
  dynamic "ebs_block_device" {
    for_each = var.sizes
    content {
      volume_size = ebs_block_device.value
    }
  }
}
"""


def _read(folder: Path, **options: object) -> tuple[str | None, list[int]]:
    (folder / "main.tf").write_text(MAIN, encoding="utf-8")
    declaration = TerraformDirectoryReader().read(folder, ReadOptions(**options))  # type: ignore[arg-type]  # by name
    (instance,) = declaration.after
    sizes = [block.number("volume_size") for block in instance.attributes.blocks("ebs_block_device")]
    return instance.attributes.text("instance_type"), [int(size) for size in sizes if size is not None]


def test_the_later_of_terraforms_order_wins(tmp_path: Path) -> None:
    environment: Mapping[str, str] = {"TF_VAR_type": "from_environment"}
    assert _read(tmp_path, environment=environment)[0] == "from_environment"
    (tmp_path / "terraform.tfvars").write_text('type = "from_tfvars"\n', encoding="utf-8")
    assert _read(tmp_path, environment=environment)[0] == "from_tfvars"
    (tmp_path / "a.auto.tfvars").write_text('type = "from_a"\n', encoding="utf-8")
    (tmp_path / "b.auto.tfvars.json").write_text('{"type": "from_b"}', encoding="utf-8")
    assert _read(tmp_path, environment=environment)[0] == "from_b"
    (tmp_path / "given.tfvars").write_text('type = "from_file"', encoding="utf-8")
    files = (tmp_path / "given.tfvars",)
    assert _read(tmp_path, environment=environment, var_files=files)[0] == "from_file"
    assert _read(tmp_path, environment=environment, var_files=files, variables={"type": "from_var"})[0] == "from_var"


@pytest.mark.parametrize("text", ["[10, 20]", '["10", "20"]'])
def test_a_list_may_be_given_on_the_command_line(tmp_path: Path, text: str) -> None:
    assert _read(tmp_path, variables={"type": "t3.micro", "sizes": text}) == ("t3.micro", [10, 20])


def test_a_variable_without_a_value_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"main\.tf:5: the variable 'type' has no value\n  Give one with --var type="):
        _read(tmp_path)


def test_an_undeclared_variable_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"declares no such variable\n  Did you mean 'sizes'\?"):
        _read(tmp_path, variables={"type": "t3.micro", "size": "[1]"})


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("terraform.tfvars", 'type = "a\n', r"terraform\.tfvars:1: not valid HCL"),
        ("x.auto.tfvars.json", '{\n"type": }', r"x\.auto\.tfvars\.json:2: not valid JSON"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        _read(tmp_path, variables={"type": "t3.micro"})
