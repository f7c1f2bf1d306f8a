"""``python -m tollbar.catalog.integrity``: record the families of the price tables as they are now."""

from __future__ import annotations

from tollbar.catalog.integrity.families import FAMILIES, families_of, family_problems, read_families, write_families
from tollbar.catalog.table import DATA, read_all


def main() -> None:
    """Write ``families.csv`` and print what differs from the record before."""
    found = families_of(read_all())
    for problem in family_problems(read_families(DATA / FAMILIES), found):
        print(problem)  # noqa: T201 -- a build step reports on stdout
    write_families(DATA / FAMILIES, found)
    print(f"{FAMILIES}: {len(found)} families of prices")  # noqa: T201 -- as above


if __name__ == "__main__":
    main()
