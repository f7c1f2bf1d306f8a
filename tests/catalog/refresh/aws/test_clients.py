"""What boto3's errors mean to a refresh."""

from __future__ import annotations

import pytest
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    ReadTimeoutError,
    TokenRetrievalError,
)

from tests.catalog.refresh.aws.conftest import session
from tollbar.catalog.refresh.aws.clients import Clients, aws_errors
from tollbar.errors import RefreshError, SourceUnavailableError

SECRET = "User: arn:aws:iam::123456789012:user/secret is not authorized"  # noqa: S105 -- what AWS might say


def client_error(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": SECRET}}, "GetProducts")


def meaning(error: Exception, *, is_one_of_many: bool = False) -> RefreshError:
    with pytest.raises(RefreshError) as caught, aws_errors("sqs in eu-west-1", is_one_of_many=is_one_of_many):
        raise error
    assert SECRET not in str(caught.value)
    assert caught.value.message.startswith("sqs in eu-west-1: ")
    return caught.value


@pytest.mark.parametrize(
    "error",
    [
        NoCredentialsError(),
        TokenRetrievalError(provider="sso", error_msg=SECRET),
        EndpointConnectionError(endpoint_url="https://api.pricing.us-east-1.amazonaws.com"),
        ReadTimeoutError(endpoint_url="https://api.pricing.us-east-1.amazonaws.com"),
        client_error("ExpiredTokenException"),
        client_error("AccessDeniedException"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_nothing_more_can_be_read(error: Exception) -> None:
    assert type(meaning(error)) is SourceUnavailableError


@pytest.mark.parametrize(
    "error",
    [client_error("ThrottlingException"), client_error("InternalErrorException"), BotoCoreError()],
    ids=["throttled", "internal", "botocore"],
)
def test_the_next_portion_may_be_read(error: Exception) -> None:
    assert type(meaning(error)) is RefreshError


@pytest.mark.parametrize("code", ["AuthFailure", "UnauthorizedOperation", "OptInRequired"])
def test_a_refusal_in_one_of_many_regions_ends_only_that(code: str) -> None:
    assert type(meaning(client_error(code), is_one_of_many=True)) is RefreshError


def test_what_to_do_about_absent_credentials_is_said() -> None:
    hint = meaning(NoCredentialsError()).hint
    assert hint is not None
    assert "aws sso login" in hint
    assert "pricing:GetPriceListFileUrl" in hint


@pytest.mark.parametrize(("region", "asked"), [("eu-central-1", "eu-central-1"), ("eu-west-1", "us-east-1")])
def test_the_price_list_is_asked_where_it_is(region: str, asked: str) -> None:
    class Session:
        region_name = region

        def client(self, service: str, **told: object) -> tuple[str, object]:
            return service, told["region_name"]

    assert Clients(Session()).pricing() == ("pricing", asked)


def test_an_endpoint_stands_in_for_all_of_aws() -> None:
    clients = Clients(session(), "http://127.0.0.1:9")
    made = [clients.client(service, "eu-west-1") for service in ("pricing", "ec2")]
    assert [client.meta.endpoint_url for client in made] == ["http://127.0.0.1:9"] * 2
    assert made[0].meta.config.retries["mode"] == "adaptive"
    assert clients.client("ec2", "eu-west-1") is made[1]
    for client in made:
        client.close()


def test_an_endpoint_that_boto3_does_not_take_is_an_error() -> None:
    with pytest.raises(SourceUnavailableError) as caught:
        Clients(session(), "http://my mirror:8080").pricing()
    assert caught.value.message == "boto3 does not take the endpoint: Invalid endpoint: http://my mirror:8080"
