from openai import OpenAI

client = OpenAI()


def _send(model, messages, **options):
    return client.chat.completions.create(model=model, messages=messages, **options)


def _ask(text, model="gpt-4o-mini"):
    return _send(model, [{"role": "user", "content": text}], max_tokens=80)


def ask_politely(text):
    return _ask(f"Please: {text}")


def main():
    ask_politely("tell me a joke")  # call: openai gpt-4o-mini
    _ask("tell me all", model="o1")  # call: openai o1
