"""Terraform directories: the same resources that Terraform would plan, and honesty about the rest."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.inputs.conftest import DATA
from tollbar.errors import InputError
from tollbar.inputs.interface import ReadOptions
from tollbar.inputs.terraform_hcl import TerraformDirectoryReader
from tollbar.inputs.terraform_plan import TerraformPlanReader
from tollbar.resource import UNKNOWN, Unknown

if TYPE_CHECKING:
    from tests.inputs.conftest import WriteProject
    from tollbar.inputs.interface import Declaration
    from tollbar.resource import Resource


def read(directory: Path, **options: Any) -> Declaration:
    return TerraformDirectoryReader().read(directory, ReadOptions(**options))


def only(directory: Path, **options: Any) -> Resource:
    (resource,) = read(directory, **options).after
    return resource


def error_of(directory: Path, **options: Any) -> str:
    with pytest.raises(InputError) as error:
        read(directory, **options)
    return str(error.value).replace(str(directory), "infra")


def warnings_of(directory: Path, **options: Any) -> list[str]:
    return [warning.replace(str(directory), "infra") for warning in read(directory, **options).warnings]


# The same project both ways


def differences(declared: Any, planned: Any, path: str) -> list[str]:
    """Return where a declared value is not what was planned; what only a plan knows does not count."""
    if isinstance(declared, dict) and isinstance(planned, dict):
        return [
            found for name in declared for found in differences(declared[name], planned.get(name), f"{path}.{name}")
        ]
    if isinstance(declared, list) and isinstance(planned, list) and len(declared) == len(planned):
        pairs = enumerate(zip(declared, planned, strict=True))
        return [found for index, (ours, theirs) in pairs for found in differences(ours, theirs, f"{path}[{index}]")]
    if isinstance(declared, Unknown) and isinstance(planned, Unknown):
        return []  # where a local stands between, a plan does not tell whether it is set
    return [] if declared == planned and type(declared) is type(planned) else [f"{path}: {declared!r}, {planned!r}"]


@pytest.mark.parametrize("name", ["both_ways", "language", "repeated"])
def test_a_directory_declares_what_terraform_plans(name: str) -> None:
    directory = read(DATA / name)
    plan = TerraformPlanReader().read(DATA / name / "plan.json", ReadOptions())
    assert directory.warnings == ()
    assert set(directory.after.by_address) == set(plan.after.by_address)
    for resource in directory.after:
        planned = plan.after.by_address[resource.address]
        assert (resource.type, resource.name, resource.cloud) == (planned.type, planned.name, planned.cloud)
        assert (resource.region, resource.tags) == (planned.region, planned.tags)
        assert resource.undecided_count is None
        for attribute, value in resource.attributes.values.items():
            if attribute != "location":  # azurerm rewrites it: "West Europe" becomes "westeurope"
                assert differences(value, planned.attributes.get(attribute), f"{resource.address}.{attribute}") == []


@pytest.mark.parametrize("name", ["both_ways", "repeated"])
def test_a_directory_tells_the_references_that_a_plan_tells(name: str) -> None:
    directory = read(DATA / name)
    plan = TerraformPlanReader().read(DATA / name / "plan.json", ReadOptions())
    for resource in directory.after:
        planned = plan.after.by_address[resource.address].references
        assert {path: resource.references[path] for path in planned} == planned
    through_local = directory.after.by_address.get("terraform_data.through_local")
    if through_local is not None:  # a plan does not tell what locals refer to
        assert through_local.references == {"input": ('terraform_data.base["a"]',)}


def test_resources_have_the_place_where_they_are_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DATA)
    after = read(Path("both_ways")).after
    assert str(after.by_address["aws_launch_template.web"].location) == "both_ways/main.tf:47"
    bucket = after.by_address['module.bucket["logs"].aws_s3_bucket.this']
    assert str(bucket.location) == "both_ways/modules/bucket/main.tf:9"


# Blocks


def test_dynamic_blocks_become_all_the_blocks_there_will_be(project: WriteProject) -> None:
    directory = project(
        {
            "main.tf": """
variable "rules" { default = { b = [1, 2], a = [] } }
resource "aws_x" "y" {
  dynamic "rule" {
    for_each = var.rules
    content {
      name = rule.key
      dynamic "port" {
        for_each = rule.value
        iterator = each_port
        content { number = each_port.value }
      }
    }
  }
  rule {
    name = "static"
  }
  dynamic "none" {
    for_each = []
    content {}
  }
}
"""
        }
    )
    assert only(directory).attributes.values == {
        "rule": [{"name": "a", "port": []}, {"name": "b", "port": [{"number": 1}, {"number": 2}]}, {"name": "static"}],
        "none": [],
    }


def test_dynamic_blocks_of_unknown_number_are_unknown_with_a_warning(project: WriteProject) -> None:
    directory = project(
        {
            "main.tf": """
