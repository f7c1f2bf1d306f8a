"""From the body of a request to files in a folder of its own, called as their sender called them.

A body is one input (JSON, YAML or a zip archive), or a form with several parts: ``input`` (one or more), ``base`` (what
it is compared with), ``usage`` (a usage file) and ``config`` (a tollbar.yml, of which the service takes what describes
the deployment: its policies are the service's own).
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import anyio
import anyio.to_thread
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException

from tollbar.errors import ConfigError
from tollbar.service.archive import ArchiveLimits, unpack
from tollbar.service.problems import Problem

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from starlette.requests import Request

_SUFFIXES = {
    "application/json": ".json",
    "application/yaml": ".yml",
    "application/x-yaml": ".yml",
    "text/yaml": ".yml",
    "text/x-yaml": ".yml",
    "application/zip": ".zip",
    "application/x-zip-compressed": ".zip",
}
_FORM = "multipart/form-data"
_PARTS = frozenset({"input", "base", "usage", "config"})
_MOST_PARTS = 64
_CONFIG_NAME = "tollbar.yml"
_OF_THE_CALLER = frozenset({"version", "project", "team", "environment", "tags", "workloads"})
"""Sections of tollbar.yml that a caller may bring. The others decide, price, or name files of the machine."""


@dataclass(frozen=True, slots=True)
class Described:
    """What a caller says of the deployment besides its files, as query parameters."""

    project: str | None = None
    team: str | None = None
    environment: str | None = None
    pull_request: str | None = None
    labels: tuple[str, ...] = ()
    usage_size: str | None = None
    assumptions: bool = True
    now: str | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """Files in a folder, by their names there, and what is said of them."""

    folder: str
    inputs: tuple[str, ...]
    config: str
    base: str | None = None
    usage: str | None = None
    environment: str | None = None
    pull_request: str | None = None
    labels: tuple[str, ...] = ()
    usage_size: str | None = None
    assumptions: bool = True
    now: str | None = None


@asynccontextmanager
async def received(
    request: Request, described: Described, limits: ArchiveLimits, defaults: Mapping[str, Any]
) -> AsyncIterator[Upload]:
    """Give the upload of a request, and delete its files afterwards.

    ``defaults`` are sections of the service's own tollbar.yml that hold for every estimate.

    Raises:
        Problem: 415, a media type that is not known; 400, a part that is not, or none; what unpacking raises.
        ConfigError: ``config`` is not what it should be.
    """
    folder = Path(await anyio.to_thread.run_sync(lambda: tempfile.mkdtemp(prefix="tollbar-upload-")))
    try:
        names = await _written(request, folder, limits)
        if not names["input"]:
            raise Problem(400, "no-input", "the form has no part called input")
        config = names["config"][0] if names["config"] else None
        settings = _settings(folder / config if config else None, described, defaults)
        written = folder / _CONFIG_NAME
        await anyio.to_thread.run_sync(lambda: written.write_bytes(_yaml(settings)))
        base, usage = (next(iter(names[part]), None) for part in ("base", "usage"))
        yield _upload(folder, names["input"], base, usage, described)
    finally:
        await anyio.to_thread.run_sync(lambda: shutil.rmtree(folder, ignore_errors=True))


@asynccontextmanager
async def received_text(
    body: bytes, name: str, described: Described, defaults: Mapping[str, Any], base: bytes | None = None
) -> AsyncIterator[Upload]:
    """Give the upload of an input that a webhook brought, called ``name``, and delete its files afterwards."""
    folder = Path(await anyio.to_thread.run_sync(lambda: tempfile.mkdtemp(prefix="tollbar-upload-")))

    def write() -> None:
        (folder / name).write_bytes(body)
        (folder / _CONFIG_NAME).write_bytes(_yaml(_settings(None, described, defaults)))
        if base is not None:
            (folder / "base").mkdir()
            (folder / "base" / name).write_bytes(base)

    try:
        await anyio.to_thread.run_sync(write)
        yield _upload(folder, [name], None if base is None else f"base/{name}", None, described)
    finally:
        await anyio.to_thread.run_sync(lambda: shutil.rmtree(folder, ignore_errors=True))


def _upload(folder: Path, inputs: Sequence[str], base: str | None, usage: str | None, described: Described) -> Upload:
    return Upload(
        folder=str(folder), inputs=tuple(inputs), config=_CONFIG_NAME, base=base, usage=usage,
        environment=described.environment, pull_request=described.pull_request, labels=described.labels,
        usage_size=described.usage_size, assumptions=described.assumptions, now=described.now,
    )  # fmt: skip


async def _written(request: Request, folder: Path, limits: ArchiveLimits) -> dict[str, list[str]]:
    """Write the parts of a body to files and return their names by part."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    names: dict[str, list[str]] = {part: [] for part in _PARTS}
    if media_type == _FORM:
        await _write_form(request, folder, limits, names)
        return names
    suffix = _SUFFIXES.get(media_type)
    if suffix is None:
        known = ", ".join([*_SUFFIXES, _FORM])
        raise Problem(415, "media-type", f"a body of type {media_type or 'none'!r} is not read; known are {known}")
    file = folder / f"input{suffix}"
    async with await anyio.open_file(file, "wb") as writing:
        async for chunk in request.stream():
            await writing.write(chunk)
    names["input"].append(await _opened(file, limits))
    return names


