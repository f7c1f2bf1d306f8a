"""Kubernetes manifests: files, directories and standard input, in YAML or JSON, as ``kubectl apply`` takes them.

An object stands in the inventory as it is written. Charts and kustomizations must be rendered first: what they will
make of their values, only Helm and Kustomize know.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollbar.errors import InputError
from tollbar.inputs.interface import Declaration, Source
from tollbar.inputs.kubernetes.amount import EXPECTED, NotAQuantityError, is_amount
from tollbar.inputs.kubernetes.kinds import is_cluster_scoped, type_name
from tollbar.inputs.tags import known_tags
from tollbar.location import Location
from tollbar.resource import Attributes, Inventory, Resource
from tollbar.yaml_file import YamlList, YamlMapping, plain, read_yaml_documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tollbar.inputs.interface import ReadOptions
    from tollbar.yaml_file import YamlFile, YamlValue

STANDARD_INPUT = Path("-")

_SUFFIXES = frozenset({".yaml", ".yml", ".json"})
_API_VERSION = re.compile(r"""^["']?apiVersion["']?\s*:""", re.MULTILINE)
_KIND = re.compile(r"""^["']?kind["']?\s*:""", re.MULTILINE)
_FIRST_KEY_OF_JSON = re.compile(r"""\s*\{\s*["']?(?:apiVersion|kind)["']?\s*:""")
_INDENT_OF_JSON = re.compile(r"\s*\{\s*\n([ \t]+)\"")
_CHART = "Chart.yaml"
_KUSTOMIZATIONS = ("kustomization.yaml", "kustomization.yml", "Kustomization")
_RENDER_CHART = "Render it first: helm template . | tollbar check -"
_SEPARATE = "Documents are separated by a line with three dashes: ---"
_DEFAULT_NAMESPACE = "default"
_MOST_TO_LOOK_AT = 200_000


class ManifestReader:
    """Reads manifests."""

    def can_read(self, path: Path) -> bool:
        """Whether it is a file with an object, or a directory with such files, a chart or a kustomization."""
        if path == STANDARD_INPUT:
            return True
        if path.is_file():
            return path.suffix in _SUFFIXES and _looks_like_manifest(_start_of(path))
        if (path / _CHART).is_file() or any((path / name).is_file() for name in _KUSTOMIZATIONS):
            return True
        nested = () if next(path.glob("*/*.tf"), None) else _files(path)
        return any(_looks_like_manifest(_start_of(file)) for file in (*_files_right_in(path), *nested))

    def read(self, path: Path, options: ReadOptions) -> Declaration:  # noqa: ARG002 -- manifests have no variables
        """Return the declared objects; manifests tell nothing of the state before."""
        warnings: list[str] = []
        resources = _without_repetition(list(_resources(path)), warnings)
        if not resources:
            place = "standard input" if path == STANDARD_INPUT else str(path)
            raise InputError("there is no Kubernetes object", location=Location(place), hint=_RENDER_CHART)
        return Declaration(Source("kubernetes", str(path)), Inventory(tuple(resources)), warnings=tuple(warnings))


READER = ManifestReader()


def _resources(path: Path) -> Iterator[Resource]:
    if path == STANDARD_INPUT:
        import sys  # noqa: PLC0415 -- only where there is no file

        yield from _objects(sys.stdin.read(), "standard input")
    elif path.is_file():
        yield from _objects(_text(path), str(path))
    else:
        _refuse_unrendered(path)
        for file in _files(path):
            text = _text(file)
            if _looks_like_manifest(text):
                yield from _objects(text, str(file))


def _files_right_in(directory: Path) -> list[Path]:
    return sorted(file for file in directory.iterdir() if file.suffix in _SUFFIXES and file.is_file())


def _files(directory: Path) -> Iterator[Path]:
    """Yield the files of a directory and of those in it, hidden ones left out."""
    for folder in _folders(directory):
        yield from _files_right_in(folder)


def _folders(directory: Path) -> Iterator[Path]:
    """Yield a directory and those in it, hidden ones left out."""
    yield directory
    for below in sorted(entry for entry in directory.iterdir() if entry.is_dir() and not entry.name.startswith(".")):
        yield from _folders(below)


def _refuse_unrendered(directory: Path) -> None:
    """Refuse charts and kustomizations, here or below: their files are no manifests yet, or one several times."""
    for found in _folders(directory):
        if (found / _CHART).is_file() and (found / "templates").is_dir():
            raise InputError(
                "this is a Helm chart, not manifests",
                location=Location(str(found)),
                hint=_RENDER_CHART
                if found == directory
                else f"Render it first: helm template {found} | tollbar check -",
            )
        if any((found / name).is_file() for name in _KUSTOMIZATIONS):
            raise InputError(
                "this is a kustomization, not manifests",
                location=Location(str(found)),
                hint=f"Build it first: kustomize build {found} | tollbar check -",
            )


def _looks_like_manifest(text: str) -> bool:
    """Whether a text begins as an object does; a Terraform plan may hold objects, but further in."""
    if not text.lstrip().startswith("{"):
        return bool(_API_VERSION.search(text) and _KIND.search(text))
    indent = _INDENT_OF_JSON.match(text)
    return bool(_FIRST_KEY_OF_JSON.match(text)) or (
        indent is not None and re.search(rf'^{indent[1]}"apiVersion"\s*:', text, re.MULTILINE) is not None
    )


def _start_of(file: Path) -> str:
    try:
        with file.open(encoding="utf-8", errors="replace") as content:
            return content.read(_MOST_TO_LOOK_AT)
    except OSError:
        return ""  # what is wrong with it is said where it is read


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as failure:
        raise InputError(f"cannot be read: {failure.strerror}", location=Location(str(file))) from failure
    except UnicodeDecodeError as wrong:
        raise InputError("this is not a text file", location=Location(str(file))) from wrong


def _objects(text: str, name: str) -> Iterator[Resource]:
    for document in _documents(text, name):
        yield from _of_document(document, document.root, ())


def _documents(text: str, name: str) -> Sequence[YamlFile]:
    if "\t" in text and text.lstrip().startswith("{"):
        text = _without_tabs(text)
    try:
        return read_yaml_documents(text, name, InputError)
    except InputError as wrong:
        hint = _RENDER_CHART if "{{" in text else _SEPARATE if "'apiVersion'" in wrong.message else wrong.hint
        raise InputError(wrong.message, location=wrong.location, hint=hint) from wrong


def _without_tabs(text: str) -> str:
    """Return JSON without the tabs that YAML does not take; what is no JSON is left as it is."""
    try:
        return json.dumps(json.loads(text), indent=1)
    except ValueError:
        return text


def _of_document(document: YamlFile, value: YamlMapping, steps: tuple[str | int, ...]) -> Iterator[Resource]:
    """Yield the object of a document, or the objects of a list of them."""
    items = value.items.get("items")
    content_kind = getattr(value.items.get("kind"), "value", None)
    if isinstance(items, YamlList) and isinstance(content_kind, str) and content_kind.endswith("List"):
        for position, item in enumerate(items.items):
            if isinstance(item, YamlMapping):
                yield from _of_document(document, item, (*steps, "items", position))
        return
    yield _resource(document, value, steps)


def _resource(document: YamlFile, value: YamlMapping, steps: tuple[str | int, ...]) -> Resource:
    content: dict[str, Any] = plain(value)
    location = document.location(steps)
    version, kind = (_told(content, name, location) for name in ("apiVersion", "kind"))
    metadata = content.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    name = metadata.get("name") or metadata.get("generateName")
    if name is None:
        raise InputError(f"{kind}: metadata.name is missing", location=location)
    _check_quantities(document, value, steps)
    namespace = str(metadata.get("namespace") or _DEFAULT_NAMESPACE)
    return Resource(
        address=f"{kind}/{name}" if is_cluster_scoped(kind) else f"{namespace}/{kind}/{name}",
        type=type_name(version, kind),
        name=str(name),
        cloud="kubernetes",
        region=None,
        attributes=Attributes(content),
        tags=_tags(metadata),
        location=location,
    )


def _told(content: Mapping[str, Any], name: str, location: Location) -> str:
    value = content.get(name)
    if isinstance(value, str) and value:
        return value
    raise InputError(
        f"{name} is missing: this is no Kubernetes object",
        location=location,
        hint="Every document needs apiVersion, kind and metadata.name.",
    )


def _tags(metadata: Mapping[str, Any]) -> dict[str, str]:
    """Return the labels of an object, and its annotations without a domain, such as ``owner: payments``."""
    annotations = known_tags(metadata.get("annotations"))
    return {name: value for name, value in annotations.items() if "/" not in name} | known_tags(metadata.get("labels"))


def _check_quantities(document: YamlFile, value: YamlValue, steps: tuple[str | int, ...]) -> None:
    """Refuse requests and limits that are no quantities, at their line."""
    for path, told in _requests(value, steps):
        if not is_amount(told):
            raise InputError(
                f"{'.'.join(str(step) for step in path)}: {NotAQuantityError(told)}",
                location=document.location(path),
                hint=EXPECTED,
            )


def _requests(value: YamlValue, steps: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Yield what is requested anywhere in an object: path and value."""
    if isinstance(value, YamlMapping):
        for name, item in value.items.items():
            if name == "resources" and isinstance(item, YamlMapping):
                yield from _amounts(item, (*steps, name))
            elif isinstance(item, (YamlMapping, YamlList)):
                yield from _requests(item, (*steps, name))
    elif isinstance(value, YamlList):
        for position, item in enumerate(value.items):
            yield from _requests(item, (*steps, position))


def _amounts(resources: YamlMapping, steps: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], object]]:
    for kind in ("requests", "limits"):
        block = resources.items.get(kind)
        for name, item in block.items.items() if isinstance(block, YamlMapping) else ():
            told = plain(item)
            if isinstance(told, (str, int, Decimal)):
                yield (*steps, kind, name), told


def _without_repetition(resources: Iterable[Resource], warnings: list[str]) -> list[Resource]:
    """Return the objects; of those that are declared twice the later one, as a cluster would have it."""
    found: dict[str, Resource] = {}
    for resource in resources:
        first = found.pop(resource.address, None)
        if first is not None:
            warnings.append(
                f"{resource.location}: {resource.address} is declared a second time, first in {first.location}; "
                "this one counts"
            )
        found[resource.address] = resource
    return list(found.values())
