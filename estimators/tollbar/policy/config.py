"""``tollbar.yml``: who deploys what, and what the policy is to be strict about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from tollbar.environment import USUAL_ENVIRONMENTS
from tollbar.errors import ConfigError
from tollbar.inputs.kubernetes.settings import KubernetesConfig
from tollbar.inputs.llm_code.settings import CodeConfig
from tollbar.usage import UsageSize  # noqa: TC001 -- pydantic reads the annotations at run time
from tollbar.yaml_model import Section, validated

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tollbar.yaml_file import YamlFile

CONFIG_FILE = "tollbar.yml"
EXPECTED = "a mapping that starts with `version: 1`"
HINTS = {"version": "Start the file with `version: 1`."}
"""What to do about a key that is missing."""
POLICY_FILE = ".github/crashlens.yml"


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
    """Which prices hold, and how old they may be before they count as stale.

    ``books`` are the user's own prices: files beside this one, or written here. ``borrow_from`` names
    the regions whose price is taken, in this order and no other's, where ``missing_region`` is
    ``borrow``; with none named, the vendors' largest, else the dearest.
    """

    stale_after_days: int = Field(default=30, ge=1)
    books: tuple[str | dict[str, Any], ...] = ()
    missing_region: Literal["unpriced", "borrow"] = "unpriced"
    borrow_from: tuple[str, ...] = ()

    @field_validator("books", mode="before")
    @classmethod
    def _files_or_books(cls, books: object) -> object:
        if not isinstance(books, list) or not all(isinstance(book, (str, dict)) for book in books):
            raise ValueError("expected a list of files, or of books written here")
        return books


class UsageConfig(Section):
    """How much is used: told in ``file``, seen before in ``history`` (files beside this one), else assumed.

    ``size`` is how large use is taken to be that neither of them tells.
    """

    file: str | None = Field(default=None, min_length=1)
    history: str | None = Field(default=None, min_length=1)
    size: UsageSize = "medium"


class PoliciesConfig(Section):
    """Settings per rule, by the rule's name; they are merged over the shipped defaults."""

    mode: str | bool | None = Field(default=None, description="of every rule that has none of its own")
    unchanged: str | bool | None = Field(
        default=None, description="the most that a finding counts for about what the change leaves as it is"
    )
    rules: dict[str, dict[str, Any]] = Field(default_factory=dict)


class Approver(Section):
    """Who may approve up to ``up_to`` USD a month; any amount where that is not told."""

    up_to: Decimal | None = None
    role: str


class Exemption(Section):
    """What is let through, by whom, why and until when.

    ``rules`` are codes or names. ``address`` is a resource's, with ``*`` and ``?``; without one it is of
    the deployment as a whole. What costs more than ``max_monthly_cost`` USD is not exempt. Both days count.
    """

    id: str = Field(min_length=1)
    rules: tuple[str, ...] = Field(min_length=1)
    reason: str = Field(min_length=1)
    address: str | None = Field(default=None, min_length=1)
    approver: str | None = Field(default=None, min_length=1)
    ticket: str | None = Field(default=None, min_length=1)
    max_monthly_cost: Decimal | None = Field(default=None, ge=0)
    starts: date | None = None
    expires: date | None = None


class Budget(Section):
    """What a team or a project may spend a month: USD."""

    team: str | None = Field(default=None, min_length=1)
    project: str | None = Field(default=None, min_length=1)
    monthly: Decimal = Field(ge=0)

    @model_validator(mode="after")
    def _of_one(self) -> Self:
        if (self.team is None) == (self.project is None):
            raise ValueError("a budget is that of a team or of a project: tell one of them")
        return self


class LedgerConfig(Section):
    """Where what was decided is kept, and how much of it the policy sees.

    ``url`` is a file beside this one or a database's URL; ``days`` is how far back the policy looks, ``most``
    how many deployments it sees at the most.
    """

    url: str | None = Field(default=None, min_length=1)
    days: int = Field(default=90, ge=1)
    most: int = Field(default=500, ge=1)


