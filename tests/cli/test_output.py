"""Reports go where the user wants them, and nothing else is changed there."""

from __future__ import annotations

import os
import stat
import threading
from typing import TYPE_CHECKING

import pytest

from tollbar.cli.output import write
from tollbar.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_replaced_whole_and_keeps_who_may_read_it(tmp_path: Path) -> None:
    out = tmp_path / "report.md"
    write("first\n", out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o644
    out.chmod(0o600)
    write("2\n", out)
    assert out.read_text(encoding="utf-8") == "2\n"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [out]


def test_what_is_no_file_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    """`--out /dev/null` of root would take the device away from the whole machine."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    write("a report\n", pipe)
    reader.join(10)
    assert read == ["a report\n"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    link = tmp_path / "latest.md"
    link.symlink_to(tmp_path / "kept" / "report.md")
    write("a report\n", link)
    assert link.is_symlink()
    assert (tmp_path / "kept" / "report.md").read_text(encoding="utf-8") == "a report\n"


@pytest.mark.parametrize(("name", "why"), [("missing/report.md", "No such file or directory"), ("", "Is a directory")])
def test_what_cannot_be_written_is_named(tmp_path: Path, name: str, why: str) -> None:
    out = tmp_path / name
    with pytest.raises(ConfigError) as raised:
        write("a report\n", out)
    assert str(raised.value) == f"{out} cannot be written: {why}"
    assert not list(tmp_path.iterdir())
