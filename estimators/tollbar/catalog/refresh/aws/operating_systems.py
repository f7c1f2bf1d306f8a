"""What AWS calls the software on an instance, and the part of our paths that stands for it."""

from __future__ import annotations

from typing import Final

SYSTEMS: Final = {
    "Linux": "linux",
    "Windows": "windows",
    "RHEL": "rhel",
    "SUSE": "suse",
    "Red Hat Enterprise Linux with HA": "rhel_ha",
    "Ubuntu Pro": "ubuntu_pro",
}
"""The attribute ``operatingSystem`` of AmazonEC2."""

PREINSTALLED: Final = {
    "NA": "",
    "": "",
    "SQL Std": "_sql_standard",
    "SQL Web": "_sql_web",
    "SQL Ent": "_sql_enterprise",
}
"""The attribute ``preInstalledSw`` of AmazonEC2."""

PRODUCTS: Final = {
    "Linux/UNIX": "linux",
    "Windows": "windows",
    "Red Hat Enterprise Linux": "rhel",
    "SUSE Linux": "suse",
    "Red Hat Enterprise Linux with HA": "rhel_ha",
    "Ubuntu Pro": "ubuntu_pro",
    "Linux with SQL Server Standard": "linux_sql_standard",
    "Linux with SQL Server Web": "linux_sql_web",
    "Linux with SQL Server Enterprise": "linux_sql_enterprise",
    "Windows with SQL Server Standard": "windows_sql_standard",
    "Windows with SQL Server Web": "windows_sql_web",
    "Windows with SQL Server Enterprise": "windows_sql_enterprise",
    "Red Hat Enterprise Linux with SQL Server Standard": "rhel_sql_standard",
    "Red Hat Enterprise Linux with SQL Server Web": "rhel_sql_web",
    "Red Hat Enterprise Linux with SQL Server Enterprise": "rhel_sql_enterprise",
}
"""The product descriptions of Spot and of Savings Plans."""
