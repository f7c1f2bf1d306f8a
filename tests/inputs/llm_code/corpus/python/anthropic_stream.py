from anthropic import AsyncAnthropic


async def stream(question):
    client = AsyncAnthropic()
    async with client.messages.stream(  # call: anthropic claude-3-5-haiku-latest
        model="claude-3-5-haiku-latest", max_tokens=300, messages=question
    ) as stream:
        async for text in stream.text_stream:
            print(text)
