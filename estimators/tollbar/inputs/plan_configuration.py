"""The ``configuration`` of a plan: its modules with their references, and its providers.

Shape: https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tollbar.inputs.configuration import ModuleCall, ModuleConfiguration, ResourceConfiguration, most_specific
from tollbar.inputs.provider import (
    REGION_VARIABLES,
    Provider,
    base_name,
    cloud_of,
    provider_name,
    region_from_environment,
)
from tollbar.inputs.region import aws_region_of
from tollbar.inputs.tags import known_tags
from tollbar.resource import UNKNOWN, Attributes, Unknown

if TYPE_CHECKING:
    from tollbar.inputs.configuration import References
    from tollbar.resource import Cloud

_MISSING = object()


def module_configuration(module: Mapping[str, Any]) -> ModuleConfiguration:
    """Return a module of a plan's configuration with all the modules below it."""
    return ModuleConfiguration(
        resources={block["address"]: _resource_configuration(block) for block in module.get("resources") or ()},
        calls={
            name: ModuleCall(
                module=module_configuration(call.get("module") or {}),
                references=dict(_references_by_path(call.get("expressions") or {})),
                repetition=_repetition(call),
            )
            for name, call in (module.get("module_calls") or {}).items()
        },
        outputs={
            name: _references(output.get("expression") or {}) for name, output in (module.get("outputs") or {}).items()
        },
    )


def _resource_configuration(block: Mapping[str, Any]) -> ResourceConfiguration:
    expressions = block.get("expressions") or {}
    arguments: set[str] = set()
    blocks: set[str] = set()
    for path, written in _walk(expressions, ""):
        (blocks if written is None else arguments).add(path)
    return ResourceConfiguration(
        provider=block.get("provider_config_key") or provider_name(block["type"]),
        references=dict(_references_by_path(expressions)),
        repetition=_repetition(block),
        arguments=frozenset(arguments),
        blocks=frozenset(blocks),
    )


