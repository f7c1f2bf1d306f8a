import openai


async def old(prompt):
    first = openai.ChatCompletion.create(model="gpt-3.5-turbo", messages=prompt)  # call: openai gpt-3.5-turbo
    second = await openai.ChatCompletion.acreate(model="gpt-4", messages=prompt)  # call: openai gpt-4
    return first, second
