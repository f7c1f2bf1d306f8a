"""Data sources whose answer is known without asking the cloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tollbar.inputs.interface import ReadOptions
from tollbar.inputs.terraform_hcl import TerraformDirectoryReader

if TYPE_CHECKING:
    from pathlib import Path

AWS = 'provider "aws" {\n  region = "us-west-2"\n}\n'
GCP = 'provider "google" {\n  region = "europe-west1"\n  zone = "europe-west1-b"\n}\n'


def _addresses(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    declared = TerraformDirectoryReader().read(tmp_path, ReadOptions()).after
    return [resource.address + (" ?" if resource.undecided_count else "") for resource in declared]


def test_a_region_has_its_zones(tmp_path: Path) -> None:
    text = (
        'data "aws_availability_zones" "z" {\n  state = "available"\n}\n'
        'resource "aws_eip" "e" {\n  for_each = toset(data.aws_availability_zones.z.names)\n}\n'
    )
    assert _addresses(tmp_path, AWS + text) == [f'aws_eip.e["us-west-2{zone}"]' for zone in "abcd"]


def test_zones_of_google_cloud(tmp_path: Path) -> None:
    text = (
        'data "google_compute_zones" "z" {}\n'
        'resource "google_compute_address" "a" {\n  count = length(data.google_compute_zones.z.names)\n'
        "  name = data.google_compute_zones.z.names[count.index]\n}\n"
    )
    assert _addresses(tmp_path, GCP + text) == [f"google_compute_address.a[{number}]" for number in range(3)]


@pytest.mark.parametrize(
    ("arguments", "is_known"),
    [
        ("", True),
        ('filter {\n  name = "opt-in-status"\n  values = ["opt-in-not-required"]\n}\n', True),
        ('filter {\n  name = "zone-id"\n  values = ["usw2-az1"]\n}\n', False),
        ("all_availability_zones = true\n", False),
        ('exclude_names = ["us-west-2d"]\n', False),
    ],
)
def test_a_choice_among_zones_is_left_to_the_cloud(tmp_path: Path, arguments: str, is_known: bool) -> None:  # noqa: FBT001 -- a case's outcome
    text = (
        f'data "aws_availability_zones" "z" {{\n{arguments}}}\n'
        'resource "aws_eip" "e" {\n  count = length(data.aws_availability_zones.z.names)\n}\n'
    )
    found = _addresses(tmp_path, AWS + text)
    assert found == ([f"aws_eip.e[{number}]" for number in range(4)] if is_known else ["aws_eip.e ?"])


def test_without_a_region_zones_are_not_known(tmp_path: Path) -> None:
    text = 'data "aws_availability_zones" "z" {}\nresource "aws_eip" "e" {\n  count = length(data.aws_availability_zones.z.names)\n}\n'  # noqa: E501 -- a project
    assert _addresses(tmp_path, text) == ["aws_eip.e ?"]


def test_a_region_tells_its_partition(tmp_path: Path) -> None:
    count = 'data.aws_partition.p.partition == "aws" ? 1 : 0'
    text = f'data "aws_partition" "p" {{}}\nresource "aws_eip" "e" {{\n  count = {count}\n}}\n'
    assert _addresses(tmp_path, AWS + text) == ["aws_eip.e[0]"]


def test_a_local_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"count": 2}', encoding="utf-8")
    text = (
        'data "local_file" "c" {\n  filename = "config.json"\n}\n'
        'resource "aws_eip" "e" {\n  count = jsondecode(data.local_file.c.content).count\n}\n'
    )
    assert _addresses(tmp_path, AWS + text) == ["aws_eip.e[0]", "aws_eip.e[1]"]


def test_a_local_file_that_is_missing_is_unknown_with_a_warning(tmp_path: Path) -> None:
    text = (
        'data "local_file" "c" {\n  filename = "none.json"\n}\n'
        'resource "aws_eip" "e" {\n  count = data.local_file.c.content == "" ? 1 : 2\n}\n'
    )
    (tmp_path / "main.tf").write_text(AWS + text, encoding="utf-8")
    declaration = TerraformDirectoryReader().read(tmp_path, ReadOptions())
    assert [resource.undecided_count is not None for resource in declaration.after] == [True]
    assert any("none.json cannot be read" in warning for warning in declaration.warnings)
