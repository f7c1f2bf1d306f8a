from functools import partial

from openai import OpenAI

complete = partial(OpenAI().chat.completions.create, model="gpt-4o-mini", max_tokens=20)
print(complete(messages=[{"role": "user", "content": "Hi"}]))  # call: openai gpt-4o-mini
