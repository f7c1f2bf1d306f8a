import asyncio

from openai import AsyncOpenAI

client = AsyncOpenAI()
QUESTIONS = ["who", "what", "when"]


async def ask(text):
    return await client.responses.create(model="gpt-4o-mini", input=text)


async def all_of_them(more):
    await asyncio.gather(*(ask(question) for question in QUESTIONS))  # call: openai gpt-4o-mini x3-3
    await asyncio.gather(*[ask(one) for one in more])  # call: openai gpt-4o-mini x1-?
