"""What a compiled snapshot is known by: whoever changes it afterwards is found out."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_ALL = "1"
_SAID = {"meta": "name != 'digest'", "sources": _ALL, "prices": _ALL, "families": _ALL, "anchors": _ALL}


def snapshot_digest(database: sqlite3.Connection) -> str:
    """Return a digest of all that a snapshot says, its own digest excepted."""
    digest = hashlib.sha256()
    for table, condition in _SAID.items():
        for row in database.execute(f"SELECT * FROM {table} WHERE {condition} ORDER BY 1, 2"):  # noqa: S608 -- constants
            digest.update(repr(row).encode())
    return digest.hexdigest()
