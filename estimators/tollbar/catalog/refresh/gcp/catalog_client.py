"""The Cloud Billing Catalog, read with Google's own client.

Its failures become ours: refused credentials and a vendor out of reach end a refresh, a page that cannot be
read fails what it was for.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import grpc  # type: ignore[import-untyped]  # grpcio ships no types
from google.api_core import exceptions
from google.api_core.client_options import ClientOptions
from google.api_core.retry import Retry, if_exception_type
from google.auth.exceptions import DefaultCredentialsError, GoogleAuthError
from google.cloud import billing_v1
from google.cloud.billing_v1.services.cloud_catalog.transports import CloudCatalogGrpcTransport

from tollbar.catalog.refresh.gcp.sku import Sku, read_sku
from tollbar.errors import RefreshError, SourceUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tollbar.catalog.refresh.gcp.listing import BillingService

API_KEY_VARIABLE = "TOLLBAR_GCP_API_KEY"
CREDENTIALS_HINT = (
    "Run `gcloud auth application-default login`, or set "
    f"{API_KEY_VARIABLE} to an API key; enable cloudbilling.googleapis.com in its project. No role is needed."
)
_PAGE = 5000
"""SKUs on a page: the most that the API gives."""
_CALL_SECONDS = 60.0
_PLAIN = "http://"
_passes = if_exception_type(
    exceptions.ResourceExhausted, exceptions.ServiceUnavailable, exceptions.DeadlineExceeded, exceptions.Aborted
)
_FIRST_TRIES = 3
"""How often a vendor is tried that was never reached: it is most likely out of reach, and the user waits."""
RETRY = Retry(
    predicate=_passes,
    initial=1.0,
    maximum=30.0,
    multiplier=2.0,
    timeout=180.0,
)
"""How often one page is asked for again: with growing pauses, for three minutes at most."""


def connect(endpoint: str | None, environment: Mapping[str, str] = os.environ) -> billing_v1.CloudCatalogClient:
    """Return a client of the catalogue.

    Without an ``endpoint`` it is Google's. One with ``http://`` is spoken to in the clear and gets no
    credentials; any other gets those of the environment: an API key in ``TOLLBAR_GCP_API_KEY``, else the
    application default ones.

    Raises:
        SourceUnavailableError: There are no credentials.
    """
    if endpoint is not None and endpoint.startswith(_PLAIN):
        channel = grpc.insecure_channel(endpoint.removeprefix(_PLAIN).rstrip("/"))
        return billing_v1.CloudCatalogClient(transport=CloudCatalogGrpcTransport(channel=channel))
    options = ClientOptions(
        api_endpoint=endpoint.removeprefix("https://").rstrip("/") if endpoint else None,
        api_key=environment.get(API_KEY_VARIABLE) or None,
    )
    with _translated("Google Cloud"):
        return billing_v1.CloudCatalogClient(client_options=options)


class CatalogReader:
    """Reads services and SKUs, page by page. Close it when done."""

    def __init__(self, client: billing_v1.CloudCatalogClient, retry: Retry = RETRY) -> None:
        """Take a client, and how to ask again where the vendor is busy."""
        self._client = client
        self._retry = retry.with_predicate(self._is_worth_another_try)
        self._was_reached = False
        self._failed_tries = 0
        self._ids: dict[str, str] | None = None

    def close(self) -> None:
        """Close the connection."""
        self._client.transport.close()  # type: ignore[no-untyped-call]  # of the library

    def service_id(self, service: BillingService) -> str:
        """Return a service's identifier: ours if the vendor lists it, else that of the service of the same name.

        Raises:
            RefreshError: The vendor lists neither.
            SourceUnavailableError: The vendor refuses or is out of reach.
        """
        if self._ids is None:
            self._ids = dict(self._services())
        if service.id in self._ids.values():
            return service.id
        if service.name in self._ids:
            return self._ids[service.name]
        raise RefreshError(f"Google lists no service {service.name!r} ({service.id})")

    def _is_worth_another_try(self, error: Exception) -> bool:
        """Return whether to ask again after an error; ``ServiceUnavailable`` is also what no connection is called."""
        if isinstance(error, exceptions.ServiceUnavailable) and not self._was_reached:
            self._failed_tries += 1
            return self._failed_tries < _FIRST_TRIES
        return _passes(error)

    def _services(self) -> Iterator[tuple[str, str]]:
        request = billing_v1.ListServicesRequest(page_size=_PAGE)
        with _translated("the services of Google Cloud"):
            pager = self._client.list_services(request, retry=self._retry, timeout=_CALL_SECONDS)
            self._was_reached = True
            for service in pager:
                yield service.display_name, service.service_id

    def skus(self, service: BillingService) -> Iterator[Sku]:
        """Yield the SKUs of a service that tell a price, in USD.

        Raises:
            RefreshError: A page cannot be read, or a price is not in USD.
            SourceUnavailableError: The vendor refuses or is out of reach.
        """
        request = billing_v1.ListSkusRequest(
            parent=f"services/{self.service_id(service)}", currency_code="USD", page_size=_PAGE
        )
        with _translated(service.name):
            pager = self._client.list_skus(request, retry=self._retry, timeout=_CALL_SECONDS)
            seen: set[str] = set()
            for page in pager.pages:
                for message in billing_v1.ListSkusResponse.pb(page).skus:
                    sku = read_sku(message)
                    if sku is not None:
                        yield sku
                if page.next_page_token in seen:
                    raise RefreshError(f"{service.name}: Google gives the same page again and again")
                seen.add(page.next_page_token)


@contextmanager
def _translated(what: str) -> Iterator[None]:
    """Turn Google's errors into ours; ``what`` is what was being read.

    Raises:
        RefreshError: What was asked for cannot be read.
        SourceUnavailableError: Nothing else could be, either.
    """
    try:
        yield
    except exceptions.RetryError as error:
        raise _unanswered(what, error.cause) from error
    except (exceptions.ResourceExhausted, exceptions.ServiceUnavailable, exceptions.DeadlineExceeded) as error:
        raise _unanswered(what, error) from error
    except (exceptions.Unauthenticated, exceptions.PermissionDenied, exceptions.Forbidden) as error:
        raise SourceUnavailableError(
            f"Google refuses to list {what}: {error.message}", hint=CREDENTIALS_HINT
        ) from error
    except DefaultCredentialsError as error:
        raise SourceUnavailableError(f"no credentials to read {what} with", hint=CREDENTIALS_HINT) from error
    except GoogleAuthError as error:
        raise SourceUnavailableError(f"the credentials to read {what} with failed", hint=CREDENTIALS_HINT) from error
    except exceptions.GoogleAPIError as error:
        raise RefreshError(f"{what} could not be read: {_message(error)}") from error


def _unanswered(what: str, cause: Exception | None) -> RefreshError:
    """Return the error of a vendor that did not answer after all retries: busy for this, or away for all."""
    if isinstance(cause, exceptions.ResourceExhausted):
        return RefreshError(f"{what} could not be read: Google allows no more requests for now")
    return SourceUnavailableError(f"{what} could not be read: Google does not answer ({_message(cause)})")


def _message(error: Exception | None) -> str:
    return str(getattr(error, "message", None) or error)
