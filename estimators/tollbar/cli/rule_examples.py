"""The examples of a rule: a folder with one that is denied and one that passes, run with the real estimator and opa.

::

    TB101/
      tollbar.yml    what is set; one in denied/ or passing/ counts before it
      denied/        an input that the rule denies: the only file in it, else (or of Terraform) the folder
      passing/       one that it does not
      before/        what the input is compared with, where the rule needs that
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tollbar.errors import ConfigError, TollbarError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tollbar.decision import Decision
    from tollbar.estimating.request import Estimated

Kind = Literal["denied", "passing"]
KINDS: tuple[Kind, ...] = ("denied", "passing")
EXAMPLES_NOW = "2026-11-21T10:00:00Z"
"""The time all examples are decided at, so that what they show does not change from day to day."""
_CONFIG = "tollbar.yml"
_BASE = "before"


@dataclass(frozen=True, slots=True)
class RuleExample:
    """One example: its configuration, its input, and what that is compared with."""

    code: str
    kind: Kind
    config: Path
    path: Path
    base: Path | None

    @property
    def folder(self) -> Path:
        """The folder of the rule's examples."""
        return next(parent for parent in self.path.parents if parent.name == self.code)

    def files(self) -> dict[str, str]:
        """Return the text of the files it consists of, by their name in the folder."""
        inputs = sorted(self.path.rglob("*")) if self.path.is_dir() else [self.path]
        before = sorted(self.base.rglob("*")) if self.base is not None else []
        beside = [file for file in sorted(self.folder.iterdir()) if file.is_file() and file.name != _CONFIG]
        listed = dict.fromkeys([self.config, *beside, *before, *inputs])
        return {
            str(file.relative_to(self.folder)): file.read_text(encoding="utf-8")
            for file in listed
            if file.is_file() and file.suffix != ".md" and (file.name != _CONFIG or file == self.config)
        }

    def arguments(self) -> list[str]:
        """Return the arguments of ``tollbar check`` that run it."""
        base = ["--base", str(self.base)] if self.base is not None else []
        return [str(self.path), *base, "--config", str(self.config), "--now", EXAMPLES_NOW]


def examples_of(folder: Path, code: str) -> Iterator[RuleExample]:
    """Yield the examples of a rule, the denied one first; ``folder`` holds those of all rules.

    Raises:
        ConfigError: A part of an example is missing.
    """
    for kind in KINDS:
        place = folder / code / kind
        if not place.is_dir():
            continue
        own = place / _CONFIG
        config = own if own.is_file() else folder / code / _CONFIG
        if not config.is_file():
            raise ConfigError(f"{place} has no {_CONFIG}, and there is none beside it")
        base = folder / code / _BASE
        yield RuleExample(
            code=code,
            kind=kind,
            config=config,
            path=_input_in(place),
            base=_input_in(base) if base.is_dir() else None,
        )


def _input_in(folder: Path) -> Path:
    """Return the only file in a folder, but of Terraform, which is read by folders, the folder."""
    entries = [entry for entry in sorted(folder.iterdir()) if entry.name != _CONFIG]
    if len(entries) == 1 and entries[0].is_file() and entries[0].suffix != ".tf":
        return entries[0]
    return folder


def estimate_example(example: RuleExample) -> Estimated:
    """Return the estimate of an example.

    Raises:
        TollbarError: Its input or its configuration is wrong.
    """
    from tollbar.estimating.request import Request, make_estimate  # noqa: PLC0415 -- only where one is run

    request = Request([example.path], base=example.base, config_file=example.config, now=EXAMPLES_NOW)
    return make_estimate(request)


def decide_example(example: RuleExample, opa: str | None = None) -> Decision:
    """Return the local engine's decision on an example.

    Raises:
        TollbarError: Its input or its configuration is wrong, or the engine failed.
    """
    from tollbar.policy.opa_binary import local_engine  # noqa: PLC0415 -- only where one is run

    estimated = estimate_example(example)
    engine = local_engine(opa, estimated.config.policy_settings(), (), str(example.config))
    return engine.decide(estimated.estimate.to_json())


def output_of(example: RuleExample, opa: str | None = None) -> str:
    """Return what running an example tells: its findings with what to do, or the error it ends with."""
    try:
        decision = decide_example(example, opa)
    except TollbarError as error:
        return f"error: {error}"
    said = [f"{finding.msg}\n{finding.remediation}".rstrip() for finding in (*decision.findings, *decision.exempted)]
    return "\n".join(said) or "No findings."
