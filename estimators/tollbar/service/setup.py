"""The service's own tollbar.yml: policies that every decision goes by, and prices that every estimate is made with."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollbar.catalog.opening import refreshed_folder

if TYPE_CHECKING:
    from tollbar.catalog.layers import LayeredCatalog
    from tollbar.policy.config import Config
    from tollbar.service.configuration import ServiceSettings

_OF_EVERY_ESTIMATE = ("environment", "hours_per_month", "prices", "kubernetes")
_USED = {*_OF_EVERY_ESTIMATE, "version", "usage", "policies", "approvers", "exemptions", "budgets"}


@dataclass(frozen=True)
class ServiceConfiguration:
    """What the file comes to. ``readable`` are folders of prices, and of files beside it, that workers may read.

    ``unused`` are its sections that are those of one project: commitments, workloads, a project's name.
    """

    config: Config
    file: Path | None
    policy_settings: dict[str, Any]
    estimate_defaults: dict[str, Any]
    readable: tuple[str, ...]
    unused: tuple[str, ...] = ()

    def catalog(self) -> LayeredCatalog:
        """Return the open catalogue of prices."""
        from tollbar.estimating.configured_catalog import open_configured_catalog  # noqa: PLC0415 -- only a started service needs it

        return open_configured_catalog(self.config, self.file, os.environ, datetime.now(UTC).date())


def read_configuration(settings: ServiceSettings) -> ServiceConfiguration:
    """Return what the service's tollbar.yml comes to; without one, the shipped defaults.

    Raises:
        ConfigError: It is not what it should be.
    """
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- as above
    from tollbar.policy.config import EXPECTED, Config, UsageConfig, config_content, read_config  # noqa: PLC0415 -- as above
    from tollbar.yaml_file import read_yaml  # noqa: PLC0415 -- as above

    readable = [str(refreshed_folder(os.environ))]
    if settings.config is None:
        config = Config(version=1)
        return ServiceConfiguration(config, None, config.policy_settings(), {}, tuple(readable))
    file = settings.config.resolve()
    config = read_config(file)
    content = config_content(read_yaml(file, ConfigError, expected=EXPECTED))
    defaults = {name: content[name] for name in _OF_EVERY_ESTIMATE if name in content}
    named = _name_files(defaults, file.parent)
    if config.usage.size != UsageConfig().size:
        defaults["usage"] = {"size": config.usage.size}  # its files are those of one project
    readable += [str(path.parent) for path in named]
    unused = tuple(sorted(content.keys() - _USED))
    return ServiceConfiguration(config, file, config.policy_settings(), defaults, tuple(readable), unused)


def _name_files(sections: dict[str, Any], folder: Path) -> list[Path]:
    """Return the files that sections name, which become whole paths: the file of an estimate stands elsewhere."""
    found: list[Path] = []

    def whole(name: object) -> object:
        if not isinstance(name, str):
            return name
        found.append(folder / name)
        return str(folder / name)

    if isinstance(prices := sections.get("prices"), dict) and "books" in prices:
        sections["prices"] = {**prices, "books": [whole(book) for book in prices["books"]]}
    if isinstance(kubernetes := sections.get("kubernetes"), dict) and "opencost" in kubernetes:
        sections["kubernetes"] = {**kubernetes, "opencost": whole(kubernetes["opencost"])}
    return found
