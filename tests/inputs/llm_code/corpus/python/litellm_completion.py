import litellm
from litellm import acompletion, embedding


async def ask(messages):
    litellm.completion(model="anthropic/claude-3-haiku-20240307", messages=messages, num_retries=3)  # call: litellm claude-3-haiku-20240307
    await acompletion("gpt-4o-mini", messages)  # call: litellm gpt-4o-mini
    return embedding(model="text-embedding-3-large", input=["a"])  # call: litellm text-embedding-3-large