async def _write_form(request: Request, folder: Path, limits: ArchiveLimits, names: dict[str, list[str]]) -> None:
    try:
        async with request.form(max_files=_MOST_PARTS, max_fields=_MOST_PARTS) as form:
            for part, value in form.multi_items():
                if part not in _PARTS:
                    raise Problem(
                        400, "form-part", f"there is no part {part[:80]!r}; known: {', '.join(sorted(_PARTS))}"
                    )
                file = folder / part / str(len(names[part])) / _file_name(part, value)
                file.parent.mkdir(parents=True)
                async with await anyio.open_file(file, "wb") as writing:
                    if isinstance(value, UploadFile):
                        while chunk := await value.read(1024 * 1024):
                            await writing.write(chunk)
                    else:
                        await writing.write(value.encode())
                names[part].append(str(Path(await _opened(file, limits, below=folder))))
    except (MultiPartException, HTTPException) as error:
        raise Problem(
            400, "form-not-readable", "the form cannot be read: " + str(getattr(error, "detail", error))
        ) from None


def _file_name(part: str, value: UploadFile | str) -> str:
    """Return what a part's file is called: as its sender called it, without any folder."""
    told = (value.filename or "") if isinstance(value, UploadFile) else ""
    name = PurePosixPath(told.replace("\\", "/")).name.replace("\0", "")[:200]
    if name in {"", ".", ".."}:
        media_type = (value.content_type or "") if isinstance(value, UploadFile) else "application/yaml"
        name = f"{part}{_SUFFIXES.get(media_type.partition(';')[0], '.json')}"
    return name


async def _opened(file: Path, limits: ArchiveLimits, below: Path | None = None) -> str:
    """Return the name of a file, or of the folder that an archive was unpacked to; a module needs a folder, too."""
    if file.suffix == ".zip":
        folder = file.with_suffix("")

        def unpacked() -> None:
            folder.mkdir()
            with file.open("rb") as archive:
                unpack(archive, folder, limits)
            file.unlink()

        await anyio.to_thread.run_sync(unpacked)
        file = folder
    elif file.suffix == ".tf":
        file = file.parent
    return str(file.relative_to(below)) if below is not None else file.name


def _settings(file: Path | None, described: Described, defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is to stand in the tollbar.yml of an estimate.

    Raises:
        ConfigError: The caller's is not what it should be, or has a section that only the service can set.
    """
    given: dict[str, Any] = {}
    if file is not None:
        from tollbar.policy.config import EXPECTED, HINTS, Config  # noqa: PLC0415 -- only where there is such a part
        from tollbar.yaml_file import read_yaml  # noqa: PLC0415 -- as above
        from tollbar.yaml_model import validated  # noqa: PLC0415 -- as above

        document = read_yaml(file, ConfigError, expected=EXPECTED)
        given = document.plain()
        validated(Config, given, document, hints=HINTS)
        for section in given:
            if section not in _OF_THE_CALLER:
                hint = "It is set where the service is set up."
                raise ConfigError(f"{section} cannot be told in a request", hint=hint)
    told = {"project": described.project, "team": described.team}
    return {"version": 1, **defaults, **given, **{name: value for name, value in told.items() if value is not None}}


def _yaml(settings: Mapping[str, Any]) -> bytes:
    import json  # noqa: PLC0415 -- JSON is YAML

    return json.dumps(settings, default=str).encode()
