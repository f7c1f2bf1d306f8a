import httpx

PAYLOAD = {"model": "claude-3-5-sonnet-20241022", "max_tokens": 1024, "messages": []}


async def ask():
    async with httpx.AsyncClient(base_url="https://api.anthropic.com") as client:
        return await client.post("/v1/messages", json=PAYLOAD)  # call: http claude-3-5-sonnet-20241022
