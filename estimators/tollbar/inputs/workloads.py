"""Application workloads: what no infrastructure file tells, such as how often a function or a model is called.

They stand under ``workloads`` in tollbar.yml or in a file of their own::

    workloads:
      - {name: thumbnails, kind: lambda, memory_mb: 512, estimated_duration_ms: 800, estimated_invocations: 2000000}
      - {name: support-bot, kind: llm, model: gpt-4o, calls_per_month: {low: 10000, expected: 40000, high: 120000},
         input_tokens: 900, output_tokens: 250, cached_share: 0.3}

Each becomes a resource of a type that has an estimator, with its use: ``workload.thumbnails``.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from tollbar.errors import InputError
from tollbar.inputs.interface import Declaration, Source
from tollbar.inputs.workload_kinds import KINDS, Range, Workload
from tollbar.location import Location
from tollbar.resource import Attributes, Inventory, Resource
from tollbar.spelling import did_you_mean
from tollbar.yaml_file import YamlList, plain, read_yaml
from tollbar.yaml_model import validated

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from tollbar.inputs.interface import ReadOptions
    from tollbar.resource import Cloud
    from tollbar.yaml_file import YamlFile

SECTION = "workloads"
_MARK = f"{SECTION}:"
_JSON_MARK = f'"{SECTION}"'
_BEGINNING = 1000
_MAIN_REGIONS: Mapping[Cloud, str] = {"aws": "us-east-1", "gcp": "us-central1", "azure": "eastus"}
"""Where a workload is taken to run that names no region; the reader warns of it."""
_KIND_BY_KEY = {"memory_mb": "lambda", "model": "llm"}
"""What a workload without a kind is, by a key that only this kind has."""


class WorkloadReader:
    """Reads files with a ``workloads`` section."""

    def can_read(self, path: Path) -> bool:
        """Whether it is a YAML or JSON file that has the section."""
        if path.suffix not in {".yml", ".yaml", ".json"}:
            return False
        try:
            with path.open(encoding="utf-8", errors="replace") as text:
                if path.suffix == ".json":  # may be a plan of many megabytes
                    return _JSON_MARK in text.read(_BEGINNING)
                return any(line.startswith(_MARK) for line in text)
        except OSError:
            return False

    def read(self, path: Path, options: ReadOptions) -> Declaration:
        """Return the workloads as resources.

        Raises:
            InputError: It is not YAML, a workload's kind is not known, or two have one name.
            ConfigError: A key is not known, or a value not what was expected; with file and line.
        """
        del options  # workloads have no variables
        document = read_yaml(path, InputError, expected=f"a mapping with {SECTION}")
        section = document.root.items.get(SECTION)
        if not isinstance(section, YamlList):
            raise InputError(
                f"{SECTION} must be a list",
                location=document.location([SECTION]),
                hint="Begin each workload with a dash: - {name: NAME, kind: KIND, ...}",
            )
        resources: dict[str, Resource] = {}
        without_region: dict[str, list[str]] = defaultdict(list)
        for number, item in enumerate(section.items):
            workload = _workload(plain(item), document, number)
            place = Location(str(path), item.line)
            resource = resource_of(workload, place)
            if resource.address in resources:
                raise InputError(f"two workloads are called {workload.name!r}", location=place)
            if workload.region is None and resource.region is not None:
                without_region[resource.region].append(resource.address)
            resources[resource.address] = resource
        source = Source("workloads", str(path))
        warnings = tuple(
            f"no region is told for {', '.join(addresses)}; priced as in {region}"
            for region, addresses in without_region.items()
        )
        return Declaration(source, Inventory(tuple(resources.values())), warnings=warnings)


def check_keys(workload: Resource, keys: Collection[str]) -> None:
    """Check that the type of a workload has the usage keys that are told of it; ``keys`` are those it has.

    Raises:
        InputError: It has not, and what was told would be lost without a word; the nearest is named.
    """
    for key in workload.usage:
        if key not in keys:
            hint = did_you_mean(key, keys) or f"Known are {', '.join(keys)}."
            raise InputError(f"{workload.type} has no usage key {key!r}", location=workload.location, hint=hint)


def _workload(content: object, document: YamlFile, number: int) -> Workload:
    steps: list[str | int] = [SECTION, number]
    place = document.location(steps)
    if not isinstance(content, dict):
        raise InputError("a workload is a mapping with name and kind", location=place)
    kind = content.get("kind") or next((kind for key, kind in _KIND_BY_KEY.items() if key in content), None)
    if kind is None:
        raise InputError("a workload needs a kind", location=place, hint=f"Known are {', '.join(KINDS)}.")
    if not isinstance(kind, str) or kind not in KINDS:
        hint = did_you_mean(str(kind), KINDS) or f"Known are {', '.join(KINDS)}."
        raise InputError(f"there is no kind of workload {kind!r}", location=place, hint=hint)
    return validated(KINDS[kind], {**content, "kind": kind}, document, steps)


def resource_of(workload: Workload, place: Location | None) -> Resource:
    """Return the resource that a workload is priced as."""
    given = {key: _amount(value) for key, value in workload.use().items() if value is not None}
    attributes = {name: value for name, value in workload.attributes().items() if value is not None}
    cloud = workload.resource_cloud
    region_of = attributes.get("cloud", cloud) if cloud == "llm" and "cloud" in attributes else cloud
    return Resource(
        address=f"workload.{workload.name}",
        type=workload.declared_type,
        name=workload.name,
        cloud=cloud,
        region=workload.region or _MAIN_REGIONS.get(region_of),
        attributes=Attributes(attributes),
        tags=workload.tags,
        location=place,
        usage=given,
    )


def _amount(value: Any) -> Any:  # noqa: ANN401 -- a number, a range or text
    return value._asdict() if isinstance(value, Range) else value


READER = WorkloadReader()
