"""Throughput, storage and backups of Azure Cosmos DB in the regions of the account."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines
    from tollbar.resource import Resource

DATABASE, CONTAINER = "azurerm_cosmosdb_sql_database", "azurerm_cosmosdb_sql_container"
KEYSPACE, TABLE = "azurerm_cosmosdb_cassandra_keyspace", "azurerm_cosmosdb_cassandra_table"
USED = {
    "storage_gb": 1000,
    "monthly_analytical_storage_write_operations": 1_000_000,
    "monthly_analytical_storage_read_operations": 1_000_000,
    "monthly_restored_data_gb": 100,
}
THREE_COPIES = [{"type": "Periodic", "interval_in_minutes": 240, "retention_in_hours": 12}]


def account(*locations: str, label: str = "this", zones: bool = False, **attributes: Any) -> Resource:
    places = [
        {"location": location, "failover_priority": number, "zone_redundant": zones}
        for number, location in enumerate(locations)
    ]
    values = {"name": "orders", "geo_location": places, **attributes}
    return declared("azurerm_cosmosdb_account", values, name=label, region="eastus2")


def example(kind: str, **attributes: Any) -> Example:
    grows = ("throughput",) if "throughput" in attributes else ("autoscale_settings.max_throughput",)
    return Example(
        f"azurerm_cosmosdb_{kind}",
        {"account_name": "orders", **attributes},
        {**USED, "max_request_units_utilization_percentage": 50},
        others=(account("eastus2", "West US", analytical_storage_enabled=True, backup=THREE_COPIES),),
        grows=grows,
    )


EXAMPLES = (
    example("cassandra_keyspace", throughput=400),
    example("cassandra_table", throughput=400),
    example("gremlin_database", autoscale_settings=[{"max_throughput": 4000}]),
    example("gremlin_graph", throughput=400),
    example("mongo_collection", autoscale_settings=[{"max_throughput": 4000}]),
    example("mongo_database", throughput=400),
    example("sql_container", throughput=400),
    example("sql_database", autoscale_settings=[{"max_throughput": 4000}]),
    example("table", throughput=400),
    Example(
        DATABASE,
        {"account_name": "orders"},
        {"storage_gb": 10, "monthly_serverless_request_units": 1_000_000, "monthly_restored_data_gb": 1},
        others=(account("eastus2", zones=True, capabilities=[{"name": "EnableServerless"}]),),
    ),
    Example(
        CONTAINER,
        {"account_name": "orders", "throughput": 1000},
        {"storage_gb": 10, "monthly_restored_data_gb": 1},
        others=(account("eastus2", "westus2", multiple_write_locations_enabled=True, backup=[{"type": "Continuous"}]),),
        grows=("throughput",),
    ),
)


def test_a_database_costs_in_each_region(cost_lines: CostLines) -> None:
    owner = account("West US", "Central US", analytical_storage_enabled=True, backup=THREE_COPIES)
    attributes = {"account_name": "orders", "throughput": 1000}
    assert cost_lines(DATABASE, attributes, USED, others=[owner]) == {
        "westus: Provisioned throughput": Decimal("58.40"),
        "westus: Transactional storage": Decimal("250.00"),
        "westus: Analytical storage": Decimal("30.00"),
        "westus: Analytical write operations": Decimal("5.50"),
        "westus: Analytical read operations": Decimal("0.54"),
        "westus: Periodic backup": Decimal("150.00"),
        "centralus: Provisioned throughput": Decimal("58.40"),
        "centralus: Transactional storage": Decimal("250.00"),
        "centralus: Analytical storage": Decimal("20.00"),
        "centralus: Analytical write operations": Decimal("5.00"),
        "centralus: Analytical read operations": Decimal("0.50"),
        "centralus: Periodic backup": Decimal("150.00"),
        "Restored data": Decimal("15.00"),
    }


@pytest.mark.parametrize(
    ("own", "of_account", "used", "expected"),
    [
        pytest.param({"throughput": 1000}, {"zones": True}, 100, "73.00", id="zones cost a quarter more"),
        pytest.param(
            {"throughput": 1000},
            {"zones": True, "multiple_write_locations_enabled": True},
            100,
            "73.00",
            id="one writes",
        ),
        pytest.param({"autoscale_settings": [{"max_throughput": 4000}]}, {}, 50, "175.20", id="autoscale"),
        pytest.param({"autoscale_settings": [{"max_throughput": 4000}]}, {"zones": True}, 50, "175.20", id="no zones"),
        pytest.param({"autoscale_settings": [{"max_throughput": 4000}]}, {}, 1, "35.04", id="a tenth at least"),
    ],
)
def test_throughput_in_one_region(
    cost_lines: CostLines, own: dict[str, Any], of_account: dict[str, Any], used: int, expected: str
) -> None:
    usage = {"max_request_units_utilization_percentage": used}
    lines = cost_lines(DATABASE, {"account_name": "orders", **own}, usage, others=[account("westus2", **of_account)])
    name = "Autoscale throughput" if "autoscale_settings" in own else "Provisioned throughput"
    assert lines == {
        f"westus2: {name}": Decimal(expected),
        "westus2: Transactional storage": "usage",
        "Restored data": "usage",
    }


def test_writing_in_several_regions_has_one_rate_for_all(cost_lines: CostLines) -> None:
    owner = account("westus2", "eastus2", zones=True, multiple_write_locations_enabled=True)
    for own, name, expected in (
        ({"throughput": 1000}, "Provisioned throughput", "116.80"),
        ({"autoscale_settings": [{"max_throughput": 1000}]}, "Autoscale throughput", "116.80"),
    ):
        usage = {"max_request_units_utilization_percentage": 100}
        lines = cost_lines(DATABASE, {"account_name": "orders", **own}, usage, others=[owner])
        assert (lines[f"westus2: {name}"], lines[f"eastus2: {name}"]) == (Decimal(expected), Decimal(expected))


def test_serverless_costs_requests_in_its_region(cost_lines: CostLines) -> None:
    owner = account("westus2", capabilities=[{"name": "EnableServerless"}])
    usage = {"monthly_serverless_request_units": 10_000_000}
    lines = cost_lines(CONTAINER, {"account_name": "orders"}, usage, others=[owner])
    assert lines["Request units (serverless)"] == Decimal("2.50")
    owner = account("westus2", zones=True, capabilities=[{"name": "EnableServerless"}])
    lines = cost_lines(CONTAINER, {"account_name": "orders"}, usage, others=[owner])
    assert lines["Request units (serverless)"] == Decimal("3.13")


def test_what_sets_no_throughput_has_its_databases_or_the_default(cost_lines: CostLines) -> None:
    attributes = {"account_name": "orders", "database_name": "shop"}
    stored = {"westus2: Transactional storage": "usage", "Restored data": "usage"}
    assert cost_lines(DATABASE, {"account_name": "orders"}, others=[account("westus2")]) == stored
    shared = declared(DATABASE, {"name": "shop", "account_name": "orders", "throughput": 400})
    assert cost_lines(CONTAINER, attributes, others=[account("westus2"), shared]) == stored
    lines = cost_lines(CONTAINER, attributes, others=[account("westus2")])
    assert lines == {"westus2: Provisioned throughput": Decimal("23.36"), **stored}


@pytest.mark.parametrize(
    ("backup", "expected"),
    [
        ([], {}),
        ([{"type": "Periodic"}], {}),
        (THREE_COPIES, {"westus2: Periodic backup": Decimal("120.00")}),
        ([{"type": "Continuous"}], {"westus2: Continuous backup": Decimal("200.00")}),
        ([{"type": "Continuous", "tier": "Continuous7Days"}], {}),
    ],
)
def test_backups_beyond_the_free_ones(
    cost_lines: CostLines, backup: list[dict[str, Any]], expected: dict[str, Decimal]
) -> None:
    lines = cost_lines(
        DATABASE, {"account_name": "orders"}, {"storage_gb": 1000}, others=[account("westus2", backup=backup)]
    )
    assert lines == {"westus2: Transactional storage": Decimal("250.00"), "Restored data": "usage", **expected}


def test_a_container_may_keep_out_of_the_analytical_store(cost_lines: CostLines) -> None:
    owner = account("westus2", analytical_storage_enabled=True)
    attributes = {"account_name": "orders", "throughput": 400, "analytical_storage_ttl": 0}
    assert "westus2: Analytical storage" not in cost_lines(CONTAINER, attributes, USED, others=[owner])


def test_without_locations_an_account_is_where_it_stands(cost_lines: CostLines) -> None:
    lines = cost_lines(DATABASE, {"account_name": "orders", "throughput": 400}, others=[account()])
    assert lines["eastus2: Provisioned throughput"] == Decimal("23.36")


def test_the_account_is_found_by_reference_by_name_or_through_the_database(cost_lines: CostLines) -> None:
    here, there = account("westus2", label="here"), account("eastus2", label="there")
    references = {"account_name": (there.address,)}
    attributes = {"account_name": "orders", "throughput": 400}
    lines = cost_lines(DATABASE, attributes, references=references, others=[here, there])
    assert "eastus2: Provisioned throughput" in lines
    keyspace = declared(KEYSPACE, {"name": "shop", "account_name": "orders"})
    lines = cost_lines(
        TABLE, {"throughput": 400}, references={"cassandra_keyspace_id": (keyspace.address,)}, others=[keyspace, here]
    )
    assert "westus2: Provisioned throughput" in lines
    in_id = "/subscriptions/0/providers/Microsoft.DocumentDB/databaseAccounts/orders/cassandraKeyspaces/shop"
    lines = cost_lines(TABLE, {"throughput": 400, "cassandra_keyspace_id": in_id}, others=[here])
    assert "westus2: Provisioned throughput" in lines


def test_of_accounts_of_one_name_the_one_that_fits_is_taken(cost_lines: CostLines) -> None:
    others = [
        account("westus2", label="first"),
        account("eastus2", label="analytics", analytical_storage_enabled=True),
        account("centralus", label="this_one"),
    ]
    attributes = {"account_name": "orders", "throughput": 400}
    assert "westus2: Provisioned throughput" in cost_lines(DATABASE, attributes, others=others)
    assert "eastus2: Provisioned throughput" in cost_lines(DATABASE, attributes, USED, others=others)
    alike = [others[0], account("centralus", label="this1")]
    assert "centralus: Provisioned throughput" in cost_lines(DATABASE, attributes, others=alike)


def test_what_is_not_known_is_not_priced(cost_lines: CostLines) -> None:
    for kind, own, what in (
        (DATABASE, {"account_name": "elsewhere"}, "the account elsewhere"),
        (CONTAINER, {"account_name": "elsewhere"}, "the account elsewhere"),
        (TABLE, {}, "its account"),
    ):
        assert cost_lines(kind, {"throughput": 400, **own}) == {
            "unknown_until_apply": f"{what} is not in this project, whose regions set the price"
        }
    lines = cost_lines(DATABASE, {"account_name": "orders", "throughput": UNKNOWN}, others=[account("westus2")])
    assert lines == {
        "unknown_until_apply": "throughput is known only after apply",
        "westus2: Transactional storage": "usage",
        "Restored data": "usage",
    }
