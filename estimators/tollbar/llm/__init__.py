"""What language models cost: usage logs and what is wasted in them, dry runs of a policy, routing, forecasts."""
