"""Terraform directories: modules, repetition, providers, unknown values, and what cannot be told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from tollbar.errors import InputError
from tollbar.inputs.interface import Declaration, ReadOptions
from tollbar.inputs.terraform_directory import TerraformDirectoryReader
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tollbar.resource import Resource

PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n'


class ReadDirectory(Protocol):
    """Write files below a directory and read it."""

    def __call__(self, files: dict[str, str], options: ReadOptions = ...) -> Declaration:
        """Return what the files declare."""


@pytest.fixture
def read_directory(tmp_path: Path) -> ReadDirectory:
    """Return a function that writes files and reads the directory."""

    def read(files: dict[str, str], options: ReadOptions | None = None) -> Declaration:
        for name, text in files.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return TerraformDirectoryReader().read(tmp_path, options or ReadOptions())

    return read


def _by_address(declaration: Declaration) -> dict[str, Resource]:
    return {resource.address: resource for resource in declaration.after}


def test_count_for_each_and_dynamic_blocks(read_directory: ReadDirectory) -> None:
    found = _by_address(
        read_directory(
            {
                "main.tf": PROVIDER
                + """
locals {
  sizes = { a = 10, b = 20 }
}
resource "aws_ebs_volume" "each" {
  for_each = local.sizes
  size     = each.value
}
resource "aws_instance" "counted" {
  count         = 2
  instance_type = "t3.${count.index == 0 ? "micro" : "small"}"
  dynamic "ebs_block_device" {
    for_each = values(local.sizes)
    content {
      volume_size = ebs_block_device.value
    }
  }
}
resource "aws_instance" "none" {
  count         = 0
  instance_type = "m5.24xlarge"
}
"""
            }
        )
    )
    assert set(found) == {
        'aws_ebs_volume.each["a"]', 'aws_ebs_volume.each["b"]', "aws_instance.counted[0]", "aws_instance.counted[1]",
    }  # fmt: skip
    assert found['aws_ebs_volume.each["b"]'].attributes.number("size") == 20
    second = found["aws_instance.counted[1]"]
    assert (second.name, second.attributes.text("instance_type")) == ("counted", "t3.small")
    assert [block.number("volume_size") for block in second.attributes.blocks("ebs_block_device")] == [10, 20]


def test_modules_pass_values_references_and_providers(read_directory: ReadDirectory) -> None:
    declaration = read_directory(
        {
            "main.tf": PROVIDER
            + """
provider "aws" {
  alias  = "far"
  region = "us-west-2"
  default_tags {
    tags = { team = "far" }
  }
}
resource "aws_launch_template" "lt" {
  instance_type = "m5.large"
}
module "near" {
  source      = "./machine"
  template_id = aws_launch_template.lt.id
}
module "away" {
  source      = "./machine"
  for_each    = { a = 1 }
  template_id = aws_launch_template.lt.id
  providers = {
    aws = aws.far
  }
}
""",
            "machine/main.tf": """
variable "template_id" {}
resource "aws_instance" "this" {
  launch_template {
    id = var.template_id
  }
}
module "inner" {
  source = "./inner"
  of     = aws_instance.this.id
}
""",
            "machine/inner/main.tf": """
variable "of" {}
resource "aws_eip" "this" {
  instance = var.of
}
""",
        }
    )
    found = _by_address(declaration)
    near, away = found["module.near.aws_instance.this"], found['module.away["a"].aws_instance.this']
    assert (near.region, away.region) == ("eu-west-1", "us-west-2")
    assert (near.tags, away.tags) == ({}, {"team": "far"})
    assert near.references == {"launch_template.id": ("aws_launch_template.lt",)}
    template = declaration.after.referenced(away, "launch_template", "aws_launch_template")
    assert template is found["aws_launch_template.lt"]
    address = found['module.away["a"].module.inner.aws_eip.this']
    assert address.region == "us-west-2"
    assert address.references == {"instance": ('module.away["a"].aws_instance.this',)}


def test_what_only_apply_tells_is_unknown(read_directory: ReadDirectory) -> None:
    found = _by_address(
        read_directory(
            {
                "main.tf": PROVIDER
                + """
