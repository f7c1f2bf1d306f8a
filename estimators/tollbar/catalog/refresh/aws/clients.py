"""The clients of boto3, and what their errors mean to a refresh.

Messages name the operation and AWS's error code only: what AWS says beside them may name accounts
and roles.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    CredentialRetrievalError,
    HTTPClientError,
    NoAuthTokenError,
    NoCredentialsError,
    PartialCredentialsError,
    ProfileNotFound,
    SSOError,
    TokenRetrievalError,
)
from botocore.exceptions import (
    ConnectionError as AwsConnectionError,
)

from tollbar.errors import RefreshError, SourceUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PRICING_REGIONS: Final = ("us-east-1", "eu-central-1", "ap-south-1")
"""Where the Price List is asked; each answers for all regions (AWS General Reference, "AWS Price List endpoints")."""
PERMISSIONS: Final = (
    "pricing:GetProducts, pricing:GetAttributeValues, pricing:ListPriceLists, pricing:GetPriceListFileUrl; "
    "for Savings Plans savingsplans:DescribeSavingsPlansOfferingRates, for Spot ec2:DescribeSpotPriceHistory"
)
RETRIES: Final = {"mode": "adaptive", "total_max_attempts": 8}
"""The adaptive mode slows down where AWS throttles; it gives up after so many attempts."""

_REFUSED = frozenset(
    {
        "ExpiredToken", "ExpiredTokenException", "RequestExpired", "UnrecognizedClientException",
        "InvalidClientTokenId", "InvalidSignatureException", "SignatureDoesNotMatch", "IncompleteSignature",
        "MissingAuthenticationToken", "AuthFailure", "InvalidAccessKeyId", "OptInRequired",
    }
)  # fmt: skip
_DENIED = frozenset({"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"})
_THROTTLED = frozenset({"ThrottlingException", "Throttling", "TooManyRequestsException", "RequestLimitExceeded"})
_NO_CREDENTIALS = (
    NoAuthTokenError,
    NoCredentialsError,
    PartialCredentialsError,
    CredentialRetrievalError,
    ProfileNotFound,
    SSOError,
    TokenRetrievalError,
)


class Clients:
    """Makes clients of one session, all with the same retries and, where one is told, the same endpoint.

    ``prepare`` is called with each new client before it is used.
    """

    def __init__(
        self,
        session: Any,  # noqa: ANN401 -- boto3 ships no types
        endpoint: str | None = None,
        config: Config | None = None,
        prepare: Callable[[Any], None] | None = None,
    ) -> None:
        self._session = session
        self._endpoint = endpoint
        self._config = config or Config(retries=RETRIES)
        self._prepare = prepare
        self._made: dict[tuple[str, str], Any] = {}

    def client(self, service: str, region: str) -> Any:  # noqa: ANN401 -- boto3 ships no types
        """Return the client of an AWS service in a region."""
        key = (service, region)
        if key not in self._made:
            try:
                made = self._session.client(
                    service, region_name=region, endpoint_url=self._endpoint, config=self._config
                )
            except ValueError as error:  # boto3 takes no underscores in a host, for one
                raise SourceUnavailableError(f"boto3 does not take the endpoint: {error}") from None
            if self._prepare is not None:
                self._prepare(made)
            self._made[key] = made
        return self._made[key]

    def pricing(self) -> Any:  # noqa: ANN401 -- boto3 ships no types
        """Return the client of the Price List, in the session's region where it has one."""
        region = self._session.region_name
        return self.client("pricing", region if region in PRICING_REGIONS else PRICING_REGIONS[0])


@contextmanager
def aws_errors(what: str, *, is_one_of_many: bool = False) -> Iterator[None]:
    """Turn boto3's errors into ours; ``what`` says what was being read.

    ``is_one_of_many`` says that a refusal here says nothing about the rest: another service than the
    Price List, or a region that the account has not enabled.

    Raises:
        SourceUnavailableError: The credentials are absent, expired or refused, or AWS is out of reach.
        RefreshError: Anything else.
    """
    try:
        yield
    except _NO_CREDENTIALS as error:
        raise SourceUnavailableError(
            f"{what}: there are no AWS credentials ({type(error).__name__})",
            hint="Log in (aws sso login, AWS_PROFILE or the environment); the credentials need " + PERMISSIONS,
        ) from None
    except ClientError as error:
        raise _refusal(what, error, is_one_of_many=is_one_of_many) from None
    except (HTTPClientError, AwsConnectionError) as error:
        raise SourceUnavailableError(
            f"{what}: AWS is out of reach ({type(error).__name__})", hint="Check the network and the proxy."
        ) from None
    except BotoCoreError as error:
        raise RefreshError(f"{what}: boto3 could not ask AWS ({type(error).__name__})") from None


def _refusal(what: str, error: ClientError, *, is_one_of_many: bool) -> RefreshError:
    code = error.response.get("Error", {}).get("Code", "an error without a code")
    asked = f"{what}: AWS answers {code} to {error.operation_name}"
    refused = RefreshError if is_one_of_many else SourceUnavailableError
    if code in _REFUSED:
        return refused(asked, hint="The credentials are expired or not valid: log in again (aws sso login).")
    if code in _DENIED:
        return refused(asked, hint="The credentials lack a permission. Reading all prices needs " + PERMISSIONS)
    if code in _THROTTLED:
        return RefreshError(f"{asked} however often it is asked", hint="Try again later; what was read is kept.")
    return RefreshError(asked)
