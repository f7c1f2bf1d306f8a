"""``python -m tollbar.resources.reference``: write docs/resources.md, docs/traits.md and the indexes of types.

All of it is said where the estimators are: the first sentence of a module's docstring names a family, that of an
estimator ("Yield …") its price dimensions, the usage keys what they count and what is assumed of them.
"""

from __future__ import annotations

import importlib
import inspect
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tollbar.resources import traits_reference
from tollbar.resources.registry import ResourceType, free_types, index_file, index_text, module_names, resource_types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Cloud
    from tollbar.usage import UsageKey

_CLOUDS: dict[Cloud, str] = {
    "aws": "Amazon Web Services",
    "azure": "Microsoft Azure",
    "gcp": "Google Cloud",
    "kubernetes": "Kubernetes",
    "llm": "Language models",
}
PAGE = Path(__file__).resolve().parents[3] / "docs" / "resources.md"
_INTRODUCTION = """\
# What can be priced

This page is written by `make reference`, from the estimators themselves.

A type is billed by its **dimensions**. What depends on use is told in a usage file under its **usage key**
([usage.md](usage.md)); a key inside a nested map is written with dots (`standard.storage_gb`). Where nobody tells it,
the **assumed** range holds (low, expected, high a month): `--usage-size small` expects its low end, `large` its high
end, `--no-assumptions` leaves it out. A key without an assumption counts only when it is told.
"""


def main() -> None:
    """Write the pages, and the index of each cloud's types."""
    PAGE.write_text(page(), encoding="utf-8")
    traits_reference.PAGE.write_text(traits_reference.page(), encoding="utf-8")
    for cloud in _CLOUDS:
        index_file(cloud).write_text(index_text(cloud), encoding="utf-8")
    print(PAGE)  # noqa: T201 -- a build step reports on stdout


def page() -> str:
    """Return the page in Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _INTRODUCTION
    yield "| | types priced | types known to be free |"
    yield "| --- | ---: | ---: |"
    for cloud, name in _CLOUDS.items():
        if resource_types(cloud):
            anchor = name.lower().replace(" ", "-")
            yield f"| [{name}](#{anchor}) | {len(resource_types(cloud))} | {len(free_types(cloud))} |"
    for cloud, name in _CLOUDS.items():
        if resource_types(cloud):
            yield f"\n## {name}"
            yield from _families(cloud)


def _families(cloud: Cloud) -> Iterator[str]:
    for module_name in module_names(cloud):
        module = importlib.import_module(module_name)
        types = getattr(module, "TYPES", ())
        if types:
            yield f"\n### {_first_sentence(module.__doc__)}\n"
            for resource_type in types:
                yield from _type(resource_type)


def _type(resource_type: ResourceType) -> Iterator[str]:
    yield f"**`{resource_type.name}`**: {dimensions(resource_type)}\n"
    if resource_type.usage_keys:
        yield "| usage key | what it counts | assumed |"
        yield "| --- | --- | --- |"
        yield from (_key(key) for key in resource_type.usage_keys)
        yield ""


def dimensions(resource_type: ResourceType) -> str:
    """Return what a type is billed by, in a sentence."""
    estimator = resource_type.components
    function = estimator.func if isinstance(estimator, partial) else estimator
    said = _first_sentence(inspect.getdoc(function)).removeprefix("Yield ")
    return f"{said[:1].upper()}{said[1:]}."


def _key(key: UsageKey) -> str:
    assumed = "" if key.assumed is None else ", ".join(f"{end:,.12g}" for end in key.assumed)
    return f"| `{key.name}` | {key.description} | {assumed} |"


def _first_sentence(docstring: str | None) -> str:
    text = " ".join((docstring or "").split("\n\n")[0].split())
    return text.partition(". ")[0].rstrip(".")


if __name__ == "__main__":
    main()
