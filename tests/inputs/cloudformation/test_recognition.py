"""What is a template and what is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.inputs.cloudformation.test_template_file import written
from tollbar.inputs.cloudformation.recognition import is_assembly, is_template

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.yaml", "AWSTemplateFormatVersion: '2010-09-09'\n", True),
        ("a.yml", "Resources:\n  A:\n    Type: AWS::SQS::Queue\n", True),
        ("a.template", '{"Resources": {"A": {"Type": "AWS::SQS::Queue"}}}', True),
        ("a.json", '{"Parameters": {}, "Resources":{"A":{"Type":"Custom::Thing"}}}', True),
        ("a.yaml", "Description: broken\nResources:\n  A: {Type: 'AWS::SQS::Queue'\n", True),
        ("a.yaml", "Resources:\n  limits: {cpu: 1}\n", False),
        ("a.yaml", "  Resources: 1\nType: AWS::SQS::Queue\n", True),
        ("a.json", '{"format_version": "1.2", "body": "AWSTemplateFormatVersion: x"}', False),
        ("a.tf", "AWSTemplateFormatVersion: '2010-09-09'\n", False),
        ("a.yaml", "apiVersion: v1\nkind: Service\n", False),
        ("a.yaml", "", False),
    ],
)
def test_a_template_is_told_by_its_content(tmp_path: Path, name: str, content: str, *, expected: bool) -> None:
    assert is_template(written(tmp_path, content, name)) is expected


def test_what_is_no_text_is_no_template(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(b"\x80\x81")
    assert not is_template(file)
    assert not is_template(tmp_path)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"artifacts": {"A": {"type": "aws:cloudformation:stack"}}}', True),
        ('{"artifacts": {"A": {"type": "cdk:cloud-assembly"}}}', True),
        ('{"name": "an extension"}', False),
    ],
)
def test_an_assembly_is_told_by_its_manifest(tmp_path: Path, content: str, *, expected: bool) -> None:
    assert not is_assembly(tmp_path)
    written(tmp_path, content, "manifest.json")
    assert is_assembly(tmp_path) is expected
