"""How many nodes pods need: packed on equal nodes, the largest first, each on the first node with room for it.

Equal pods are packed together, and equal nodes are looked at together: a cluster has few sizes of pods and many pods.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, NamedTuple

from tollbar.resources.kubernetes.cluster import Size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


class Load(NamedTuple):
    """Equal pods: the size of one, and how many there are."""

    size: Size
    pods: int


class _Node(NamedTuple):
    """A node by what is free on it, and for how many pods more."""

    free: Size
    pods: int

    def fit(self, size: Size) -> int:
        """Return how many pods of a size the node still takes."""
        fit = self.pods
        for free, own in zip(self.free, size, strict=True):
            if own > 0 and fit > 0:
                fit = min(fit, int(free / own))
        return max(fit, 0)

    def with_pods(self, size: Size, pods: int) -> _Node:
        """Return the node with so many pods more on it."""
        return _Node(Size(*(have - own * pods for have, own in zip(self.free, size, strict=True))), self.pods - pods)


def nodes_needed(room: Size, max_pods: int, loads: Iterable[Load]) -> int:
    """Return how many nodes of a size it takes to run the pods; a pod that fits on none takes one by itself."""
    by_size: dict[Size, int] = defaultdict(int)
    for load in loads:
        by_size[load.size] += max(load.pods, 0)
    sizes = sorted((size for size, pods in by_size.items() if pods), key=lambda size: _order(size, room), reverse=True)
    smallest = _smallest_of_rest(sizes)
    nodes: Mapping[_Node, int] = {}
    full = 0
    for position, size in enumerate(sizes):
        open_nodes: dict[_Node, int] = defaultdict(int)
        rest = smallest[position + 1] if position + 1 < len(sizes) else None
        for node, number in _placed(nodes, Load(size, by_size[size]), _Node(room, max_pods)):
            if rest is None or node.fit(rest) == 0:
                full += number  # it need not be looked at again
            else:
                open_nodes[node] += number
        nodes = open_nodes
    return full + sum(nodes.values())


def whole(pods: Decimal) -> int:
    """Return a number of pods as pods that must all find room at a time."""
    return int(pods.to_integral_value(ROUND_CEILING))


def _placed(nodes: Mapping[_Node, int], load: Load, empty: _Node) -> Iterator[tuple[_Node, int]]:
    """Yield the nodes with the pods of one load on them: on those that are there first, then on new ones."""
    left = load.pods
    for node, number in nodes.items():
        fit = min(node.fit(load.size), left)
        filled = min(number, left // fit) if fit else 0
        if filled:
            yield node.with_pods(load.size, fit), filled
            left -= fit * filled
        rest = min(left, fit) if filled < number else 0
        if rest:
            yield node.with_pods(load.size, rest), 1
            left -= rest
        untouched = number - filled - (rest > 0)
        if untouched:
            yield node, untouched
    if left:
        fit = max(min(empty.fit(load.size), left), 1)
        yield empty.with_pods(load.size, fit), left // fit
        if left % fit:
            yield empty.with_pods(load.size, left % fit), 1


def _smallest_of_rest(sizes: Sequence[Size]) -> list[Size]:
    """Return for each position the least that any pod from there on takes of each thing."""
    found: list[Size] = []
    for size in reversed(sizes):
        found.append(Size(*(min(pair) for pair in zip(size, found[-1], strict=True))) if found else size)
    return found[::-1]


def _order(size: Size, room: Size) -> tuple[Decimal, Size]:
    """Return what pods are ordered by: how much of a node their largest request takes."""
    dominant = max((own / most for own, most in zip(size, room, strict=True) if most > 0), default=Decimal(0))
    return dominant, size
