"""Amazon EC2: instance hours of all systems, tenancies and purchase options, Dedicated Hosts, CPU credits.

The offer file is read: a region has some 300,000 rates of instances, which the query API would give
in thousands of pages. Sources of the attributes: the Price List of AmazonEC2 as karpenter-provider-aws,
ec2.shop and Infracost read it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.refresh.aws.operating_systems import PREINSTALLED, SYSTEMS
from tollbar.catalog.refresh.aws.service import Rule, Service, Sold

if TYPE_CHECKING:
    from tollbar.catalog.refresh.aws.product import Product, Term

_INSTANCES = ("Compute Instance", "Compute Instance (bare metal)")
_TENANCIES = {"BoxUsage": ("Shared", "shared"), "DedicatedUsage": ("Dedicated", "dedicated")}
"""Usage types of a running instance, with the tenancy they must have; not ``UnusedBox`` nor ``HostBoxUsage``."""
_OPTIONS = (
    Rule(r"EBSOptimized:(?P<type>.+)", "aws/ec2/ebs_optimized/{type}", "hours"),
    Rule(
        r"CPUCredits:(?P<family>\w+)",
        "aws/ec2/cpu_credits/linux/{family}",
        "vCPU-hours",
        {"productFamily": "CPU Credits", "operatingSystem": "Linux"},
    ),
    Rule(
        r"CPUCredits:(?P<family>\w+)",
        "aws/ec2/cpu_credits/windows/{family}",
        "vCPU-hours",
        {"productFamily": "CPU Credits", "operatingSystem": "Windows"},
    ),
)


def _sold(product: Product, term: Term) -> Sold | None:
    usage, _, name = product.usage.partition(":")
    if product.family in _INSTANCES and usage in _TENANCIES:
        return _instance(product, term, usage)
    if product.family == "Dedicated Host":
        return _host(term, usage, name)
    if term.kind != "OnDemand":
        return None
    return next((sold for rule in _OPTIONS if (sold := rule.sold(product)) is not None), None)


def _instance(product: Product, term: Term, usage: str) -> Sold | None:
    """Return the hours of an instance that is running, its software included; own licences are other products."""
    listed, tenancy = _TENANCIES[usage]
    system, software = SYSTEMS.get(product["operatingSystem"]), PREINSTALLED.get(product["preInstalledSw"])
    if system is None or software is None or product["tenancy"] != listed:
        return None
    if product["licenseModel"] == "Bring your own license" or product["capacitystatus"] not in {"Used", ""}:
        return None
    if product["marketoption"] not in {"OnDemand", ""}:
        return None
    purchase = "on_demand"
    if term.kind == "Reserved":
        purchase = f"reserved/{term.offering_class}/{term.years}_year/{term.payment_option}"
    return Sold(f"aws/ec2/instance/{system}{software}/{tenancy}/{purchase}/{product['instanceType']}", "hours")


def _host(term: Term, usage: str, family: str) -> Sold | None:
    if term.kind == "OnDemand" and usage == "HostUsage":
        return Sold(f"aws/ec2/host/on_demand/{family}", "hours")
    if term.kind == "Reserved" and usage in {"HostUsage", "ReservedHostUsage"}:
        return Sold(f"aws/ec2/host/reserved/{term.years}_year/{term.payment_option}/{family}", "hours")
    return None


SERVICE = Service("ec2", (), _sold, offer_file="AmazonEC2")
