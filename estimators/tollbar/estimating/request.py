"""From the paths and options of a command to an estimate."""

from __future__ import annotations

import fnmatch
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tollbar import pipeline
from tollbar.comparison import compare
from tollbar.environment import USUAL_ENVIRONMENTS, environment_name
from tollbar.errors import ConfigError, InputError
from tollbar.estimate import Deployment
from tollbar.estimating import priced_input
from tollbar.estimating.cluster import allocation_export, cluster_books, in_cluster
from tollbar.estimating.configured_catalog import open_configured_catalog
from tollbar.estimating.history import with_told_history
from tollbar.estimating.policy_source import WorktreeSource
from tollbar.inputs import detect
from tollbar.inputs.interface import ReadOptions
from tollbar.location import Location
from tollbar.policy.pull_request import pull_request
from tollbar.resources.registry import resource_type, resource_types
from tollbar.settings import Settings
from tollbar.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from tollbar.adjust.commitment_file import AnyCommitment
    from tollbar.catalog.layers import LayeredCatalog
    from tollbar.estimate import Estimate
    from tollbar.estimating.code_states import CodeStates
    from tollbar.estimating.policy_source import Configuration, PolicySource
    from tollbar.explanation import Explanation
    from tollbar.inputs.interface import Declaration
    from tollbar.inputs.usage_file import UsageFile
    from tollbar.inputs.usage_history import UsageHistory
    from tollbar.policy.config import Config
    from tollbar.usage import UsageSize

_USUAL_ENVIRONMENT_TAGS = ("environment", "Environment", "env", "Env")
_NAMED = 3
"""How many resources a warning names."""


@dataclass(frozen=True)
class Request:
    """What a command was asked to estimate."""

    paths: Sequence[Path]
    base: Path | None = None
    usage_file: Path | None = None
    variables: Sequence[str] = ()
    variable_files: Sequence[Path] = ()
    workspace: str = "default"
    assumptions: bool = True
    config_file: Path | None = None
    environment: str | None = None
    now: str | None = None
    process_environment: Mapping[str, str] = field(default_factory=dict)
    commitments: Path | None = None
    usage_size: str | None = None
    usage_history: Path | None = None
    policy_source: PolicySource = field(default_factory=WorktreeSource)
    labels: Sequence[str] = ()
    code: CodeStates | None = None
    """Calls in source code, in place of what the paths declare; with their state before where there is one."""


@dataclass(frozen=True)
class Estimated:
    """An estimate, the configuration it was made under, and what the inputs warned of."""

    estimate: Estimate
    config: Config
    config_file: Path | None = None
    warnings: tuple[str, ...] = ()
    folder: Path | None = None
    """Where the user's configuration stands; ``config_file`` may be a copy of another revision's."""
    before: Estimate | None = None
    """The state that it was compared with."""


def make_estimate(request: Request) -> Estimated:
    """Return the estimate of what was asked for, compared with the base where there is one.

    Raises:
        TollbarError: An input, the configuration or the catalogue is not what it should be.
    """
    configuration = request.policy_source.configuration(request.config_file, request.paths)
    _refuse_options_of_priced(request)
    after = with_told_history(_estimate_of(request, request.paths, configuration))
    after = replace(after, warnings=(*after.warnings, *configuration.notes), folder=configuration.folder)
    before = _before(request, configuration)
    if before is None:
        return after
    more = [warning for warning in before.warnings if warning not in after.warnings]
    warnings = (*after.warnings, *(f"base: {warning}" for warning in more))
    compared = _with_public_files(compare(after.estimate, before.estimate), request.policy_source)
    config = after.config if request.code is None else _judging_changes(after.config)
    return replace(after, estimate=compared, config=config, warnings=warnings, before=before.estimate)


def _judging_changes(config: Config) -> Config:
    """Return the configuration with nothing said of what stays as it is, unless it tells otherwise.

    Of source code it is the change that is asked about: calls that were there before are those of ``tollbar code``
    without a revision to compare with.
    """
    if config.policies.unchanged is not None:
        return config
    return config.model_copy(update={"policies": config.policies.model_copy(update={"unchanged": "off"})})


