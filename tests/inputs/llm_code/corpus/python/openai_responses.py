from openai import AsyncOpenAI

client = AsyncOpenAI(max_retries=5)


async def research(topic):
    answer = await client.responses.create(model="o3", input=topic, max_output_tokens=4000)  # call: openai o3
    return answer.output_text
