"""LLM prices anew: the data that genai-prices publishes between two releases."""
