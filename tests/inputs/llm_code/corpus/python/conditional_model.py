from openai import OpenAI


def ask(text, thorough):
    model = "gpt-5" if thorough else "gpt-5-mini"
    return OpenAI().responses.create(model=model, input=text)  # call: openai gpt-5 | gpt-5-mini