class Config(Section):
    """The whole file. Everything is optional but the version."""

    version: Literal[1]
    project: str | None = None
    team: str | None = None
    environment: EnvironmentConfig = EnvironmentConfig()
    tags: dict[str, str] = Field(default_factory=dict, description="tags of the deployment as a whole")
    hours_per_month: Decimal = Field(default=Decimal(730), gt=0, le=744)
    prices: PricesConfig = PricesConfig()
    usage: UsageConfig = UsageConfig()
    workloads: tuple[dict[str, Any], ...] = Field(
        default=(), description="what no infrastructure file tells; see docs/workloads.md"
    )
    code: CodeConfig = CodeConfig()
    commitments: str | None = Field(
        default=None, min_length=1, description="an inventory file of commitments, beside this file"
    )
    kubernetes: KubernetesConfig = KubernetesConfig()
    policies: PoliciesConfig = PoliciesConfig()
    approvers: tuple[Approver, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    budgets: tuple[Budget, ...] = ()
    scan: dict[str, Any] = Field(
        default_factory=dict, description="thresholds of the detectors of waste in usage logs; see docs/scan.md"
    )
    ledger: LedgerConfig = LedgerConfig()
    history: str | None = Field(
        default=None, min_length=1, description="a file of what came before and what was spent; see docs/ledger.md"
    )

    @field_validator("ledger", mode="before", json_schema_input_type=LedgerConfig | str)
    @classmethod
    def _ledger_by_url(cls, value: object) -> object:
        return {"url": value} if isinstance(value, str) else value

    @field_validator("environment", mode="before", json_schema_input_type=EnvironmentConfig | str)
    @classmethod
    def _environment_by_name(cls, value: object) -> object:
        return {"from": [], "default": value} if isinstance(value, str) else value

    def environments(self) -> tuple[str, ...]:
        """Return the environments that the policy knows: those that are set, and the library's own.

        Whatever a map of a rule's settings has for a key may be one: a name too many takes none away.
        """
        maps = [value for given in self.policies.rules.values() for value in given.values() if isinstance(value, dict)]
        named = [str(name) for value in maps for name in value]
        return tuple(dict.fromkeys([*named, self.environment.default, *USUAL_ENVIRONMENTS]))

    def suggested_models(self) -> tuple[str, ...]:
        """Return the language models that policies suggest in place of others."""
        cases = self.policies.rules.get("model_overkill", {}).get("cases", ())
        cases = cases if isinstance(cases, list | tuple) else ()
        models = [case.get("suggest_fallback") for case in cases if isinstance(case, dict)]
        return tuple(dict.fromkeys(model for model in models if isinstance(model, str)))

    def policy_settings(self) -> dict[str, Any]:
        """Return the document the policy reads as ``data.tollbar_settings``."""
        sections = {"approvers": self.approvers, "exemptions": self.exemptions, "budgets": self.budgets}
        settings: dict[str, Any] = {
            name: [_as_json(entry.model_dump(exclude_none=True)) for entry in entries]
            for name, entries in sections.items()
            if entries
        }
        modes = self.policies.model_dump(include={"mode", "unchanged"}, exclude_none=True)
        return {"rules": _as_json(self.policies.rules), **modes, **settings}


def read_config(file: Path) -> Config:
    """Return the configuration in a file.

    Raises:
        ConfigError: Not readable, not YAML, an unknown key (the nearest known one is named) or a
            value that is not what was expected; with file and line.
    """
    from tollbar.yaml_file import read_yaml  # noqa: PLC0415 -- only where there is such a file

    document = read_yaml(file, ConfigError, expected=EXPECTED)
    return validated(Config, config_content(document), document, hints=HINTS)


def config_content(document: YamlFile) -> dict[str, Any]:
    """Return the content of a configuration file, a list of policies compiled to the settings of rules.

    Raises:
        ConfigError: The list of policies is not what it should be.
    """
    content = document.plain()
    if isinstance(content.get("policies"), list):
        content["policies"] = {"rules": _rules_of(content["policies"], document)}
    return content


def _rules_of(policies: list[Any], document: YamlFile) -> dict[str, dict[str, Any]]:
    """Return the settings of rules that a list of policies comes to, as .github/crashlens.yml has it."""
    from tollbar.policy.crashlens_file import policy_cases  # noqa: PLC0415 -- only where there is such a list

    rules: dict[str, dict[str, Any]] = {}
    for case in policy_cases(policies, document):
        rules.setdefault(case.rule, {"cases": []})["cases"].append(dict(case.params))
    return rules


def _as_json(value: Any) -> Any:  # noqa: ANN401 -- whatever a rule's settings hold
    """Return a value with its exact numbers as JSON has them."""
    if isinstance(value, dict):
        return {name: _as_json(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_as_json(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def config_candidates(named: Path | None, paths: Iterable[Path], working_directory: Path) -> list[Path]:
    """Return where the configuration is looked for: as named, else in the paths that are directories, then here."""
    if named is not None:
        return [named]
    return [folder / CONFIG_FILE for folder in (*(path for path in paths if path.is_dir()), working_directory)]


def find_config(named: Path | None, paths: Iterable[Path], working_directory: Path) -> Path | None:
    """Return the configuration file: as named, in the first path that is a directory and has one, or here."""
    if named is not None:
        return named
    return next((file for file in config_candidates(None, paths, working_directory) if file.is_file()), None)


def refuse_misnamed(candidates: Iterable[Path]) -> None:
    """Refuse a file of policy or settings that ends in ``.yaml``: it would not be read, and its limits not hold.

    Raises:
        ConfigError: There is one where a file is looked for that is not there.
    """
    for wanted in candidates:
        found = wanted.with_suffix(".yaml")
        if found != wanted and found.is_file() and not wanted.is_file():
            raise ConfigError(f"{found} is not read: the file is to be called {wanted.name}", hint="Rename it.")


def is_policy_file(file: Path) -> bool:
    """Return whether a file that somebody names is one of policies: by its name, or as settings know no ``updates``."""
    if file.with_suffix(".yml").name == POLICY_FILE.rpartition("/")[2]:
        return True
    try:
        return any(line.startswith(b"updates:") for line in file.read_bytes().splitlines())
    except OSError:
        return False


def policy_file_candidates(config_file: Path | None, paths: Iterable[Path]) -> list[Path]:
    """Return where policy files are looked for: in the repository of each path and beside the configuration."""
    folders = [folder for path in paths for folder in _up_to_repository(path.resolve())]
    beside = [] if config_file is None else [config_file.resolve().parent]
    candidates = [folder / POLICY_FILE for folder in (*beside, *folders)]
    return list(dict.fromkeys([*candidates, *(folder / "crashlens.yml" for folder in beside)]))


def _up_to_repository(path: Path) -> list[Path]:
    """Return the folders from a path up to its repository's; outside of any repository only its own."""
    start = path if path.is_dir() else path.parent
    folders = [start, *start.parents]
    root = next((number for number, folder in enumerate(folders) if (folder / ".git").exists()), 0)
    return folders[: root + 1]