data "aws_x" "d" {}
resource "aws_x" "y" {
  dynamic "disk" {
    for_each = data.aws_x.d.disks
    content { size = disk.value }
  }
  part { size = 1 }
  dynamic "part" {
    for_each = data.aws_x.d.disks
    content { size = part.value }
  }
}
"""
        }
    )
    assert only(directory).attributes.values == {"disk": UNKNOWN, "part": [{"size": 1}, UNKNOWN]}
    assert warnings_of(directory) == [
        "infra/main.tf:4: how many disk blocks there are is known only after apply",
        "infra/main.tf:8: how many part blocks there are is known only after apply",
    ]


def test_arguments_and_blocks_of_terraform_itself_are_no_attributes(project: WriteProject) -> None:
    directory = project(
        {
            "main.tf": """
provider "aws" {
  alias  = "x"
  region = "eu-west-1"
}
resource "aws_x" "y" {
  count      = 1
  provider   = aws.x
  depends_on = []
  source     = "own"
  version    = "own"
  lifecycle {
    prevent_destroy = true
  }
  provisioner "local-exec" {
    command = self.id
  }
}
"""
        }
    )
    assert only(directory).attributes.values == {"source": "own", "version": "own"}


# What cannot be known


def test_null_is_nothing_and_unknown_is_unknown(project: WriteProject) -> None:
    directory = project(
        {
            "main.tf": """
variable "iops" { default = null }
data "aws_x" "d" { size = 3 }
resource "aws_x" "y" {
  iops       = var.iops
  throughput = var.iops == null ? null : 5
  size       = data.aws_x.d.other * 2
  known      = data.aws_x.d.size * 2
  computed   = aws_x.z.arn
  declared   = aws_x.z.kind
  nested     = aws_x.z.disk[0].id
  sized      = aws_x.z.disk[0].gb
}
resource "aws_x" "z" {
  kind = "k"
  disk { gb = 8 }
}
"""
        }
    )
    found = read(directory).after.by_address["aws_x.y"]
    assert found.attributes.values == {
        "iops": None,
        "throughput": None,
        "size": UNKNOWN,
        "known": 6,
        "computed": UNKNOWN,
        "declared": "k",
        "nested": UNKNOWN,
        "sized": 8,
    }
    assert found.references == dict.fromkeys(("computed", "declared", "nested", "sized"), ("aws_x.z",))


def test_a_count_of_zero_leaves_nothing(project: WriteProject) -> None:
    files = {"main.tf": 'resource "aws_x" "y" {\n count = 0\n}\nmodule "m" {\n source = "./m"\n for_each = {}\n}'}
    assert len(read(project({**files, "m/main.tf": 'resource "aws_x" "z" {}'})).after) == 0


UNDECIDED = """
variable "n" {{
  type = number
}}
locals {{
  names = {expression}
}}
data "aws_zones" "all" {{}}
resource "aws_eip" "a" {{}}
resource "aws_x" "y" {{
  {repetition}
}}
resource "aws_x" "of_y" {{
  all = aws_x.y[*].id
}}
"""


@pytest.mark.parametrize(
    ("expression", "repetition", "reason"),
    [
        ("data.aws_zones.all.names", "count = length(local.names)", "its count depends on data.aws_zones.all"),
        ("data.aws_zones.all.names", "for_each = toset(local.names)", "its for_each depends on data.aws_zones.all"),
        ("aws_eip.a.public_ip", "count = local.names == null ? 1 : 2", "its count depends on aws_eip.a"),
        ("[timestamp()]", "for_each = toset(local.names)", "its for_each depends on what is known only after apply"),
    ],
)
def test_what_repeats_an_unknown_number_of_times_is_kept_once_and_says_so(
    project: WriteProject, expression: str, repetition: str, reason: str
) -> None:
    directory = project({"main.tf": UNDECIDED.format(expression=expression, repetition=repetition)})
    after = read(directory, variables={"n": "1"}).after
    assert after.by_address["aws_x.y"].undecided_count == reason
    assert after.by_address["aws_x.of_y"].attributes.values == {"all": UNKNOWN}
    assert after.by_address["aws_x.of_y"].undecided_count is None


def test_everything_in_a_module_of_unknown_number_is_undecided(project: WriteProject) -> None:
    directory = project(
        {
            "main.tf": 'data "aws_x" "d" {}\nmodule "m" {\n source = "./m"\n count = data.aws_x.d.n\n}',
            "m/main.tf": 'module "n" {\n  source = "../n"\n}',
            "n/main.tf": 'resource "aws_x" "z" {}',
        }
    )
    found = only(directory)
    assert (found.address, found.undecided_count) == (
        "module.m.module.n.aws_x.z",
        "its count depends on data.aws_x.d",
    )


@pytest.mark.parametrize(
    "repetition", ["count = var.n", "count = local.names > 1 ? 1 : 0", "for_each = toset([tostring(var.n)])"]
)
def test_a_variable_without_value_that_decides_a_number_is_an_error(project: WriteProject, repetition: str) -> None:
    directory = project({"main.tf": UNDECIDED.format(expression="var.n", repetition=repetition)})
    assert error_of(directory) == (
        "infra/main.tf:2: the variable 'n' has no value, and how many resources there are depends on it\n"
        "  Give it one with --var n=VALUE or in a file with --var-file FILE."
    )


def test_so_it_is_through_the_arguments_and_outputs_of_modules(project: WriteProject) -> None:
    directory = project(
        {
            "main.tf": """
