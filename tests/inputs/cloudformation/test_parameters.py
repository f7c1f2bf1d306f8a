"""Parameters: defaults, what is given, types and what may not be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.inputs.cloudformation.conftest import ReadTemplate, TemplateError, attributes
from tollbar.errors import InputError
from tollbar.inputs.cloudformation.parameters import given_in_files
from tollbar.resource import Unknown

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = """
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Size: {Type: String, Default: small, AllowedValues: [small, large]}
  Count: {Type: Number, Default: 3}
  Names: {Type: CommaDelimitedList, Default: "a, b"}
  Ports: {Type: List<Number>, Default: "1,2"}
  Image: {Type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", Default: /image}
  Unset: {Type: String}
  Nothing: {Type: String, Default: ""}
Resources:
  A:
    Type: AWS::SQS::Queue
    Properties:
      Size: !Ref Size
      Count: !Ref Count
      Names: !Ref Names
      Ports: !Ref Ports
      Image: !Ref Image
      Unset: !Ref Unset
      Nothing: !Ref Nothing
"""


def test_defaults_hold_where_nothing_is_given(read_template: ReadTemplate) -> None:
    found = attributes(read_template(TEMPLATE), "A")
    unknown = {name for name, value in found.items() if isinstance(value, Unknown)}
    assert unknown == {"image", "unset"}
    assert {name: value for name, value in found.items() if name not in unknown} == {
        "size": "small",
        "count": "3",
        "names": ["a", "b"],
        "ports": ["1", "2"],
        "nothing": "",
    }


def test_what_is_given_goes_before_defaults(read_template: ReadTemplate) -> None:
    found = attributes(read_template(TEMPLATE, Size="large", Names="c", Unset="x", Image="/other"), "A")
    assert (found["size"], found["names"], found["unset"]) == ("large", ["c"], "x")
    assert isinstance(found["image"], Unknown)  # Systems Manager tells what the name stands for


def test_a_parameter_without_value_is_warned_of(read_template: ReadTemplate) -> None:
    (warning,) = read_template(TEMPLATE, AWS__Region="us-east-1").warnings
    assert warning.endswith("template.yaml: no value for Unset (--var NAME=VALUE); what depends on it is not known")
    assert read_template(TEMPLATE, Unset="x", AWS__Region="us-east-1").warnings == ()


@pytest.mark.parametrize(
    ("parameters", "variables", "message"),
    [
        (
            "{Size: {Type: String, AllowedValues: [small, large]}}",
            {"Size": "big"},
            "FILE:2: the parameter Size may not be 'big'\n  It allows small, large.",
        ),
        (
            "{Size: {Type: String}}",
            {"Sise": "x"},
            "--var Sise: FILE has no such parameter\n  Did you mean 'Size'?",
        ),
        ("{Zone: {Type: String}}", {"Qqqqq": "x"}, "--var Qqqqq: FILE has no such parameter\n  It has Zone."),
        ("{}", {"Qqqqq": "x"}, "--var Qqqqq: FILE has no such parameter\n  It has none."),
        ("{Size: small}", {}, "FILE:2: Parameters.Size: expected a mapping with a Type"),
        ("{Size: {Default: a}}", {}, "FILE:2: Parameters.Size.Type is missing\n  Write Type: String."),
        ("[Size]", {}, "FILE:2: Parameters: expected a mapping"),
    ],
)
def test_what_is_wrong_is_placed(
    template_error: TemplateError, parameters: str, variables: dict[str, str], message: str
) -> None:
    text = f"Resources: {{A: {{Type: 'AWS::SQS::Queue'}}}}\nParameters: {parameters}\nAWSTemplateFormatVersion: x\n"
    assert template_error(text, **variables) == message


@pytest.mark.parametrize(
    "content",
    [
        [{"ParameterKey": "A", "ParameterValue": "1"}, {"ParameterKey": "B", "ParameterValue": True}],
        {"Parameters": {"A": 1, "B": True}},
    ],
)
def test_both_forms_of_parameter_files_are_read(tmp_path: Path, content: object) -> None:
    file = tmp_path / "parameters.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    assert given_in_files([file, tmp_path / "x.tfvars", tmp_path / "x.tfvars.json"]) == {"A": "1", "B": "true"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[1]", "FILE: expected a list of ParameterKey and ParameterValue, or an object of Parameters"),
        ('{"A": "b"}', "FILE: expected a list of ParameterKey and ParameterValue, or an object of Parameters"),
        ("[\n,]", "FILE:2: not valid JSON: Expecting value (column 1)"),
    ],
)
def test_a_broken_parameter_file_is_placed(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "parameters.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as error:
        given_in_files([file])
    assert str(error.value).replace(str(file), "FILE") == message