class PlanProviders:
    """The provider configurations of a plan, by the key that resources name them with."""

    def __init__(self, plan: Mapping[str, Any], environment: Mapping[str, str]) -> None:
        configuration = plan.get("configuration") or {}
        self._configured: Mapping[str, Any] = configuration.get("provider_config") or {}
        self._root: Mapping[str, Any] = configuration.get("root_module") or {}
        self._variables: Mapping[str, Any] = plan.get("variables") or {}
        self._environment = environment
        self._providers: dict[str, Provider] = {}
        self.warnings: list[str] = []

    def provider(self, key: str) -> Provider:
        """Return what a provider configuration says of region and default tags."""
        if key not in self._providers:
            self._providers[key] = self._read(self._entry(key))
        return self._providers[key]

    def learn_regions(self, resources: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Complete the regions that the configuration computes in a way the plan does not tell (``local.region``).

        What such a provider manages or reads tells its region, if all of it agrees (``resources``: the
        provider's key and the values). Else the environment is taken, with a warning.
        """
        evidence: dict[str, set[str]] = {}
        for key, values in resources:
            if isinstance(self.provider(key).region, Unknown) and self._cloud(key) in REGION_VARIABLES:
                evidence.setdefault(key, set()).update(_regions_in(values))
        for key, regions in evidence.items():
            region = regions.pop() if len(regions) == 1 else self._assumed_region(key)
            self._providers[key] = replace(self._providers[key], region=region)

    def _assumed_region(self, key: str) -> str | Unknown:
        region = region_from_environment(self._cloud(key), self._environment)
        outcome = f"{region} is assumed, which the environment sets" if region else "what it creates has no price"
        advice = f"set {REGION_VARIABLES[self._cloud(key)][0]}, or estimate the directory instead of the plan"
        self.warnings.append(f"the plan does not tell the region of provider {key}: {outcome} ({advice})")
        return region or UNKNOWN

    def _cloud(self, key: str) -> Cloud:
        return cloud_of(self._entry(key).get("name") or "")

    def _entry(self, key: str) -> Mapping[str, Any]:
        """Return the configuration under a key; modules without one of their own inherit their parent's."""
        while key not in self._configured and ":" in key:
            module, _, name = key.rpartition(":")
            parent = module.rpartition("module.")[0].rstrip(".")
            key = f"{parent}:{name}" if parent else name
        entry: Mapping[str, Any] = self._configured.get(key) or self._only_variant(key) or {}
        return entry

    def _only_variant(self, key: str) -> Mapping[str, Any] | None:
        """Return the one configuration of a variant (``google-beta``) where the provider itself has none."""
        variants = [
            entry
            for entry in self._configured.values()
            if base_name(entry.get("name") or "") == key and not entry.get("alias") and not entry.get("module_address")
        ]
        return variants[0] if len(variants) == 1 else None

    def _read(self, entry: Mapping[str, Any]) -> Provider:
        expressions = entry.get("expressions") or {}
        module = str(entry.get("module_address") or "")
        default_tags = expressions.get("default_tags") or [{}]
        tags = default_tags[0].get("tags") if isinstance(default_tags, list) else None
        return Provider(
            region=self._text(expressions.get("region"), module),
            zone=self._text(expressions.get("zone"), module),
            default_tags={
                **known_tags(self._value(tags, module)),
                **known_tags(self._value(expressions.get("default_labels"), module)),
            },
        )

    def _text(self, expression: Mapping[str, Any] | None, module: str) -> str | Unknown | None:
        value = self._value(expression, module)
        return value if isinstance(value, str | Unknown) else None

    def _value(self, expression: Mapping[str, Any] | None, module: str) -> Any:  # noqa: ANN401 -- any JSON
        """Return the value of an expression: a constant, or a variable that is known."""
        if not expression:
            return None
        if "constant_value" in expression:
            return expression["constant_value"]
        references = _references(expression)
        if len(references) != 1 or not references[0].startswith("var."):
            return UNKNOWN
        _, name, *path = references[0].split(".")
        value = self._variable(name, module)
        for step in path:
            value = value.get(step, UNKNOWN) if isinstance(value, Mapping) else UNKNOWN
        return UNKNOWN if value is _MISSING else value

    def _variable(self, name: str, module: str) -> Any:  # noqa: ANN401 -- any JSON
        """Return a variable's value: as given to the plan or the module, else its default."""
        if not module:
            given = self._variables.get(name)
            return given.get("value") if given else _default(self._root, name)
        caller, call = self._call(module)
        argument = (call.get("expressions") or {}).get(name)
        return self._value(argument, caller) if argument else _default(call.get("module") or {}, name)

    def _call(self, module: str) -> tuple[str, Mapping[str, Any]]:
        """Return the address of the module that calls ``module.a.module.b``, and the call."""
        names = module.split(".")[1::2]
        call: Mapping[str, Any] = {}
        calls = self._root.get("module_calls") or {}
        for name in names:
            call = calls.get(name) or {}
            calls = (call.get("module") or {}).get("module_calls") or {}
        return ".".join(f"module.{name}" for name in names[:-1]), call


def _regions_in(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the AWS regions that a resource or data source shows it is in."""
    region = aws_region_of(Attributes(values))
    if region:
        yield region


def _default(module: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 -- any JSON
    variable = (module.get("variables") or {}).get(name) or {}
    return variable.get("default", _MISSING)


def _repetition(block: Mapping[str, Any]) -> References:
    return _references(block.get("for_each_expression") or block.get("count_expression") or {})


def _references(expression: Mapping[str, Any]) -> References:
    return most_specific(expression.get("references") or ())


def _references_by_path(expressions: Mapping[str, Any]) -> Iterator[tuple[str, References]]:
    """Yield attribute path and references; the blocks of one name are taken together."""
    by_path: dict[str, list[str]] = {}
    for path, expression in _walk(expressions, ""):
        if expression and (references := _references(expression)):
            by_path.setdefault(path, []).extend(references)
    for path, collected in by_path.items():
        yield path, tuple(dict.fromkeys(collected))


def _walk(expressions: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Mapping[str, Any] | None]]:
    """Yield every path with its expression, with None where it is a block."""
    for name, value in expressions.items():
        path = f"{prefix}{name}"
        for block in value if isinstance(value, list) else (value,):
            if not isinstance(block, dict):  # JSON's own: asking for a Mapping takes far longer
                continue
            if _is_expression(block) or (not block and not isinstance(value, list)):
                yield path, block
            else:
                yield path, None
                yield from _walk(block, f"{path}.")


def _is_expression(value: Mapping[str, Any]) -> bool:
    """Whether a mapping is an expression; blocks hold further mappings under the names of attributes."""
    references = value.get("references")
    if isinstance(references, list):
        return all(isinstance(reference, str) for reference in references)
    return "constant_value" in value
