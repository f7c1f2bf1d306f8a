"""AWS::Serverless: what the SAM transform makes of functions, APIs, tables and state machines, as far as it costs.

Source: the AWS SAM specification, "Generated CloudFormation resources". Roles, permissions and event source
mappings are free and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from tollbar.errors import InputError
from tollbar.inputs.cloudformation.template_file import Block
from tollbar.location import Location

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tollbar.inputs.cloudformation.template_file import Node

IMPLIED_BY_SAM: Final = re.compile(
    r"(Role|Alias\w*|Version\w*|Stage|Deployment\w*|ServerlessRestApi\w*|ServerlessHttpApi\w*)$"
)
"""Names that a template may refer to and does not declare: SAM does."""

_PREFIX = "AWS::Serverless::"
_IMPLICIT_APIS = {
    "Api": ("ServerlessRestApi", "RestApiId", "AWS::ApiGateway::RestApi", {}),
    "HttpApi": ("ServerlessHttpApi", "ApiId", "AWS::ApiGatewayV2::Api", {"ProtocolType": "HTTP"}),
}

Generated = tuple[str, str, dict[str, "Node"]]
"""A resource's name, type and properties."""


def with_serverless_written_out(template: Block, shown: str) -> Block:
    """Return the template with its serverless resources as the plain ones that SAM makes of them.

    Raises:
        InputError: A serverless resource or the Globals are not built as such.
    """
    section = template.get("Resources")
    if not isinstance(section, Block):
        return template
    items: dict[str, Node] = {}
    lines: dict[str, int] = {}
    for name, resource in section.items():
        line = section.lines.get(name, section.line)
        kind = resource.get("Type") if isinstance(resource, Block) else None
        if not isinstance(kind, str) or kind.removeprefix(_PREFIX) not in _GENERATORS or not kind.startswith(_PREFIX):
            items[name], lines[name] = resource, line
            continue
        for own_name, made in _generated(name, resource, kind.removeprefix(_PREFIX), template, Location(shown, line)):
            items.setdefault(own_name, made)
            lines.setdefault(own_name, line)
    written = Block(items, section.line, lines)
    return Block({**template, "Resources": written}, template.line, template.lines)


def _generated(
    name: str, resource: Block, kind: str, template: Block, location: Location
) -> Iterator[tuple[str, Block]]:
    properties = resource.get("Properties") or {}
    shared = template.get("Globals") or {}
    if not isinstance(properties, Mapping) or not isinstance(shared, Mapping):
        raise InputError(f"Resources.{name}.Properties: expected a mapping", location=location)
    own = _with_globals(properties, shared.get(kind) or {})
    for own_name, type_name, made in _GENERATORS[kind](name, own):
        kept = {key: value for key, value in resource.items() if key not in {"Type", "Properties"}}
        line = resource.lines.get("Properties", resource.line)
        body = Block(made, line, getattr(properties, "lines", {}))
        yield own_name, Block({**kept, "Type": type_name, "Properties": body}, resource.line, resource.lines)


def _with_globals(properties: Mapping[str, Node], shared: Mapping[str, Node]) -> dict[str, Node]:
    """Return the properties over the shared ones; maps are merged, lists joined."""
    merged = dict(shared)
    for name, value in properties.items():
        before = shared.get(name)
        if isinstance(before, Mapping) and isinstance(value, Mapping) and not _is_function(value):
            merged[name] = _with_globals(value, before)
        elif isinstance(before, list) and isinstance(value, list):
            merged[name] = [*before, *value]
        else:
            merged[name] = value
    return merged


def _is_function(value: Mapping[str, Node]) -> bool:
    return len(value) == 1 and next(iter(value)).startswith(("Fn::", "Ref"))


def _function(name: str, own: dict[str, Node]) -> Iterator[Generated]:
    yield name, "AWS::Lambda::Function", own
    kept_ready = own.get("ProvisionedConcurrencyConfig")
    if kept_ready is not None:
        alias = {"FunctionName": {"Ref": name}, "ProvisionedConcurrencyConfig": kept_ready}
        yield f"{name}Alias", "AWS::Lambda::Alias", alias
    events = own.get("Events")
    for event in events.values() if isinstance(events, Mapping) else ():
        yield from _event(event)


def _event(event: Node) -> Iterator[Generated]:
    """Yield the API that an event without one of its own implies; the same for all functions."""
    implied = _IMPLICIT_APIS.get(str(event.get("Type"))) if isinstance(event, Mapping) else None
    if implied is None:
        return
    name, own_api, type_name, properties = implied
    declared = event.get("Properties")
    if not (isinstance(declared, Mapping) and own_api in declared):
        yield name, type_name, dict(properties)


def _api(name: str, own: dict[str, Node]) -> Iterator[Generated]:
    yield name, "AWS::ApiGateway::RestApi", {key: own[key] for key in ("Name", "Tags") if key in own}
    cache: dict[str, Node] = {key: own[key] for key in ("CacheClusterEnabled", "CacheClusterSize") if key in own}
    yield f"{name}Stage", "AWS::ApiGateway::Stage", {**cache, "RestApiId": {"Ref": name}}


def _http_api(name: str, own: dict[str, Node]) -> Iterator[Generated]:
    yield name, "AWS::ApiGatewayV2::Api", {**own, "ProtocolType": "HTTP"}


def _simple_table(name: str, own: dict[str, Node]) -> Iterator[Generated]:
    """Yield the table, on demand unless its throughput is provisioned."""
    mode = "PROVISIONED" if "ProvisionedThroughput" in own else "PAY_PER_REQUEST"
    yield name, "AWS::DynamoDB::Table", {"BillingMode": mode, **own}


def _state_machine(name: str, own: dict[str, Node]) -> Iterator[Generated]:
    machine = {key: value for key, value in own.items() if key != "Type"}
    yield name, "AWS::StepFunctions::StateMachine", {**machine, "StateMachineType": own.get("Type", "STANDARD")}


def _layer(name: str, own: dict[str, Node]) -> Iterator[Generated]:
    yield name, "AWS::Lambda::LayerVersion", own


def _application(name: str, own: dict[str, Node]) -> Iterator[Generated]:
    nested = {"TemplateURL": own.get("Location"), "Parameters": own.get("Parameters") or {}}
    yield name, "AWS::CloudFormation::Stack", nested


def _connector(_name: str, _own: dict[str, Node]) -> Iterator[Generated]:
    """Yield nothing: a connector is made of permissions."""
    yield from ()


_GENERATORS: Mapping[str, Callable[[str, dict[str, Node]], Iterator[Generated]]] = {
    "Api": _api,
    "Application": _application,
    "Connector": _connector,
    "Function": _function,
    "HttpApi": _http_api,
    "LayerVersion": _layer,
    "SimpleTable": _simple_table,
    "StateMachine": _state_machine,
}