variable "n" {}
module "a" {
  source = "./m"
  n      = var.n
}
resource "aws_x" "y" {
  count = module.a.n
}
""",
            "m/main.tf": 'variable "n" {}\noutput "n" {\n  value = var.n\n}',
        }
    )
    assert error_of(directory).startswith("infra/main.tf:2: the variable 'n' has no value")
    assert len(read(directory, variables={"n": "2"}).after) == 2


def test_a_variable_without_value_that_decides_no_number_is_unknown_with_a_warning(project: WriteProject) -> None:
    directory = project({"main.tf": 'variable "password" {}\nresource "aws_x" "y" {\n password = var.password\n}'})
    assert isinstance(only(directory).attributes.get("password"), Unknown)
    (warning,) = warnings_of(directory)
    assert warning == (
        "infra/main.tf:1: the variable 'password' has no value, what depends on it is unknown. "
        "Give it one with --var password=VALUE or in a file with --var-file FILE."
    )


def test_what_cannot_be_evaluated_is_unknown_with_a_warning(project: WriteProject) -> None:
    directory = project({"main.tf": 'resource "aws_x" "y" {\n  a = file("none")\n  b = var.none\n  c = 1\n}'})
    assert only(directory).attributes.values == {"a": UNKNOWN, "b": UNKNOWN, "c": 1}
    assert warnings_of(directory) == [
        "infra/main.tf:2: a cannot be evaluated: the file none cannot be read: No such file or directory",
        "infra/main.tf:3: b cannot be evaluated: there is no variable 'none'",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('resource "aws_x" "y" {\n  count = "many"\n}', "infra/main.tf:2: count: a number is required, not a string"),
        ('resource "aws_x" "y" {\n  for_each = ["a"]\n}', "infra/main.tf:2: for_each takes a map or a set of strings"),
        ('resource "aws_x" "y" {\n  a = \n}', "infra/main.tf:2: expected an expression, found the end of the line"),
        ('variable "a" {\n  type = number\n  default = "x"\n}\noutput "a" {\n value = var.a\n}\n', None),
        (
            'variable "a" {\n type = number\n default = "x"\n}\nresource "aws_x" "y" {\n a = var.a\n}',
            "infra/main.tf:1: the variable 'a' does not fit its type: a number is required, not a string",
        ),
        (
            'resource "aws_x" "y" {}\nresource "aws_x" "y" {}',
            "infra/main.tf:2: resource aws_x.y is declared twice, the first time in infra/main.tf:1",
        ),
        (
            'module "a" {\n source = "."\n}\nresource "aws_x" "y" {}',
            "infra/main.tf:1: modules call each other without end",
        ),
    ],
)
def test_what_terraform_would_refuse_is_an_error_with_its_place(
    project: WriteProject, text: str, message: str | None
) -> None:
    directory = project({"main.tf": text})
    if message is None:
        assert len(read(directory).after) == 0
    else:
        assert error_of(directory).startswith(message)


# Modules


def test_local_modules_are_found_above_the_root_and_errors_name_their_file(project: WriteProject) -> None:
    directory = project(
        {
            "root/main.tf": 'module "m" {\n  source = "../shared/m"\n}',
            "shared/m/main.tf": 'resource "aws_x" "y" {\n  where = path.module\n}',
        }
    )
    found = only(directory / "root")
    assert found.attributes.values == {"where": "../shared/m"}
    assert str(found.location) == str(directory / "shared" / "m" / "main.tf") + ":1"
    project({"shared/m/main.tf": "resource {"})
    assert "shared/m/main.tf:1: " in error_of(directory / "root")


def test_data_that_is_not_declared_loses_only_what_is_asked_of_it(project: WriteProject) -> None:
    directory = project(
        {"main.tf": 'resource "aws_x" "y" {\n  size = merge(data.aws_z.env["a"], { type = "large" })["type"]\n}\n'}
    )
    assert only(directory).attributes.values == {"size": "large"}
    assert warnings_of(directory) == ["infra: there is no data.aws_z.env, what depends on it is unknown"]


def test_modules_that_are_not_downloaded_are_named(project: WriteProject) -> None:
    directory = project(
        {
            "main.tf": """
