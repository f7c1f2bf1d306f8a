"""AWS::Serverless: what stands for a function, an API, a table, a state machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.inputs.cloudformation.conftest import attributes

if TYPE_CHECKING:
    from tests.inputs.cloudformation.conftest import ReadTemplate, TemplateError

HEAD = "AWSTemplateFormatVersion: x\nTransform: AWS::Serverless-2016-10-31\n"


def test_functions_take_what_is_shared(read_template: ReadTemplate) -> None:
    declared = read_template(
        HEAD
        + """
Globals:
  Function:
    MemorySize: 512
    Architectures: [arm64]
    Tags: {team: web, stage: dev}
Resources:
  Api: {Type: AWS::Serverless::Function, Properties: {Handler: a.b, Tags: {stage: prod}}}
  Job: {Type: AWS::Serverless::Function, Properties: {MemorySize: 1024, Role: !GetAtt ApiRole.Arn}}
"""
    )
    found = {r.address: (r.type, r.attributes.get("memory_size"), dict(r.tags)) for r in declared.after}
    assert found == {
        "Api": ("aws_lambda_function", "512", {"team": "web", "stage": "prod"}),
        "Job": ("aws_lambda_function", "1024", {"team": "web", "stage": "dev"}),
    }
    assert attributes(declared, "Job")["architectures"] == ["arm64"]
    assert str(declared.after.by_address["Job"].location).endswith("template.yaml:11")


def test_events_imply_one_api_of_each_kind(read_template: ReadTemplate) -> None:
    declared = read_template(
        HEAD
        + """
Resources:
  A:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Get: {Type: Api, Properties: {Path: /, Method: get}}
        Put: {Type: Api, Properties: {Path: /, Method: put}}
        Own: {Type: Api, Properties: {Path: /, Method: put, RestApiId: !Ref Mine}}
        Http: {Type: HttpApi}
        Queue: {Type: SQS, Properties: {Queue: q}}
  Mine:
    Type: AWS::Serverless::Api
    Properties: {StageName: x, CacheClusterEnabled: true, CacheClusterSize: "0.5"}
  Other: {Type: AWS::Serverless::HttpApi}
Outputs:
  Url: {Value: !Sub "https://${ServerlessRestApi}.example.com/${MineStage}"}
"""
    )
    assert {r.address: r.type for r in declared.after} == {
        "A": "aws_lambda_function",
        "ServerlessRestApi": "aws_api_gateway_rest_api",
        "ServerlessHttpApi": "aws_apigatewayv2_api",
        "Mine": "aws_api_gateway_rest_api",
        "MineStage": "aws_api_gateway_stage",
        "Other": "aws_apigatewayv2_api",
    }
    assert attributes(declared, "MineStage")["cache_cluster_size"] == "0.5"
    assert attributes(declared, "ServerlessHttpApi")["protocol_type"] == "HTTP"


def test_provisioned_concurrency_is_that_of_an_alias(read_template: ReadTemplate) -> None:
    declared = read_template(
        HEAD
        + """
Conditions: {Never: !Equals [a, b]}
Resources:
  A:
    Type: AWS::Serverless::Function
    Properties:
      AutoPublishAlias: live
      ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 5}
  B:
    Type: AWS::Serverless::Function
    Condition: Never
    Properties: {ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 5}}
"""
    )
    alias = declared.after.by_address["AAlias"]
    assert [r.address for r in declared.after] == ["A", "AAlias"]
    assert (alias.type, alias.references) == ("aws_lambda_provisioned_concurrency_config", {"function_name": ("A",)})
    assert alias.attributes.get("provisioned_concurrent_executions") == "5"


def test_the_other_types(read_template: ReadTemplate) -> None:
    child = "AWSTemplateFormatVersion: x\nResources: {Q: {Type: AWS::SQS::Queue}}"
    declared = read_template(
        HEAD
        + """
Resources:
  OnDemand: {Type: AWS::Serverless::SimpleTable}
  Provisioned:
    Type: AWS::Serverless::SimpleTable
    Properties: {ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 6}}
  Flow: {Type: AWS::Serverless::StateMachine, Properties: {Type: EXPRESS}}
  Standard: {Type: AWS::Serverless::StateMachine}
  Layer: {Type: AWS::Serverless::LayerVersion}
  Wire: {Type: AWS::Serverless::Connector}
  Part: {Type: AWS::Serverless::Application, Properties: {Location: part.yaml}}
  New: {Type: AWS::Serverless::Novelty}
""",
        {"part.yaml": child},
    )
    found = {r.address: (r.type, r.attributes.get("billing_mode") or r.attributes.get("type")) for r in declared.after}
    assert found == {
        "OnDemand": ("aws_dynamodb_table", "PAY_PER_REQUEST"),
        "Provisioned": ("aws_dynamodb_table", "PROVISIONED"),
        "Flow": ("aws_sfn_state_machine", "EXPRESS"),
        "Standard": ("aws_sfn_state_machine", "STANDARD"),
        "Layer": ("aws_lambda_layer_version", None),
        "Part/Q": ("aws_sqs_queue", None),
        "New": ("AWS::Serverless::Novelty", None),
    }


def test_without_the_transform_the_types_are_not_known(read_template: ReadTemplate) -> None:
    declared = read_template("AWSTemplateFormatVersion: x\nResources: {A: {Type: AWS::Serverless::Function}}")
    assert [r.type for r in declared.after] == ["AWS::Serverless::Function"]


def test_broken_properties_are_placed(template_error: TemplateError) -> None:
    text = f"{HEAD}Resources:\n  A: {{Type: AWS::Serverless::Function, Properties: [a]}}\n"
    assert template_error(text) == "FILE:4: Resources.A.Properties: expected a mapping"
