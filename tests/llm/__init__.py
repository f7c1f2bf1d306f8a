"""Language models: simulated calls, usage logs, forecasts."""
