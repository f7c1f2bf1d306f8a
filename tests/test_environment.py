"""Environments are known whatever their case, and by their usual other names: limits are looked up by name."""

from __future__ import annotations

import pytest

from tollbar.environment import environment_meant, environment_name


@pytest.mark.parametrize(
    ("given", "known", "meant"),
    [
        ("dev", ("dev", "prod"), "dev"),
        ("DEV", ("dev", "prod"), "dev"),
        (" Prod ", ("dev", "prod"), "prod"),
        ("Development", ("dev", "prod"), "dev"),
        ("production", ("dev", "prod"), "prod"),
        ("stg", ("staging",), "staging"),
        ("production", ("production", "prod"), "production"),
        ("Production", ("production", "prod"), "production"),
        ("Dev", ("Dev", "dev"), "Dev"),
        ("DEV", ("Dev", "dev"), "Dev"),
        ("production", ("dev",), "production"),
        ("sandbox", ("dev", "prod"), "sandbox"),
        ("device", ("dev", "prod"), "device"),
    ],
)
def test_environment_name(given: str, known: tuple[str, ...], meant: str) -> None:
    assert environment_name(given, known) == meant


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("prod", None),
        ("pord", "prod"),
        ("Prod", "prod"),
        ("production", "prod"),
        ("prodction", "prod"),
        ("satging", "staging"),
        ("developement", "dev"),
        ("prod-eu", None),
        ("pre-prod", None),
        ("preprod", None),
        ("dev2", None),
        ("test", None),
        ("qa", None),
        ("sandbox", None),
    ],
)
def test_environment_meant(given: str, meant: str | None) -> None:
    assert environment_meant(given) == meant