module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "~> 5.0"
}
module "gone" {
  source = "./gone"
}
resource "aws_x" "y" {
  subnet = module.vpc.private_subnets[0]
}
"""
        }
    )
    using, *modules = read(directory).after
    assert using.attributes.values == {"subnet": UNKNOWN}
    assert [(module.address, module.type, module.missing) for module in modules] == [
        (
            "module.vpc",
            "module",
            "its source 'terraform-aws-modules/vpc/aws' has not been downloaded: run terraform init",
        ),
        ("module.gone", "module", "its source './gone' is not there"),
    ]
    remote, gone = warnings_of(directory)
    assert remote == (
        "infra/main.tf:2: module.vpc is not priced, its source 'terraform-aws-modules/vpc/aws' "
        "has not been downloaded: run terraform init"
    )
    assert gone == "infra/main.tf:6: module.gone is not priced, its source './gone' is not there"


def test_downloaded_modules_are_read(project: WriteProject) -> None:
    directory = project(
        {
            "main.tf": 'module "vpc" {\n  source = "terraform-aws-modules/vpc/aws"\n}',
            ".terraform/modules/modules.json": """{"Modules": [
                {"Key": "", "Source": "", "Dir": "."},
                {"Key": "vpc", "Source": "registry.terraform.io/x/vpc/aws", "Dir": ".terraform/modules/vpc"},
                {"Key": "vpc.far", "Source": "git::https://x", "Dir": ".terraform/modules/vpc.far/sub"}]}""",
            ".terraform/modules/vpc/main.tf": """
module "near" {
  source = "./n"
}
module "far" {
  source = "git::x"
}
""",
            ".terraform/modules/vpc/n/main.tf": 'resource "aws_x" "near" {}',
            ".terraform/modules/vpc.far/sub/main.tf": 'resource "aws_x" "far" {}',
        }
    )
    declaration = read(directory)
    assert [resource.address for resource in declaration.after] == [
        "module.vpc.module.near.aws_x.near",
        "module.vpc.module.far.aws_x.far",
    ]
    assert declaration.warnings == ()


def test_override_files_override(project: WriteProject) -> None:
    directory = project(
        {
            "main.tf": 'resource "aws_x" "y" {\n  a = 1\n  b = 1\n  disk {\n    c = 1\n  }\n}\nlocals {\n  l = 1\n}',
            "main_override.tf": 'resource "aws_x" "y" {\n  b = local.l\n  disk {\n    d = 2\n  }\n}',
            "override.tf": "locals {\n  l = 3\n}",
        }
    )
    assert only(directory).attributes.values == {"a": 1, "b": 3, "disk": [{"d": 2}]}


# Providers


PROVIDERS = """
provider "aws" {
  region = "us-east-1"
}
provider "aws" {
  alias  = "west"
  region = var.west
}
provider "google-beta" {
  region = "europe-west1"
}
variable "west" {
  default = "us-west-2"
}
module "inherits" {
  source = "./m"
}
module "passed" {
  source = "./m"
  providers = {
    aws      = aws.west
    aws.peer = aws
  }
}
module "own" {
  source = "./own"
}
resource "google_compute_address" "plain" {
  provider = google-beta
}
"""
MODULE = """
terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.peer]
    }
  }
}
data "aws_region" "here" {}
resource "aws_eip" "main" {
  name = data.aws_region.here.name
}
resource "aws_eip" "peer" {
  provider = aws.peer
}
"""


def test_providers_are_inherited_passed_and_declared(project: WriteProject) -> None:
    own = 'provider "aws" {\n  region = "eu-west-1"\n}\nresource "aws_eip" "main" {}'
    after = read(project({"main.tf": PROVIDERS, "m/main.tf": MODULE, "own/main.tf": own})).after
    assert {resource.address: resource.region for resource in after} == {
        "google_compute_address.plain": "europe-west1",
        "module.inherits.aws_eip.main": "us-east-1",
        "module.inherits.aws_eip.peer": None,
        "module.passed.aws_eip.main": "us-west-2",
        "module.passed.aws_eip.peer": "us-east-1",
        "module.own.aws_eip.main": "eu-west-1",
    }
    assert after.by_address["module.passed.aws_eip.main"].attributes.values == {"name": "us-west-2"}


def test_a_region_that_only_apply_tells_is_none(project: WriteProject) -> None:
    text = 'data "x" "y" {}\nprovider "aws" {\n  region = data.x.y.region\n}\nresource "aws_eip" "a" {}'
    assert only(project({"main.tf": text}), environment={"AWS_REGION": "eu-west-1"}).region is None


def test_without_a_provider_block_the_environment_tells_the_region(project: WriteProject) -> None:
    directory = project({"main.tf": 'resource "aws_eip" "a" {}'})
    assert only(directory, environment={"AWS_REGION": "eu-west-1"}).region == "eu-west-1"


def test_default_tags_may_be_computed(project: WriteProject) -> None:
    text = """
