"""Items and pages in the form in which the Azure Retail Prices API lists them."""

from __future__ import annotations

import json
from typing import Any

TODAY = "2026-11-26"

B16ALS_V2 = (
    # Everything the API lists of one size in Australia Central: product, sku, type, term, price.
    ("Basv2 Series Cloud Services", "B16als v2 Low Priority", "Consumption", None, 0.299),
    ("Virtual Machines Basv2 Series", "B16als v2 Low Priority", "Consumption", None, 0.135),
    ("Virtual Machines Basv2 Series", "B16als v2", "Consumption", None, 0.673),
    ("Virtual Machines Basv2 Series", "B16als v2", "Reservation", "1 Year", 3478.0),
    ("Virtual Machines Basv2 Series", "B16als v2", "Reservation", "3 Years", 6721.0),
    ("Virtual Machines Basv2 Series Windows", "B16als v2", "Consumption", None, 0.747),
    ("Virtual Machines Basv2 Series Windows", "B16als v2", "DevTestConsumption", None, 0.673),
    ("Virtual Machines Basv2 Series", "B16als v2 Spot", "Consumption", None, 0.6057),
    ("Virtual Machines Basv2 Series Windows", "B16als v2 Spot", "Consumption", None, 0.6723),
    ("Virtual Machines Basv2 Series Windows", "B16als v2 Spot", "DevTestConsumption", None, 0.6057),
    ("Basv2 Series Cloud Services", "B16als v2", "Consumption", None, 0.747),
    ("Virtual Machines Basv2 Series Windows", "B16als v2 Low Priority", "Consumption", None, 0.299),
    ("Virtual Machines Basv2 Series Windows", "B16als v2 Low Priority", "DevTestConsumption", None, 0.135),
)
B16ALS_V2_SAVINGS = [
    {"unitPrice": 0.34323, "retailPrice": 0.34323, "term": "3 Years"},
    {"unitPrice": 0.49129, "retailPrice": 0.49129, "term": "1 Year"},
]


def item(**fields: Any) -> dict[str, Any]:
    """Return the item of Standard_B16als_v2 in Australia Central, with some fields replaced."""
    price = fields.get("retailPrice", 0.673)
    return {
        "currencyCode": "USD",
        "tierMinimumUnits": 0.0,
        "retailPrice": price,
        "unitPrice": price,
        "armRegionName": "australiacentral",
        "location": "AU Central",
        "effectiveStartDate": "2023-09-01T00:00:00Z",
        "meterId": "25385797-d48b-5b47-9e0c-6ee37b6b9a8d",
        "meterName": "B16als v2",
        "productId": "DZH318Z0K9JH",
        "skuId": "DZH318Z0K9JH/00QW",
        "productName": "Virtual Machines Basv2 Series",
        "skuName": "B16als v2",
        "serviceName": "Virtual Machines",
        "serviceId": "DZH313Z7MMC8",
        "serviceFamily": "Compute",
        "unitOfMeasure": "1 Hour",
        "type": "Consumption",
        "isPrimaryMeterRegion": True,
        "armSkuName": "Standard_B16als_v2",
        **fields,
    }


def sizes(count: int, first: int = 0) -> list[dict[str, Any]]:
    """Return items of as many made-up sizes, each at a price of its own."""
    return [
        item(
            armSkuName=f"Standard_X{number}",
            skuName=f"X{number}",
            meterName=f"X{number}",
            meterId=f"meter-{number}",
            retailPrice=round(0.1 + number / 1000, 3),
        )
        for number in range(first, first + count)
    ]


def page(items: list[dict[str, Any]], next_link: str | None = None) -> bytes:
    """Return a page as the API sends it."""
    document = {
        "BillingCurrency": "USD",
        "CustomerEntityId": "Default",
        "CustomerEntityType": "Retail",
        "Items": items,
        "NextPageLink": next_link,
        "Count": len(items),
    }
    return json.dumps(document).encode()
