"""A running publisher of price data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.catalog.refresh.llm.publisher import Publisher, serving

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    """A running server."""
    published = Publisher()
    with serving(published):
        yield published
