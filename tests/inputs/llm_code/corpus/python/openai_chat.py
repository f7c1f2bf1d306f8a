from openai import OpenAI

client = OpenAI()


def greet(name):
    return client.chat.completions.create(  # call: openai gpt-4o
        model="gpt-4o",
        max_tokens=60,
        messages=[{"role": "user", "content": f"Greet {name} in one line."}],
    )
