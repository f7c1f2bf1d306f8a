from openai import OpenAI

OPTIONS = {"model": "gpt-4.1", "temperature": 0}


def ask(messages):
    options = dict(OPTIONS, max_tokens=30)
    options["seed"] = 7
    return OpenAI().chat.completions.create(messages=messages, **options)  # call: openai gpt-4.1