data "aws_ssm_parameter" "type" {
  name = "type"
}
resource "aws_subnet" "s" {
  count      = 2
  cidr_block = cidrsubnet("10.0.0.0/16", 8, count.index)
}
resource "aws_instance" "i" {
  instance_type = data.aws_ssm_parameter.type.value
  subnet_id     = aws_subnet.s[1].id
  tags          = { subnet = "in-${aws_subnet.s[0].id}", team = "x" }
}
"""
            }
        )
    )
    instance = found["aws_instance.i"]
    assert instance.attributes.get("instance_type") is UNKNOWN
    assert instance.attributes.get("subnet_id") is UNKNOWN
    assert instance.references["subnet_id"] == ("aws_subnet.s[1]",)
    assert instance.tags == {"team": "x"}
    assert found["aws_subnet.s[1]"].attributes.text("cidr_block") == "10.0.1.0/24"


def test_where_a_resource_is_declared(read_directory: ReadDirectory, tmp_path: Path) -> None:
    found = _by_address(read_directory({"a.tf": PROVIDER, "b.tf": '\nresource "aws_eip" "x" {\n}\n'}))
    assert str(found["aws_eip.x"].location) == f"{tmp_path / 'b.tf'}:2"


def test_the_region_may_come_from_the_environment(read_directory: ReadDirectory) -> None:
    files = {"main.tf": 'resource "aws_eip" "x" {\n}\n'}
    options = ReadOptions(environment={"AWS_REGION": "ap-south-1"})
    assert _by_address(read_directory(files, options))["aws_eip.x"].region == "ap-south-1"
    assert _by_address(read_directory(files))["aws_eip.x"].region is None


def test_a_for_each_that_only_apply_tells_is_not_dropped(read_directory: ReadDirectory) -> None:
    declaration = read_directory(
        {
            "main.tf": PROVIDER
            + """
data "aws_subnets" "all" {}
locals {
  ids = toset(data.aws_subnets.all.ids)
}
resource "aws_nat_gateway" "direct" {
  for_each  = data.aws_subnets.all.ids
  subnet_id = each.value
}
resource "aws_nat_gateway" "through_local" {
  for_each  = local.ids
  subnet_id = each.value
}
resource "aws_nat_gateway" "none" {
  for_each  = {}
  subnet_id = each.value
}
module "m" {
  source   = "./m"
  for_each = data.aws_subnets.all.ids
}
""",
            "m/main.tf": 'resource "aws_eip" "x" {\n}\n',
        }
    )
    found = _by_address(declaration)
    assert {address: resource.undecided_count for address, resource in found.items()} == {
        "aws_nat_gateway.direct": "its for_each depends on data.aws_subnets.all",
        "aws_nat_gateway.through_local": "its for_each depends on local.ids",
    }
    assert found["aws_nat_gateway.direct"].region == "eu-west-1"
    (warning,) = declaration.warnings
    assert "module.m is not priced: its for_each depends on data.aws_subnets.all" in warning


def test_a_count_that_only_apply_tells_is_not_one(read_directory: ReadDirectory) -> None:
    found = _by_address(
        read_directory(
            {
                "main.tf": PROVIDER
                + """
data "aws_availability_zones" "all" {}
resource "aws_eip" "x" {
  count = length(data.aws_availability_zones.all.names)
}
"""
            }
        )
    )
    assert found["aws_eip.x"].undecided_count == "its count depends on aws_availability_zones.all"


@pytest.mark.parametrize(
    ("source", "why"), [("terraform-aws-modules/vpc/aws", "run terraform init"), ("./gone", "is not there")]
)
def test_a_module_that_cannot_be_read_is_warned_of(read_directory: ReadDirectory, source: str, why: str) -> None:
    declaration = read_directory({"main.tf": PROVIDER + f'module "far" {{\n  source = "{source}"\n}}\n'})
    (warning,) = declaration.warnings
    assert "main.tf:4: module.far is not priced" in warning
    assert why in warning


def test_functions_that_read_files(read_directory: ReadDirectory) -> None:
    found = _by_address(
        read_directory(
            {
                "main.tf": PROVIDER
                + """
locals {
  machines = yamldecode(file("${path.module}/machines.yaml"))
}
resource "aws_instance" "m" {
  for_each      = local.machines
  instance_type = each.value.type
  tags          = merge({ env = terraform.workspace }, try(each.value.tags, {}))
}
""",
                "machines.yaml": "web: {type: t3.large, tags: {a: b}}\ndb: {type: r5.large}\n",
            },
            ReadOptions(workspace="prod"),
        )
    )
    assert {a: r.attributes.text("instance_type") for a, r in found.items()} == {
        'aws_instance.m["db"]': "r5.large",
        'aws_instance.m["web"]': "t3.large",
    }
    assert found['aws_instance.m["web"]'].tags == {"env": "prod", "a": "b"}


def test_a_syntax_error_is_named_with_its_line(read_directory: ReadDirectory) -> None:
    with pytest.raises(InputError, match=r"main\.tf:2: not valid Terraform: Invalid expression"):
        read_directory({"main.tf": 'resource "aws_eip" "x" {\n  domain =\n}\n'})


def test_a_directory_without_terraform_files_is_not_read() -> None:
    assert not TerraformDirectoryReader().can_read(Path(__file__).parent)
