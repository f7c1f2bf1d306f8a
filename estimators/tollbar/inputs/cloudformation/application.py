"""All stacks of one input: their parameters, what they import from one another, and what they declare."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from tollbar.errors import InputError
from tollbar.inputs.cloudformation.assembly import stacks_of
from tollbar.inputs.cloudformation.parameters import given_in_files
from tollbar.inputs.cloudformation.resources import resources_of
from tollbar.inputs.cloudformation.stack import Stack, Surroundings
from tollbar.inputs.cloudformation.values import NotKnown, Value
from tollbar.inputs.interface import Declaration, Source
from tollbar.inputs.provider import region_from_environment
from tollbar.location import Location
from tollbar.resource import Inventory
from tollbar.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tollbar.inputs.interface import ReadOptions

_PSEUDO = "AWS::"
_REGION = "AWS::Region"
_PSEUDO_PARAMETERS = (_REGION, "AWS::AccountId", "AWS::Partition", "AWS::StackName", "AWS::StackId", "AWS::URLSuffix")


def declaration_of(path: Path, options: ReadOptions) -> Declaration:
    """Return what a template, or all stacks of an assembly, declare.

    Raises:
        InputError: A template or a value for a parameter is not valid.
    """
    warnings: list[str] = []
    given = {**given_in_files(options.var_files), **options.variables}
    stacks = _Stacks(path, given, region_from_environment("aws", options.environment), warnings)
    try:
        resources = resources_of(item for stack in stacks.all for item in stack.resources())
    except RecursionError as endless:
        raise InputError("the template refers to itself without end", location=Location(str(path))) from endless
    stacks.check_parameters(options.variables)
    warnings += [*stacks.without_region(), *stacks.without_value()]
    return Declaration(
        source=Source("cloudformation", str(path)),
        after=Inventory(tuple(resources)),
        warnings=tuple(dict.fromkeys(warnings)),
    )


class _Stacks:
    """The stacks of one input, which may import what the others export."""

    def __init__(self, path: Path, given: Mapping[str, str], region: str | None, warnings: list[str]) -> None:
        self._path = path
        self._given = given
        self._warnings = warnings
        self._exports: dict[str, list[tuple[Stack, str]]] | None = None
        self.all: Sequence[Stack] = list(self._read(region))

    def _read(self, region: str | None) -> Sequence[Stack]:
        if not self._path.is_dir():
            return [Stack(self._path, str(self._path), self._given, self._around(self._path.parent, region, {}))]
        found = list(stacks_of(self._path, str(self._path)))
        if not found:
            raise InputError("there are no stacks in it", location=Location(str(self._path)), hint="Run cdk synth.")
        return [
            Stack(
                stack.template,
                stack.shown,
                self._given,
                self._around(
                    stack.template.parent, stack.region or region, {"AWS::StackName": stack.name}, f"{stack.name}/"
                ),
            )
            for stack in found
        ]

    def _around(self, stage: Path, region: str | None, pseudo: Mapping[str, str], prefix: str = "") -> Surroundings:
        told = {name: value for name, value in self._given.items() if name.startswith(_PSEUDO)}
        where = {_REGION: region} if region else {}
        return Surroundings(
            pseudo={**where, **pseudo, **told},
            prefix=prefix,
            exported=partial(self._exported, stage),
            warn=self._warnings.append,
        )

    def _exported(self, stage: Path, name: str) -> Value:
        """Return what a stack exports under a name, one of the same stage (the same directory) first."""
        if self._exports is None:
            self._exports = defaultdict(list)
            for stack in self.all:
                for export, output in stack.exports:
                    self._exports[export].append((stack, output))
        found = self._exports.get(name, [])
        own = [(stack, output) for stack, output in found if stack.path.parent == stage]
        return next((stack.output(output) for stack, output in (*own, *found)), NotKnown())

    def check_parameters(self, variables: Mapping[str, str]) -> None:
        """Refuse a value for a parameter that no stack has.

        Raises:
            InputError: There is none of the name; the nearest is named.
        """
        known = {*_PSEUDO_PARAMETERS, *(name for stack in self.all for name in stack.parameters)}
        for name in variables:
            if name not in known:
                hint = (
                    did_you_mean(name, known) or f"It has {', '.join(sorted(known - {*_PSEUDO_PARAMETERS})) or 'none'}."
                )
                raise InputError(f"--var {name}: {self._path} has no such parameter", hint=hint)

    def without_region(self) -> list[str]:
        """Return a warning where no region is told for a stack: prices differ between them."""
        unknown = [stack.shown for stack in self.all if stack.region is None]
        if not unknown:
            return []
        return [f"{', '.join(unknown)}: the region is not known; give it with --var {_REGION}=REGION or AWS_REGION"]

    def without_value(self) -> list[str]:
        """Return a warning for each stack with parameters that have neither a default nor a value."""
        unset = [(stack.shown, ", ".join(stack.unset)) for stack in self.all]
        return [
            f"{shown}: no value for {names} (--var NAME=VALUE); what depends on it is not known"
            for shown, names in unset
            if names
        ]
