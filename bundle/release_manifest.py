"""What of a rule set others rely on, as a small document: codes, names, modes, parameters, settings and input.

``python -m bundle.release_manifest`` writes it to bundle/releases/VERSION.json when a version is released;
bundle/semantic_version.py compares it with the next one.
"""  # noqa: INP001 -- a script, in no package

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
RELEASES = ROOT / "bundle" / "releases"
_FOR_READERS = {"$schema", "default", "description", "title"}  # of a schema, what does not say what is accepted


def manifest(library: Path, opa: str = "opa") -> dict[str, Any]:
    """Return the manifest of the policy library in a folder.

    Raises:
        subprocess.CalledProcessError: ``opa inspect`` failed.
    """
    tree = library / "tollbar"
    return {
        "version": _read(tree / "version" / "data.json")["version"],
        "rules": dict(sorted(_rules(library, opa))),
        "settings": dict(sorted(fields(_read(tree / "schemas" / "settings" / "data.json")).items())),
        "input": dict(sorted(fields(_read(tree / "schemas" / "estimate" / "data.json")).items())),
    }


def _rules(library: Path, opa: str) -> list[tuple[str, dict[str, Any]]]:
    command = [opa, "inspect", "--annotations", "--format", "json", str(library)]
    inspected = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)  # noqa: S603 -- the engine
    return [
        (custom["code"], _rule(library, [step["value"] for step in entry["path"]]))
        for entry in inspected["annotations"]
        if "code" in (custom := entry["annotations"].get("custom", {}))
    ]


def _rule(library: Path, path: list[str]) -> dict[str, Any]:
    document = _read(library.joinpath(*path[1:], "data.json"))
    params = {name: accepted(schema) | {"default": schema["default"]} for name, schema in document["params"].items()}
    mode = document.get("mode", "enforce")  # a rule without a mode is always on
    return {"name": path[-1], "mode": mode, "params": dict(sorted(params.items()))}


def accepted(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a JSON Schema without what only its readers need."""
    return {key: _accepted_of(key, value) for key, value in schema.items() if key not in _FOR_READERS}


def _accepted_of(key: str, value: Any) -> Any:  # noqa: ANN401 -- any JSON
    if key in {"properties", "patternProperties"}:
        return {name: accepted(schema) for name, schema in value.items()}
    if isinstance(value, dict):
        return accepted(value)
    return value


def fields(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return each field of an input schema by its path (``resources[].tags.*``), and what it accepts."""
    return _fields(schema, schema.get("$defs", {}), "")


def _fields(schema: dict[str, Any], definitions: dict[str, Any], path: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for name, property_ in schema.get("properties", {}).items():
        required = {"required": True} if name in schema.get("required", []) else {}
        found |= _field(property_, definitions, f"{path}.{name}".lstrip("."), required)
    if isinstance(others := schema.get("additionalProperties"), dict):
        found |= _field(others, definitions, f"{path}.*".lstrip("."), {})
    if isinstance(items := schema.get("items"), dict):
        found |= _field(items, definitions, f"{path}[]", {})
    return found


def _field(
    schema: dict[str, Any], definitions: dict[str, Any], path: str, required: dict[str, bool]
) -> dict[str, dict[str, Any]]:
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    below = {"properties", "additionalProperties", "items", "required"}
    own = {key: value for key, value in accepted(schema).items() if key not in below}
    return {path: own | required} | _fields(schema, definitions, path)


def written(document: dict[str, Any]) -> str:
    """Return a manifest as text, with a line for each rule and field, so that a difference reads well."""
    parts = [f'  "version": {json.dumps(document["version"])}']
    for section in ("rules", "settings", "input"):
        lines = [f"    {json.dumps(name)}: {json.dumps(entry)}" for name, entry in document[section].items()]
        parts.append(f'  "{section}": {{\n' + ",\n".join(lines) + "\n  }")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def last_release(folder: Path = RELEASES) -> dict[str, Any]:
    """Return the manifest of the newest release in a folder."""
    return _read(max(folder.glob("*.json"), key=lambda file: [int(part) for part in file.stem.split(".")]))


def _read(file: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return document


def main() -> int:
    """Write the manifest of this tree's version. What was released is never written anew."""
    document = manifest(ROOT / "rego")
    file = RELEASES / f"{document['version']}.json"
    if file.exists():
        if file.read_text(encoding="utf-8") == written(document):
            return 0
        print(  # noqa: T201 -- a script
            f"{document['version']} is released already: raise the version in rego/tollbar/version/data.json",
            file=sys.stderr,
        )
        return 1
    file.write_text(written(document), encoding="utf-8")
    print(file.relative_to(ROOT))  # noqa: T201 -- a script
    return 0


if __name__ == "__main__":
    sys.exit(main())
