"""One service for all tests that leave it as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.service.running import running_service

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx2

    from tests.service.running import Running


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_service(tmp_path_factory.mktemp("service")) as running:
        yield running


@pytest.fixture(scope="session")
def client(service: Running) -> Iterator[httpx2.Client]:
    with service.client(service.token()) as client:
        yield client