def _before(request: Request, configuration: Configuration) -> Estimated | None:
    """Return the estimate of the state to compare with, None where none is told."""
    if request.code is not None:
        earlier = request.code.before
        return None if earlier is None else _estimate_of(replace(request, code=earlier), request.paths, configuration)
    if request.base is None:
        return None
    return _estimate_of(request, [request.base], request.policy_source.before(configuration, request.base))


def _with_public_files(estimate: Estimate, source: PolicySource) -> Estimate:
    """Return the estimate with the files that were copied from another revision called as the user knows them."""
    resources = []
    for resource in estimate.resources:
        place = resource.location
        if place is not None and (file := source.public(place.file)) != place.file:
            resources.append(resource.model_copy(update={"location": place.model_copy(update={"file": file})}))
        else:
            resources.append(resource)
    return estimate.model_copy(update={"resources": tuple(resources)})


def _refuse_options_of_priced(request: Request) -> None:
    if request.commitments is not None:
        why, hint = "; commitments are applied when one is made", "Make it anew with --commitments."
        priced_input.refuse(request.paths, why, hint)
    if request.usage_file is not None or request.usage_history is not None:
        priced_input.refuse(request.paths, "; use is told when one is made", "Give the usage file to what makes it.")


def _estimate_of(request: Request, paths: Sequence[Path], configuration: Configuration) -> Estimated:
    config, config_file = configuration.config, configuration.file
    if len(paths) > 1:
        priced_input.refuse(paths, "; it cannot be combined with other inputs")
    elif request.code is None and priced_input.kind_of(paths[0]) is not None:
        settings = settings_of(request, config, paths)
        estimate, heard = priced_input.read(paths[0], settings)
        return Estimated(_of_pull_request(estimate, settings.deployment), config, config_file, heard)
    prepared = _prepare(request, paths, configuration)
    warnings = list(prepared.warnings)
    try:
        estimate = pipeline.estimate(prepared.declarations, prepared.settings, prepared.catalog, warnings.append)
    finally:
        prepared.catalog.close()
    return Estimated(estimate, config, config_file, tuple(warnings))


def _of_pull_request(estimate: Estimate, told: Deployment) -> Estimate:
    """Return an estimate that was made before with the pull request that it is judged for now, where there is one."""
    deployment = estimate.deployment
    labels = tuple(dict.fromkeys((*deployment.labels, *told.labels)))
    changes = {"labels": labels, "pull_request": told.pull_request or deployment.pull_request}
    return estimate.model_copy(update={"deployment": deployment.model_copy(update=changes)})


def explain(request: Request, pattern: str) -> list[Explanation]:
    """Return how the figures of the resources with an address, or of all that a pattern matches, came about.

    Raises:
        TollbarError: An input is not what it should be, or there is no such resource; the nearest is named.
    """
    from tollbar.explanation import explain as explain_resource  # noqa: PLC0415 -- no other command needs it

    if request.code is None:
        priced_input.refuse(request.paths, ": it shows figures, not how they came about")
    configuration = request.policy_source.configuration(request.config_file, request.paths)
    prepared = _prepare(request, request.paths, configuration)
    projects = pipeline.projects(prepared.declarations)
    try:
        found = {
            f"{project}{resource.address}": (resource, declaration.after, project)
            for declaration, project in zip(prepared.declarations, projects, strict=True)
            for resource in declaration.after
        }
        return [
            explain_resource(*found[address], prepared.settings, prepared.catalog)
            for address in _matching(pattern, found)
        ]
    finally:
        prepared.catalog.close()


def _matching(pattern: str, addresses: Collection[str]) -> list[str]:
    """Return the address, or all that a pattern with * and ? matches; brackets mean themselves, as in addresses.

    Raises:
        InputError: There is none; the nearest is named.
    """
    if pattern in addresses:
        return [pattern]
    matching = fnmatch.filter(addresses, pattern.replace("[", "[[]"))
    if not matching:
        nearest = None if "*" in pattern else did_you_mean(pattern, addresses)
        known = f"There are {len(addresses)} resources; `tollbar estimate` lists them."
        raise InputError(f"there is no resource {pattern!r}", hint=nearest or known)
    return matching


