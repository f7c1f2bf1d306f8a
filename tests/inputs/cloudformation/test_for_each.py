"""Fn::ForEach: what is repeated, and over what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.inputs.cloudformation.conftest import attributes

if TYPE_CHECKING:
    from tests.inputs.cloudformation.conftest import ReadTemplate, TemplateError

HEAD = "AWSTemplateFormatVersion: x\nTransform: AWS::LanguageExtensions\n"


def test_resources_are_repeated(read_template: ReadTemplate) -> None:
    declared = read_template(
        HEAD
        + """
Parameters:
  Names: {Type: CommaDelimitedList, Default: "Points,Scores"}
Resources:
  Fn::ForEach::Tables:
    - Name
    - !Ref Names
    - Table${Name}:
        Type: AWS::DynamoDB::Table
        Properties:
          TableName: !Ref Name
          Fn::ForEach::Settings:
            - Setting
            - [A, B]
            - ${Setting}Of${Name}: !Sub "${Name}-${Setting}"
"""
    )
    assert [resource.address for resource in declared.after] == ["TablePoints", "TableScores"]
    assert attributes(declared, "TableScores") == {
        "name": "Scores",
        "a_of_scores": "Scores-A",
        "b_of_scores": "Scores-B",
    }


def test_an_address_has_only_letters_and_digits_where_asked(read_template: ReadTemplate) -> None:
    declared = read_template(
        HEAD
        + """
Resources:
  Fn::ForEach::Peers:
    - Network
    - [10.0.0.0/16, 10.1.0.0/16]
    - Vpc&{Network}:
        Type: AWS::EC2::VPC
        Properties: {CidrBlock: "${Network}"}
"""
    )
    assert [resource.address for resource in declared.after] == ["Vpc1000016", "Vpc1010016"]
    assert attributes(declared, "Vpc1010016") == {"cidr_block": "10.1.0.0/16"}


@pytest.mark.parametrize(
    ("loop", "message"),
    [
        ("[Name, [a]]", "expected a list of a name, the values, and what is repeated"),
        ("[Name, !Ref Names, {A: {}}]", "what it repeats over is not known\n  Give the parameter a value: "),
        ("[Name, a, {A: {}}]", "what it repeats over is not known\n  Give the parameter a value: "),
    ],
)
def test_what_cannot_be_repeated_is_placed(template_error: TemplateError, loop: str, message: str) -> None:
    text = f"{HEAD}Parameters: {{Names: {{Type: CommaDelimitedList}}}}\nResources:\n  Fn::ForEach::X: {loop}\n"
    assert template_error(text).startswith(f"FILE:5: the template: Fn::ForEach::X: {message}")
