"""Encoding and hash functions: https://developer.hashicorp.com/terraform/language/functions/base64decode and others."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import quote_plus, unquote_plus

from tollbar.inputs.hcl.functions.function import Function, known_after_apply
from tollbar.inputs.hcl.functions.json_text import json_text
from tollbar.inputs.hcl.values import EvaluationError, as_text, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tollbar.inputs.hcl.values import Value

_UUID_NAMESPACES = {
    "dns": uuid.NAMESPACE_DNS,
    "url": uuid.NAMESPACE_URL,
    "oid": uuid.NAMESPACE_OID,
    "x500": uuid.NAMESPACE_X500,
}
HASHES: Mapping[str, Callable[[bytes], str]] = {
    "md5": lambda content: hashlib.md5(content, usedforsecurity=False).hexdigest(),
    "sha1": lambda content: hashlib.sha1(content, usedforsecurity=False).hexdigest(),
    "sha256": lambda content: hashlib.sha256(content).hexdigest(),
    "sha512": lambda content: hashlib.sha512(content).hexdigest(),
    "base64sha256": lambda content: base64.b64encode(hashlib.sha256(content).digest()).decode(),
    "base64sha512": lambda content: base64.b64encode(hashlib.sha512(content).digest()).decode(),
}
"""The hash functions; each also exists for files (``filemd5``)."""


def _decoded_json(text: Value) -> Value:
    try:
        return json.loads(as_text(text), parse_float=lambda number: whole(Decimal(number)))
    except json.JSONDecodeError as wrong:
        raise EvaluationError(f"the string is not valid JSON: {wrong.msg} in line {wrong.lineno}") from wrong


def _decoded_yaml(text: Value) -> Value:
    import yaml  # noqa: PLC0415 -- few configurations need it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _without_python_types(yaml.load(as_text(text), Loader=loader))  # noqa: S506 -- it is a safe loader
    except yaml.YAMLError as wrong:
        raise EvaluationError("the string is not valid YAML") from wrong


def _without_python_types(value: Value) -> Value:
    if isinstance(value, dict):
        return {str(name): _without_python_types(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_without_python_types(item) for item in value]
    if isinstance(value, float):
        return whole(Decimal(str(value)))
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{value.isoformat()}T00:00:00Z"
    return value.isoformat() if isinstance(value, datetime) else value


def _decoded_csv(text: Value) -> Value:
    import csv  # noqa: PLC0415 -- few configurations need it
    import io  # noqa: PLC0415 -- few configurations need it

    return [dict(row) for row in csv.DictReader(io.StringIO(as_text(text)))]


def _uuid_v5(namespace: Value, name: Value) -> str:
    text = as_text(namespace)
    return str(uuid.uuid5(_UUID_NAMESPACES.get(text) or uuid.UUID(text), as_text(name)))


def _hash_function(digest: Callable[[bytes], str]) -> Function:
    return Function(lambda text: digest(as_text(text).encode()))


ENCODING_FUNCTIONS: Mapping[str, Function] = {
    "base64decode": Function(lambda text: base64.b64decode(as_text(text), validate=True).decode()),
    "base64encode": Function(lambda text: base64.b64encode(as_text(text).encode()).decode()),
    "base64gzip": Function(known_after_apply),
    "bcrypt": Function(known_after_apply),
    "csvdecode": Function(_decoded_csv),
    "jsondecode": Function(_decoded_json),
    "jsonencode": Function(json_text, "anywhere"),
    "rsadecrypt": Function(known_after_apply),
    "textdecodebase64": Function(lambda text, encoding: base64.b64decode(as_text(text)).decode(as_text(encoding))),
    "textencodebase64": Function(
        lambda text, encoding: base64.b64encode(as_text(text).encode(as_text(encoding))).decode()
    ),
    "urldecode": Function(lambda text: unquote_plus(as_text(text))),
    "urlencode": Function(lambda text: quote_plus(as_text(text))),
    "uuid": Function(known_after_apply),
    "uuidv5": Function(_uuid_v5),
    "yamldecode": Function(_decoded_yaml),
    "yamlencode": Function(known_after_apply),
    **{name: _hash_function(digest) for name, digest in HASHES.items()},
}