@dataclass(frozen=True)
class _Prepared:
    """What was read, and all that is needed to price it."""

    declarations: Sequence[Declaration]
    settings: Settings
    catalog: LayeredCatalog
    warnings: tuple[str, ...]


def _prepare(request: Request, paths: Sequence[Path], configuration: Configuration) -> _Prepared:
    config, config_file = configuration.config, configuration.file
    options = _read_options(request)
    export = allocation_export(config, config_file)
    _refuse_twice(paths)
    if request.code is not None:
        declarations = [request.code.declaration(config.code)]
    else:
        declarations = [detect.read(path, options) for path in paths]
    declaring = configuration.workloads_in
    if request.code is None and config.workloads and declaring is not None and declaring not in paths:
        from tollbar.inputs.workloads import READER  # noqa: PLC0415 -- only where there are workloads

        declarations.append(READER.read(declaring, options))
    _check_workloads(declarations)
    named, warnings = request.policy_source.files([request.commitments] if request.commitments else [])
    named_commitments = next(iter(named), None)
    placed = in_cluster(declarations, config, export, warnings)
    beside = configuration.usage_beside
    usage, all_declared = _with_usage_file(_beside(beside, request.usage_file, config.usage.file), placed)
    settings = replace(
        settings_of(request, config, paths),
        usage=usage,
        history=_usage_history(_beside(beside, request.usage_history, config.usage.history), all_declared),
        usage_size=_usage_size(request.usage_size) or config.usage.size,
        commitments=_commitments(_beside(config_file, named_commitments, config.commitments)),
    )
    if usage is not None:
        warnings += _unmatched(usage, all_declared)
    if export is not None:
        settings = replace(settings, history=export.joined_to(settings.history))
    warnings += [warning for declaration in all_declared for warning in declaration.warnings]
    books = cluster_books(config, config_file, export, settings.day)
    catalog = open_configured_catalog(config, config_file, request.process_environment, settings.day, books)
    return _Prepared(all_declared, settings, catalog, tuple(warnings))


def _refuse_twice(paths: Sequence[Path]) -> None:
    """Raise InputError where one input is given twice: it would count twice."""
    seen = set[Path]()
    for path in paths:
        if path.resolve() in seen:
            raise InputError("this input is given twice", location=Location(str(path)), hint="Name it once.")
        seen.add(path.resolve())


def _check_workloads(declarations: Iterable[Declaration]) -> None:
    for declaration in declarations:
        if declaration.source.kind == "workloads":
            from tollbar.inputs.workloads import check_keys  # noqa: PLC0415 -- only where there are workloads

            for workload in declaration.after:
                if (known := resource_type(workload)) is not None:
                    check_keys(workload, known.usage_key_by_name)


def _read_options(request: Request) -> ReadOptions:
    variables: dict[str, str] = {}
    for assignment in request.variables:
        name, equals, value = assignment.partition("=")
        if not equals or not name.strip():
            raise ConfigError(f"--var {assignment!r} is not NAME=VALUE")
        variables[name.strip()] = value
    return ReadOptions(
        variables=variables,
        var_files=tuple(request.variable_files),
        workspace=request.workspace,
        environment=request.process_environment,
    )


def _beside(config_file: Path | None, named: Path | None, configured: str | None) -> Path | None:
    """Return the file that an option names, else the one that the configuration names beside itself."""
    if named is not None or config_file is None or configured is None:
        return named
    return config_file.parent / configured


def _usage_size(name: str | None) -> UsageSize | None:
    sizes: dict[str, UsageSize] = {"small": "small", "medium": "medium", "large": "large"}
    if name is not None and name not in sizes:
        raise ConfigError(
            f"--usage-size {name!r} is not known", hint=did_you_mean(name, sizes) or f"Known are {', '.join(sizes)}."
        )
    return None if name is None else sizes[name]


def _usage_history(file: Path | None, declarations: Iterable[Declaration]) -> UsageHistory | None:
    if file is None:
        return None
    from tollbar.inputs.usage_history import read_usage_history  # noqa: PLC0415 -- only where there is such a file

    history = read_usage_history(file)
    found = {resource.address: resource_type(resource) for declared in declarations for resource in declared.after}
    history.check_keys({address: known.usage_key_by_name for address, known in found.items() if known is not None})
    return history


