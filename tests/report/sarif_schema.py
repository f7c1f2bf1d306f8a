"""The part of the SARIF 2.1.0 schema (OASIS, errata 01) that our logs use, closed against anything else."""

from __future__ import annotations

from typing import Any


def _closed(required: tuple[str, ...] = (), /, **properties: object) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


_TEXT = {"type": "string"}
_MESSAGE = _closed(("text",), text=_TEXT)
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_BAG = {"type": "object", "properties": {"tags": {"type": "array", "items": _TEXT, "uniqueItems": True}}}
_URI = {"type": "string", "format": "uri"}
_ARTIFACT = _closed(uri={"type": "string", "format": "uri-reference", "pattern": "^[^ ]+$"}, uriBaseId=_TEXT)
_PHYSICAL = _closed(
    ("artifactLocation",), artifactLocation=_ARTIFACT, region=_closed(startLine={"type": "integer", "minimum": 1})
)
_LOCATION = _closed(
    physicalLocation=_PHYSICAL,
    logicalLocations={"type": "array", "items": _closed(fullyQualifiedName=_TEXT, kind=_TEXT)},
)
_SUPPRESSION = _closed(
    ("kind",),
    kind={"enum": ["inSource", "external"]},
    status={"enum": ["accepted", "underReview", "rejected"]},
    justification=_TEXT,
)
_RESULT = _closed(
    ("message",),
    ruleId=_TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level=_LEVEL,
    message=_MESSAGE,
    locations={"type": "array", "items": _LOCATION},
    partialFingerprints={"type": "object", "additionalProperties": _TEXT},
    suppressions={"type": "array", "items": _SUPPRESSION, "uniqueItems": True},
    properties=_BAG,
)
_RULE = _closed(
    ("id",),
    id=_TEXT,
    name=_TEXT,
    shortDescription=_MESSAGE,
    fullDescription=_MESSAGE,
    help=_closed(("text",), text=_TEXT, markdown=_TEXT),
    helpUri=_URI,
    defaultConfiguration=_closed(level=_LEVEL),
    properties=_BAG,
)
_DRIVER = _closed(
    ("name",), name=_TEXT, semanticVersion=_TEXT, rules={"type": "array", "items": _RULE, "uniqueItems": True}
)
_INVOCATION = _closed(
    ("executionSuccessful",),
    executionSuccessful={"type": "boolean"},
    exitCode={"type": "integer"},
    exitCodeDescription=_TEXT,
    toolExecutionNotifications={"type": "array", "items": _closed(("message",), level=_LEVEL, message=_MESSAGE)},
)
_RUN = _closed(
    ("tool",),
    tool=_closed(("driver",), driver=_DRIVER),
    automationDetails=_closed(id=_TEXT),
    originalUriBaseIds={"type": "object", "additionalProperties": _closed(uri=_URI, description=_MESSAGE)},
    invocations={"type": "array", "items": _INVOCATION},
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results={"type": "array", "items": _RESULT},
    properties=_BAG,
)
SCHEMA = _closed(
    ("version", "runs"), **{"$schema": _URI}, version={"const": "2.1.0"}, runs={"type": "array", "items": _RUN}
)
