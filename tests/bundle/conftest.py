"""The artifacts, built once per process, and a pair of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bundle.artifacts import KeyPair, build

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> KeyPair:
    """The key that bundles are signed with."""
    return KeyPair(tmp_path_factory.mktemp("keys"), "tollbar")


@pytest.fixture(scope="session")
def artifacts(opa: Path, key: KeyPair, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The signed bundle and the archive for conftest."""
    return build(opa, tmp_path_factory.mktemp("dist"), key)