def _with_usage_file(
    file: Path | None, declarations: Sequence[Declaration]
) -> tuple[UsageFile | None, Sequence[Declaration]]:
    """Return the usage file, and the declarations with the resources that only it tells of."""
    if file is None:
        return None, declarations
    from tollbar.inputs.usage_file import read_usage_file  # noqa: PLC0415 -- only where there is such a file
    from tollbar.inputs.usage_resources import with_usage_resources  # noqa: PLC0415 -- as above

    usage = read_usage_file(file)
    declarations = with_usage_resources(declarations, usage)
    clouds = {resource.cloud for declaration in declarations for resource in declaration.after}
    usage.check_keys({name: t.usage_key_by_name for cloud in clouds for name, t in resource_types(cloud).items()})
    return usage, declarations


def _unmatched(usage: UsageFile, declarations: Iterable[Declaration]) -> Iterator[str]:
    """Yield a warning about use that is told of resources that are not there."""
    states = [state for declared in declarations for state in (declared.after, declared.before)]
    addresses = {resource.address for state in states for resource in state}
    if unmatched := usage.unmatched(addresses):
        more = f" and {len(unmatched) - _NAMED} more" if len(unmatched) > _NAMED else ""
        hint = did_you_mean(unmatched[0], addresses) if len(unmatched) == 1 else None
        told = f"{usage.path} tells of resources that are not there: {', '.join(unmatched[:_NAMED])}{more}"
        yield f"{told}. {hint}" if hint else told


def _commitments(file: Path | None) -> tuple[AnyCommitment, ...] | None:
    if file is None:
        return None
    from tollbar.adjust.commitment_file import read_inventory  # noqa: PLC0415 -- only where there is such a file

    return read_inventory(file).commitments


def settings_of(request: Request, config: Config, paths: Sequence[Path]) -> Settings:
    """Return what an estimate depends on besides what is declared: the time, the deployment, the configuration."""
    origins = config.environment.from_
    tags = tuple(origin.removeprefix("tags.") for origin in origins if origin.startswith("tags."))
    change = pull_request(request.process_environment)
    environments = config.environments()
    environment = request.environment or _environment(origins, request.workspace, paths) or config.environment.default
    return Settings(
        now=_rfc3339(request.now),
        deployment=Deployment(
            name=config.project or _project_folder(paths[0]).name,
            environment=environment_name(environment, environments),
            team=config.team,
            project_id=config.project,
            tags=config.tags,
            pull_request=change.number if change else None,
            labels=tuple(dict.fromkeys((*request.labels, *(change.labels if change else ())))),
        ),
        assumptions=request.assumptions,
        hours_per_month=config.hours_per_month,
        stale_after_days=config.prices.stale_after_days,
        other_models=config.suggested_models(),
        environment_tags=tuple(dict.fromkeys((*tags, *_USUAL_ENVIRONMENT_TAGS))) if tags else (),
        environments=environments,
    )


def _project_folder(path: Path) -> Path:
    """Return the file or folder that a deployment is called after: of standard input, the one it is read in."""
    return (Path() if str(path) == "-" else path).resolve()


def _rfc3339(given: str | None) -> str:
    """Return the time to estimate for, the present one where none is given."""
    if given is None:
        return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    try:
        known_zone = datetime.fromisoformat(given).tzinfo is not None
    except ValueError:
        known_zone = False
    if not known_zone or "T" not in given:
        raise ConfigError(f"--now {given!r} is not an RFC 3339 time", hint="Write it as 2026-11-21T12:00:00Z.")
    return given


def _environment(origins: Iterable[str], workspace: str, paths: Sequence[Path]) -> str | None:
    """Return the deployment's environment from the workspace or a folder's name, as configured."""
    for origin in origins:
        if origin == "workspace" and workspace != "default":
            return workspace
        if origin == "path":
            parts = [part for path in paths for part in path.resolve().parts[::-1]]
            found = next((part for part in parts if part in USUAL_ENVIRONMENTS), None)
            if found:
                return found
    return None
