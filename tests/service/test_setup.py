"""What of the service's tollbar.yml holds for every estimate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.service.configuration import ServiceSettings
from tollbar.service.setup import read_configuration

if TYPE_CHECKING:
    from pathlib import Path

_CONFIG = """\
version: 1
project: platform
environment: {from: [tags.environment], default: prod}
prices: {books: [books/own.yml]}
kubernetes: {cloud: aws, region: eu-west-1, opencost: allocation.json}
commitments: commitments.yml
usage: {file: usage.yml, size: small}
policies: {mode: advisory}
"""


def test_what_prices_are_made_of_holds_for_every_estimate_and_what_is_of_one_project_does_not(tmp_path: Path) -> None:
    file = tmp_path / "tollbar.yml"
    file.write_text(_CONFIG, encoding="utf-8")
    read = read_configuration(ServiceSettings(config=file))
    assert read.estimate_defaults == {
        "environment": {"from": ["tags.environment"], "default": "prod"},
        "prices": {"books": [str(tmp_path / "books" / "own.yml")]},
        "kubernetes": {"cloud": "aws", "region": "eu-west-1", "opencost": str(tmp_path / "allocation.json")},
        "usage": {"size": "small"},
    }
    assert read.readable[1:] == (str(tmp_path / "books"), str(tmp_path))
    assert read.unused == ("commitments", "project")
    assert read.policy_settings == {"rules": {}, "mode": "advisory"}