locals {
  tags = { team = "core", workspace = terraform.workspace }
}
provider "aws" {
  default_tags {
    tags = merge(local.tags, { env = "dev" })
  }
}
resource "aws_eip" "a" {
  tags = { env = "prod" }
}
"""
    tags = only(project({"main.tf": text}), workspace="blue").tags
    assert tags == {"team": "core", "workspace": "blue", "env": "prod"}


# JSON syntax


def test_json_syntax_is_the_same_language(project: WriteProject) -> None:
    directory = project(
        {
            "main.tf.json": """{
  "//": "remark",
  "variable": {"sizes": {"type": "map(number)", "default": {"a": 1, "b": 2}}},
  "locals": {"name": "n"},
  "provider": {"aws": [{"region": "us-east-1"}, {"alias": "west", "region": "us-west-2"}]},
  "module": {"m": {"source": "./m", "size": "${var.sizes[\\"b\\"]}", "providers": {"aws": "aws.west"}}},
  "resource": {"aws_ebs_volume": {"v": {
    "//": "remark",
    "for_each": "${var.sizes}",
    "provider": "aws.west",
    "size": "${each.value * 10}",
    "tags": {"Name": "${local.name}-${each.key}"},
    "disk": [{"gb": 1}],
    "dynamic": {"rule": {"for_each": [1, 2], "content": {"n": "${rule.value}"}}}
  }}}
}""",
            "m/main.tf.json": """{
  "variable": {"size": {}},
  "resource": [{"aws_ebs_volume": {"v": {"size": "${var.size}"}}}]
}""",
        }
    )
    after = read(directory).after
    assert {resource.address: resource.region for resource in after} == {
        'aws_ebs_volume.v["a"]': "us-west-2",
        'aws_ebs_volume.v["b"]': "us-west-2",
        "module.m.aws_ebs_volume.v": "us-west-2",
    }
    assert after.by_address['aws_ebs_volume.v["b"]'].attributes.values == {
        "size": 20,
        "tags": {"Name": "n-b"},
        "disk": [{"gb": 1}],
        "rule": [{"n": 1}, {"n": 2}],
    }
    assert after.by_address["module.m.aws_ebs_volume.v"].attributes.values == {"size": 2}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": }', "infra/main.tf.json:1: not valid JSON: Expecting value (column 7)"),
        ("[]", "infra/main.tf.json:1: expected an object"),
        ('{"resource": {"aws_x": 3}}', "infra/main.tf.json: resource.aws_x must be an object"),
    ],
)
def test_broken_json_syntax_is_placed(project: WriteProject, text: str, message: str) -> None:
    assert error_of(project({"main.tf.json": text})) == message


# Speed


def test_a_thousand_resources_are_read_in_about_a_tenth_of_a_second_each_hundred(project: WriteProject) -> None:
    one = 'resource "aws_instance" "web{0}" {{\n  size = var.size + {0}\n  disk {{\n    gb = 8\n  }}\n}}\n'
    text = 'variable "size" {\n  default = 1\n}\n' + "".join(one.format(number) for number in range(1000))
    directory = project({"main.tf": text})
    started = time.perf_counter()
    assert len(read(directory).after) == 1000
    assert time.perf_counter() - started < 2
