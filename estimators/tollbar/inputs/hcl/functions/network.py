"""IP network functions: https://developer.hashicorp.com/terraform/language/functions/cidrhost and following."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import TYPE_CHECKING

from tollbar.inputs.hcl.functions.function import Function
from tollbar.inputs.hcl.values import EvaluationError, as_integer, as_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tollbar.inputs.hcl.values import Value


def _network(prefix: Value) -> IPv4Network | IPv6Network:
    return ip_network(as_text(prefix), strict=False)


def _host(prefix: Value, number: Value) -> str:
    network, position = _network(prefix), as_integer(number)
    if not -network.num_addresses <= position < network.num_addresses:
        raise EvaluationError(f"{prefix} does not have so many addresses")
    return str(network[position])


def _netmask(prefix: Value) -> str:
    return str(_network(prefix).netmask)


def _subnet(prefix: Value, new_bits: Value, number: Value) -> str:
    network, bits, position = _network(prefix), as_integer(new_bits), as_integer(number)
    length = network.prefixlen + bits
    if length > network.max_prefixlen or not 0 <= position < 2**bits:
        raise EvaluationError(f"{prefix} cannot be divided so")
    start = int(network.network_address) + (position << (network.max_prefixlen - length))
    return str(type(network)((start, length)))


def _subnets(prefix: Value, *new_bits: Value) -> list[str]:
    network, subnets = _network(prefix), list[str]()
    start, end = int(network.network_address), int(network.broadcast_address)
    for bits in map(as_integer, new_bits):
        length = network.prefixlen + bits
        size = 1 << max(network.max_prefixlen - length, 0)
        start = -(-start // size) * size
        if length > network.max_prefixlen or start + size - 1 > end:
            raise EvaluationError(f"{prefix} has no room for so many subnets")
        subnets.append(str(type(network)((start, length))))
        start += size
    return subnets


NETWORK_FUNCTIONS: Mapping[str, Function] = {
    "cidrhost": Function(_host),
    "cidrnetmask": Function(_netmask),
    "cidrsubnet": Function(_subnet),
    "cidrsubnets": Function(_subnets),
}
