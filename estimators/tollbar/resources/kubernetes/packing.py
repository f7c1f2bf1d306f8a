"""How many nodes the pods of a cluster need: packed on the nodes of each pool, largest first (first-fit decreasing)."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, NamedTuple

from tollbar.resources.kubernetes.cluster import Size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Load(NamedTuple):
    """Equal pods: the size of one, and how many there are."""

    size: Size
    pods: int


class _Nodes(NamedTuple):
    """Equal nodes: what is free on each of them, and for how many pods more."""

    free: Size
    pods: int
    number: int

    def fit(self, size: Size) -> int:
        """Return how many pods of a size one of the nodes still takes."""
        room = [int(free / own) for free, own in zip(self.free, size, strict=True) if own > 0]
        return max(min([*room, self.pods]), 0)

    def with_pods(self, size: Size, pods: int, number: int) -> _Nodes:
        """Return ``number`` of the nodes with so many pods more on each."""
        free = Size(*(have - own * pods for have, own in zip(self.free, size, strict=True)))
        return _Nodes(free, self.pods - pods, number)


def nodes_needed(room: Size, max_pods: int, loads: Iterable[Load]) -> int:
    """Return how many nodes of a size it takes to run the pods; a pod that fits on none takes one by itself."""
    ordered = sorted(
        (load for load in loads if load.pods > 0), key=lambda load: _dominant(load.size, room), reverse=True
    )
    smallest = _smallest_of_rest([load.size for load in ordered])
    nodes: list[_Nodes] = []
    for position, load in enumerate(ordered):
        nodes = list(_placed(nodes, load, _Nodes(room, max_pods, 0)))
        rest = smallest[position + 1] if position + 1 < len(ordered) else None
        full = [group for group in nodes if rest is None or group.fit(rest) == 0]
        nodes = _closed(nodes, full, rest)
    return sum(group.number for group in nodes)


def whole(pods: Decimal) -> int:
    """Return a number of pods as pods that must all find room at a time."""
    return int(pods.to_integral_value(ROUND_CEILING))


def _placed(nodes: Iterable[_Nodes], load: Load, empty: _Nodes) -> Iterator[_Nodes]:
    """Yield the nodes with the pods of one load on them: on those that are there first, then on new ones."""
    left = load.pods
    for group in nodes:
        fit = min(group.fit(load.size), left)
        if fit == 0:
            yield group
            continue
        filled = min(group.number, left // fit)
        yield group.with_pods(load.size, fit, filled)
        left -= fit * filled
        if filled < group.number:
            rest = min(left, fit)
            if rest:
                yield group.with_pods(load.size, rest, 1)
                left -= rest
            if group.number - filled - (rest > 0):
                yield _Nodes(group.free, group.pods, group.number - filled - (rest > 0))
    if left:
        fit = max(min(empty.fit(load.size), left), 1)
        yield empty.with_pods(load.size, fit, left // fit)
        if left % fit:
            yield empty.with_pods(load.size, left % fit, 1)


def _closed(nodes: Sequence[_Nodes], full: Sequence[_Nodes], rest: Size | None) -> list[_Nodes]:
    """Return the nodes with those that can take nothing more as one group: they need not be looked at again."""
    if not full:
        return list(nodes)
    number = sum(group.number for group in full)
    still = [] if rest is None else [group for group in nodes if group.fit(rest) > 0]
    return [*still, _Nodes(Size(Decimal(0), Decimal(0)), 0, number)]


def _smallest_of_rest(sizes: Sequence[Size]) -> list[Size]:
    """Return for each position the least that any pod from there on takes of each thing."""
    found: list[Size] = []
    for size in reversed(sizes):
        found.append(Size(*(min(pair) for pair in zip(size, found[-1], strict=True))) if found else size)
    return found[::-1]


def _dominant(size: Size, room: Size) -> Decimal:
    return max((own / most for own, most in zip(size, room, strict=True) if most > 0), default=Decimal(0))
