import requests

requests.post("https://api.example.com/v1/orders", json={"model": "T-800", "messages": 3}, timeout=3)
requests.get("https://api.openai.com/v1/models", timeout=3)
