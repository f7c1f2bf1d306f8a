"""Lambda, API Gateway, Step Functions, SQS, SNS, EventBridge, Kinesis, Amazon MQ, MSK, AppSync."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from tollbar.inputs.cloudformation.attributes import Part, TypeMap, attributes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.inputs.cloudformation.attributes import Attributes, Properties
    from tollbar.inputs.cloudformation.values import Value

_SUBNETS: Final = "vpc_config"
_KEPT_READY: Final = {
    "ProvisionedConcurrencyConfig": "",
    "ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions": "provisioned_concurrent_executions",
}
_SUBSCRIPTION: Final = TypeMap("aws_sns_topic_subscription")


def _kind_of_alias(properties: Properties) -> str:
    kept_ready = "ProvisionedConcurrencyConfig" in properties
    return "aws_lambda_provisioned_concurrency_config" if kept_ready else "aws_lambda_alias"


def _finish_api(attributes: Attributes, _region: str | None) -> None:
    """Say of an API that is imported from a definition what it is: only HTTP APIs are."""
    if "protocol_type" not in attributes and {"body", "body_s3_location"} & attributes.keys():
        attributes["protocol_type"] = "HTTP"


def _subscriptions(own: Value, properties: Properties, _region: str | None) -> Iterator[Part]:
    listed = properties.get("Subscription")
    for index, subscription in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(subscription, Mapping):
            attributes = {**attributes_of(subscription, _SUBSCRIPTION), "topic_arn": own}
            yield Part(f".Subscription[{index}]", _SUBSCRIPTION.type, attributes)


TYPES: Final[Mapping[str, TypeMap]] = {
    "AWS::AmazonMQ::Broker": TypeMap("aws_mq_broker"),
    "AWS::ApiGateway::RestApi": TypeMap("aws_api_gateway_rest_api"),
    "AWS::ApiGateway::Stage": TypeMap("aws_api_gateway_stage"),
    "AWS::ApiGatewayV2::Api": TypeMap("aws_apigatewayv2_api", finish=_finish_api),
    "AWS::AppSync::ApiCache": TypeMap("aws_appsync_api_cache"),
    "AWS::AppSync::GraphQLApi": TypeMap("aws_appsync_graphql_api"),
    "AWS::Events::EventBus": TypeMap("aws_cloudwatch_event_bus"),
    "AWS::Kinesis::Stream": TypeMap("aws_kinesis_stream", {"RetentionPeriodHours": "retention_period"}),
    "AWS::KinesisFirehose::DeliveryStream": TypeMap(
        "aws_kinesis_firehose_delivery_stream",
        {
            "AmazonOpenSearchServerlessDestinationConfiguration": "opensearchserverless_configuration",
            "AmazonOpenSearchServerlessDestinationConfiguration.VpcConfiguration": _SUBNETS,
            "AmazonopensearchserviceDestinationConfiguration": "opensearch_configuration",
            "AmazonopensearchserviceDestinationConfiguration.VpcConfiguration": _SUBNETS,
            "ElasticsearchDestinationConfiguration": "elasticsearch_configuration",
            "ElasticsearchDestinationConfiguration.VpcConfiguration": _SUBNETS,
            "ExtendedS3DestinationConfiguration": "extended_s3_configuration",
        },
    ),
    "AWS::KafkaConnect::Connector": TypeMap("aws_mskconnect_connector", {"Capacity.AutoScaling": "autoscaling"}),
    "AWS::Lambda::Alias": TypeMap("", _KEPT_READY, kind=_kind_of_alias),
    "AWS::Lambda::Function": TypeMap("aws_lambda_function"),
    "AWS::Lambda::Version": TypeMap("", _KEPT_READY, kind=_kind_of_alias),
    "AWS::MSK::Cluster": TypeMap("aws_msk_cluster"),
    "AWS::MSK::ServerlessCluster": TypeMap("aws_msk_serverless_cluster"),
    "AWS::SNS::Subscription": _SUBSCRIPTION,
    "AWS::SNS::Topic": TypeMap("aws_sns_topic", {"TopicName": "name"}, parts=_subscriptions),
    "AWS::SQS::Queue": TypeMap("aws_sqs_queue", {"QueueName": "name"}),
    "AWS::StepFunctions::StateMachine": TypeMap("aws_sfn_state_machine", {"StateMachineType": "type"}),
}
