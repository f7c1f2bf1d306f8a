import os

import openai

MODEL = os.environ.get("LLM_MODEL", "gpt-4o")
client = openai.OpenAI()


def ask(messages):
    client.chat.completions.create(model=MODEL, messages=messages)  # call: openai gpt-4o
    return client.chat.completions.create(model=os.environ["OTHER_MODEL"], messages=messages)  # call: openai ?
