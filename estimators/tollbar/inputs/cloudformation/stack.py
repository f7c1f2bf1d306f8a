"""A stack: a template with its parameters, evaluated, and the stacks nested in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tollbar.errors import InputError
from tollbar.inputs.cloudformation.for_each import repeated
from tollbar.inputs.cloudformation.intrinsics import Evaluator, ExpressionError
from tollbar.inputs.cloudformation.parameters import parameter_values
from tollbar.inputs.cloudformation.serverless import IMPLIED_BY_SAM, with_serverless_written_out
from tollbar.inputs.cloudformation.template_file import Block, read_template
from tollbar.inputs.cloudformation.values import NO_VALUE, NotKnown, PartlyKnown, Value, as_text
from tollbar.location import Location
from tollbar.resource import Unknown
from tollbar.spelling import did_you_mean, nearest_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tollbar.inputs.cloudformation.template_file import Node

NESTED_STACK = "AWS::CloudFormation::Stack"

_DEEPEST = 10
_SERVERLESS = "AWS::Serverless-2016-10-31"
_UNDERSTOOD = frozenset({_SERVERLESS, "AWS::LanguageExtensions", "AWS::CodeDeployBlueGreen", "AWS::SecretsManager"})
_SECTIONS = ("Parameters", "Conditions", "Mappings", "Resources", "Outputs")
_PARTITIONS = {"cn-": ("aws-cn", "amazonaws.com.cn"), "us-gov-": ("aws-us-gov", "amazonaws.com")}


@dataclass(frozen=True, slots=True)
class Declared:
    """A resource with its properties evaluated; ``undecided`` says why it is not known whether it will be there."""

    name: str
    address: str
    type: str
    properties: Mapping[str, Value]
    location: Location
    region: str | None = None
    undecided: str | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a stack is read in. ``pseudo`` holds what is told of pseudo parameters, ``AWS::Region`` among them.

    ``prefix`` stands before the addresses, ``exported`` finds what another stack exports.
    """

    pseudo: Mapping[str, Value] = field(default_factory=dict)
    prefix: str = ""
    depth: int = 0
    exported: Callable[[str], Value] = lambda _: NotKnown()
    warn: Callable[[str], None] = lambda _: None


