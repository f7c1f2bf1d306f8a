"""Pack a folder as a tar.gz, the same bytes for the same content, and write its SHA-256: archive.py FOLDER FILE."""  # noqa: INP001 -- a script, in no package

from __future__ import annotations

import gzip
import hashlib
import sys
import tarfile
from pathlib import Path


def write(folder: Path, file: Path) -> None:
    """Write the archive: files in order, with no time, owner or mode of this machine."""
    with file.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed:  # noqa: SIM117 -- in this order
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                member = tarfile.TarInfo(path.relative_to(folder).as_posix())
                member.size, member.mode = path.stat().st_size, 0o644
                with path.open("rb") as content:
                    archive.addfile(member, content)


if __name__ == "__main__":
    target = Path(sys.argv[2])
    write(Path(sys.argv[1]), target)
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    target.with_name(f"{target.name}.sha256").write_text(f"{digest}  {target.name}\n", encoding="utf-8")
