"""What holds for every request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import httpx2


@pytest.mark.parametrize(
    ("path", "status"),
    [("/healthz", 200), ("/readyz", 200), ("/v1/policies", 200), ("/v1/nothing", 404), ("/v1/estimates", 405)],
)
def test_head_is_get_without_the_body(client: httpx2.Client, path: str, status: int) -> None:
    """Load balancers ask so whether a service is there (RFC 9110, section 9.3.2)."""
    head, get = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (status, b"")
    assert get.status_code == status
    told = {"content-type", "content-length", "allow", "cache-control"}
    assert [(name, head.headers.get(name)) for name in told] == [(name, get.headers.get(name)) for name in told]