class Stack:
    """One stack of a template; the scope in which its expressions are evaluated."""

    def __init__(self, path: Path, shown: str, given: Mapping[str, Value], around: Surroundings) -> None:
        self.path = path
        self.shown = shown
        self.around = around
        self._given = given
        self._evaluator = Evaluator(self)
        self._template = read_template(path, shown)
        self._transforms = _transforms(self._template)
        self._conditions: dict[str, bool | None] = {}
        self._open: set[str] = set()
        self._nested: dict[str, Stack | None] = {}
        self.parameters = parameter_values(self._section("Parameters"), given, shown)
        self._template = self._written_out()
        self._resources = self._checked_resources()
        for name in sorted(self._transforms - _UNDERSTOOD):
            around.warn(f"{shown}: the macro {name} may change the template, which is priced as it is written")

    def resources(self) -> Iterator[Declared]:
        """Yield what the stack and the stacks in it declare.

        Raises:
            InputError: An expression is not valid; says where.
        """
        for name, resource in self._resources.items():
            here = self._location(name)
            undecided = None
            if (condition := resource.get("Condition")) is not None:
                holds = self._checked(lambda: self.condition(as_text(condition)), name, here)
                if holds is False:
                    continue
                undecided = None if holds else f"the condition {condition} is not known"
            child = self.nested(name) if resource["Type"] == NESTED_STACK else None
            if child is not None:
                found = child.resources()
                yield from (replace(item, undecided=item.undecided or undecided) for item in found)
                continue
            properties = self._checked(lambda: self._evaluator.value(resource.get("Properties")), name, here)  # noqa: B023 -- at once
            if isinstance(properties, Unknown):
                properties = PartlyKnown()  # a macro writes them
            known = properties if isinstance(properties, Mapping) else {}
            yield Declared(name, self.address(name), as_text(resource["Type"]), known, here, self.region, undecided)

    @property
    def region(self) -> str | None:
        """The region of the stack, None where nothing tells it."""
        region = self.around.pseudo.get("AWS::Region")
        return region if isinstance(region, str) else None

    @property
    def unset(self) -> Iterator[str]:
        """The names of the parameters that have neither a default nor a value."""
        return (name for name in self.parameters if name not in self._given and not self._has_default(name))

    def _has_default(self, name: str) -> bool:
        return self._section("Parameters")[name].get("Default") is not None

    def address(self, name: str) -> str:
        """Return the address of a resource."""
        return f"{self.around.prefix}{name}"

    @property
    def exports(self) -> Iterator[tuple[str, str]]:
        """The names under which the stack exports outputs, each with the output's name."""
        for name, output in self._section("Outputs").items():
            export = output.get("Export") if isinstance(output, Mapping) else None
            if isinstance(export, Mapping):
                here = self._location(name)
                exported = self._checked(partial(self._evaluator.value, export.get("Name")), f"Outputs.{name}", here)
                if isinstance(exported, str):
                    yield exported, name

    def output(self, name: str) -> Value:
        """Return the value of an output, NotKnown where there is none."""
        output = self._section("Outputs").get(name)
        mark = f"output {name}"
        if not isinstance(output, Mapping) or mark in self._open:
            return NotKnown()
        self._open.add(mark)
        value = self._checked(partial(self._value_of_output, output), f"Outputs.{name}", self._location(name))
        self._open.discard(mark)
        return NotKnown() if value is NO_VALUE or value is None else value

    def _value_of_output(self, output: Mapping[str, Node]) -> Value:
        condition = output.get("Condition")
        is_left_out = condition is not None and self.condition(as_text(condition)) is False
        return NO_VALUE if is_left_out else self._evaluator.value(output.get("Value"))

    def reference(self, name: str) -> Value:
        """Return what a name stands for."""
        if name in self.parameters:
            return self.parameters[name]
        if name.startswith("AWS::"):
            return self._pseudo_parameter(name)
        resource = name.partition(".")[0]
        if resource in self._resources:
            return NotKnown((self.address(resource),))
        if _SERVERLESS in self._transforms and IMPLIED_BY_SAM.search(name):
            return NotKnown()
        if self._transforms - _UNDERSTOOD:
            return NotKnown()  # a macro may have declared it
        known = (*self.parameters, *self._resources)
        raise ExpressionError(f"there is no parameter or resource {name!r}", did_you_mean(name, known))

    def attribute(self, resource: str, name: str) -> Value:
        """Return an attribute of a resource: of a nested stack an output."""
        declared = self._resources.get(resource)
        if declared is not None and declared.get("Type") == NESTED_STACK and name.startswith("Outputs."):
            child = self.nested(resource)
            return NotKnown() if child is None else child.output(name.removeprefix("Outputs."))
        return self.reference(resource)

    def condition(self, name: str) -> bool | None:
        """Return whether a condition holds, None where that is not known."""
        if name in self._conditions:
            return self._conditions[name]
        conditions = self._section("Conditions")
        if name not in conditions:
            raise ExpressionError(f"there is no condition {name!r}", did_you_mean(name, conditions))
        if name in self._open:
            raise ExpressionError(f"the condition {name} refers to itself")
        self._open.add(name)
        self._conditions[name] = self._evaluator.holds(conditions[name])
        self._open.discard(name)
        return self._conditions[name]

    def mapping(self, name: str) -> Mapping[str, Node]:
        """Return a mapping of the template."""
        mappings = self._section("Mappings")
        found = mappings.get(name)
        if not isinstance(found, Mapping):
            raise ExpressionError(f"there is no mapping {name!r}", did_you_mean(name, mappings))
        return found

    def imported(self, name: str) -> Value:
        """Return what another stack exports under a name."""
        return self.around.exported(name)

    def nested(self, name: str) -> Stack | None:
        """Return a nested stack, None (and say so) where its template is not here."""
        if name not in self._nested:
            self._nested[name] = None  # until it is known: a circle of outputs ends here
            self._nested[name] = self._checked(lambda: self._read_nested(name), name, self._location(name))
        return self._nested[name]

    def _read_nested(self, name: str) -> Stack | None:
        resource = self._resources[name]
        properties = self._evaluator.value(resource.get("Properties"))
        properties = properties if isinstance(properties, Mapping) else {}
        named = self._template_of(resource, properties)
        if named is None:
            self.around.warn(f"{self._location(name)}: the nested stack {name} is not priced, its template is not here")
            return None
        if self.around.depth == _DEEPEST:
            raise ExpressionError(f"stacks are nested more than {_DEEPEST} deep")
        given = properties.get("Parameters")
        around = replace(self.around, prefix=f"{self.address(name)}/", depth=self.around.depth + 1)
        shown = str(Path(self.shown).parent / named)
        return Stack(self.path.parent / named, shown, given if isinstance(given, Mapping) else {}, around)

    def _template_of(self, resource: Mapping[str, Node], properties: Mapping[str, Value]) -> str | None:
        """Return the local template of a nested stack: as it is named, or as the CDK tells beside it."""
        metadata = resource.get("Metadata")
        asset = metadata.get("aws:asset:path") if isinstance(metadata, Mapping) else None
        for named in (properties.get("TemplateURL"), asset):
            if isinstance(named, str) and "://" not in named and (self.path.parent / named).is_file():
                return named
        return None

    def _pseudo_parameter(self, name: str) -> Value:
        if name == "AWS::NoValue":
            return NO_VALUE
        if name in self.around.pseudo:
            return self.around.pseudo[name]
        region = self.around.pseudo.get("AWS::Region")
        if name in {"AWS::Partition", "AWS::URLSuffix"} and isinstance(region, str):
            known = next((names for start, names in _PARTITIONS.items() if region.startswith(start)), None)
            partition, suffix = known or ("aws", "amazonaws.com")
            return partition if name == "AWS::Partition" else suffix
        return NotKnown()

    def _section(self, name: str) -> Block:
        section = self._template.get(name)
        if section is None:
            return Block({}, self._template.line, {})
        if not isinstance(section, Block):
            location = Location(self.shown, self._template.lines.get(name))
            raise InputError(f"{name}: expected a mapping", location=location)
        return section

    def _written_out(self) -> Block:
        """Return the template with loops and the SAM transform written out."""
        here = Location(self.shown, self._template.line)
        written = self._checked(lambda: repeated(self._template, self._evaluator), "the template", here)
        serverless = _SERVERLESS in self._transforms
        return with_serverless_written_out(written, self.shown) if serverless else written

    def _checked_resources(self) -> dict[str, Block]:
        section = self._section("Resources")
        if not section:
            raise InputError(
                "the template has no Resources",
                location=Location(self.shown, self._template.line),
                hint=_misspelt("Resources", [key for key in self._template if key not in _SECTIONS]),
            )
        found: dict[str, Block] = {}
        for name, resource in section.items():
            if name == "Fn::Transform":
                self.around.warn(f"{self._location(name)}: resources that a macro includes are not priced")
                continue
            if not isinstance(resource, Block):
                raise InputError(f"Resources.{name}: expected a mapping", location=self._location(name))
            if not isinstance(resource.get("Type"), str):
                hint = _misspelt("Type", resource) or "Write it as Type: AWS::EC2::Instance."
                raise InputError(f"Resources.{name}.Type is missing", location=self._location(name), hint=hint)
            properties = resource.get("Properties")
            if properties is not None and not isinstance(properties, Mapping):
                location = Location(self.shown, resource.lines.get("Properties"))
                raise InputError(f"Resources.{name}.Properties: expected a mapping", location=location)
            found[name] = resource
        return found

    def _location(self, name: str) -> Location:
        for section in ("Resources", "Outputs"):
            part = self._template.get(section)
            if isinstance(part, Block) and name in part.lines:
                return Location(self.shown, part.lines[name])
        return Location(self.shown)

    def _checked(self, evaluate: Callable[[], Value], what: str, otherwise: Location) -> Value:
        """Return what an expression comes to.

        Raises:
            InputError: It is not valid; with file, line and what it belongs to.
        """
        self._evaluator.line = None
        try:
            return evaluate()
        except ExpressionError as wrong:
            location = Location(self.shown, self._evaluator.line or otherwise.line)
            raise InputError(f"{what}: {wrong}", location=location, hint=wrong.hint) from None


def _misspelt(wanted: str, keys: Iterable[str]) -> str | None:
    """Return a hint where a key looks like the one that is missing."""
    nearest = nearest_names(wanted, keys, count=1)
    return f"Is {nearest[0]!r} meant to be {wanted}?" if nearest else None


def _transforms(template: Block) -> frozenset[str]:
    declared = template.get("Transform")
    listed = declared if isinstance(declared, list) else [declared]
    names = {item.get("Name") if isinstance(item, Mapping) else item for item in listed}
    found = {name for name in names if isinstance(name, str)}
    return frozenset("AWS::SecretsManager" if name.startswith("AWS::SecretsManager") else name for name in found)
