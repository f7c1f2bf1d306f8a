"""List prices of Azure, read from the Azure Retail Prices API, which needs no credentials."""
