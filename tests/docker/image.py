"""What docker/Dockerfile says of its images: the last word of each instruction, by stage."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, field

from tests.conftest import ROOT

DOCKER = ROOT / "docker"
DOCKERFILE = DOCKER / "Dockerfile"


@dataclass
class Stage:
    """One stage: what it is built from, and what its containers are started with."""

    name: str
    base: str
    instructions: list[tuple[str, str]] = field(default_factory=list)

    def last(self, instruction: str) -> str | None:
        """Return the last instruction of a kind; it is the one that counts."""
        return next((told for kind, told in reversed(self.instructions) if kind == instruction), None)

    def command(self, instruction: str) -> list[str]:
        """Return the words of ENTRYPOINT, CMD or HEALTHCHECK, which are written as JSON."""
        told = self.last(instruction)
        assert told is not None, f"{self.name} has no {instruction}"
        words: list[str] = json.loads(told[told.index("[") :])
        return words

    @property
    def environment(self) -> dict[str, str]:
        """What ENV sets."""
        told = [shlex.split(text) for kind, text in self.instructions if kind == "ENV"]
        return dict(word.split("=", 1) for words in told for word in words)

    @property
    def copied(self) -> dict[str, str]:
        """Files of the tree by their place in the image."""
        found = {}
        for kind, told in self.instructions:
            if kind == "COPY" and not told.startswith("--from"):
                *sources, target = told.split()
                for source in sources:
                    name = source.rpartition("/")[2]
                    found[f"{target}{name}" if target.endswith("/") else target] = source
        return found


def stages() -> list[Stage]:
    """Return the stages in their order; the last is the image that is built where none is named."""
    text = re.sub(r"^\s*#.*\n", "", DOCKERFILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    arguments: dict[str, str] = {}
    found: list[Stage] = []
    for line in filter(None, map(str.strip, lines)):
        kind, _, told = line.partition(" ")
        if kind == "FROM":
            image, _, name = told.partition(" AS ")
            base = re.sub(r"\$\{(\w+)\}", lambda match: arguments[match[1]], image)
            found.append(Stage(name or "final", base))
        elif not found:
            name, _, value = told.partition("=")
            arguments[name] = value
        else:
            found[-1].instructions.append((kind, told.strip()))
    return found


def stage(name: str) -> Stage:
    """Return a stage by its name; the last is called final."""
    return next(each for each in stages() if each.name == name)
