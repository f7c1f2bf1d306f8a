"""``tollbar.yml``: who deploys what, and what the policy is to be strict about."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from tollbar.errors import ConfigError
from tollbar.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from tollbar.yaml_file import YamlFile

CONFIG_FILE = "tollbar.yml"


class Section(BaseModel):
    """A closed part of the file: an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class EnvironmentConfig(Section):
    """Where the environment is read from, the first that gives one, and what it is where none does.

    ``tags.NAME`` reads a resource's tag, ``workspace`` the Terraform workspace, ``path`` a folder of
    the project's path that is called like a known environment.
    """

    from_: tuple[str, ...] = Field(default=("tags.environment",), alias="from")
    default: str = "dev"

    @field_validator("from_")
    @classmethod
    def _known_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            if origin not in {"workspace", "path"} and not origin.startswith("tags."):
                raise ValueError(f"{origin!r} is not tags.NAME, workspace or path")
        return origins


class PricesConfig(Section):
    """How old prices may be before they count as stale."""

    stale_after_days: int = Field(default=30, ge=1)


class PoliciesConfig(Section):
    """Settings per rule, by the rule's name; they are merged over the shipped defaults."""

    rules: dict[str, dict[str, Any]] = Field(default_factory=dict)


class Approver(Section):
    """Who may approve a deployment that costs up to ``up_to`` USD a month."""

    up_to: float
    role: str


class Config(Section):
    """The whole file. Everything is optional but the version."""

    version: Literal[1]
    project: str | None = None
    team: str | None = None
    environment: EnvironmentConfig = EnvironmentConfig()
    tags: dict[str, str] = Field(default_factory=dict, description="tags of the deployment as a whole")
    hours_per_month: Decimal = Field(default=Decimal(730), gt=0, le=744)
    prices: PricesConfig = PricesConfig()
    policies: PoliciesConfig = PoliciesConfig()
    approvers: tuple[Approver, ...] = ()

    @field_validator("environment", mode="before")
    @classmethod
    def _environment_by_name(cls, value: object) -> object:
        return {"from": [], "default": value} if isinstance(value, str) else value

    def policy_settings(self) -> dict[str, Any]:
        """Return the document the policy reads as ``data.tollbar_settings``."""
        return {
            "rules": _as_json(self.policies.rules),
            "approvers": [approver.model_dump() for approver in self.approvers],
        }


def read_config(file: Path) -> Config:
    """Return the configuration in a file.

    Raises:
        ConfigError: Not readable, not YAML, an unknown key (the nearest known one is named) or a
            value that is not what was expected; with file and line.
    """
    from tollbar.yaml_file import read_yaml  # noqa: PLC0415 -- only where there is such a file

    document = read_yaml(file, ConfigError, expected="a mapping that starts with `version: 1`")
    try:
        return Config.model_validate(document.plain())
    except ValidationError as error:
        raise _explained(document, error.errors()[0]) from None


def _as_json(value: Any) -> Any:  # noqa: ANN401 -- whatever a rule's settings hold
    """Return a value with its exact numbers as JSON has them."""
    if isinstance(value, dict):
        return {name: _as_json(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_as_json(item) for item in value]
    return float(value) if isinstance(value, Decimal) else value


def find_config(named: Path | None, paths: Iterable[Path], working_directory: Path) -> Path | None:
    """Return the configuration file: as named, in the first path that is a directory and has one, or here."""
    if named is not None:
        return named
    folders = [*(path for path in paths if path.is_dir()), working_directory]
    return next((folder / CONFIG_FILE for folder in folders if (folder / CONFIG_FILE).is_file()), None)


def _explained(document: YamlFile, error: ErrorDetails) -> ConfigError:
    path = [step for step in error["loc"] if isinstance(step, (str, int))]
    field = ".".join(str(step) for step in path)
    hint = None
    message = f"{field}: {error['msg']}"
    if error["type"] == "extra_forbidden":
        known = _known_keys(path[:-1])
        message = f"unknown key {field!r}"
        hint = did_you_mean(str(path[-1]), known) or f"Known here: {', '.join(known)}."
    elif error["type"] == "missing":
        message = f"{field} is missing"
        hint = "Start the file with `version: 1`." if field == "version" else None
    return ConfigError(message, location=document.location(path), hint=hint)


def _known_keys(path: list[str | int]) -> list[str]:
    section: type[BaseModel] = Config
    for step in path:
        if isinstance(step, int):
            continue
        field = next((f for n, f in section.model_fields.items() if step in {n, f.alias}), None)
        kind = Approver if step == "approvers" else field.annotation if field else None
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            section = kind
    return [field.alias or name for name, field in section.model_fields.items()]
