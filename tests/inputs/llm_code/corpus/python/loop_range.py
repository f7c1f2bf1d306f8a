from openai import OpenAI

client = OpenAI()


def evaluate():
    for number in range(1000):
        client.responses.create(model="gpt-4o", input=f"Case {number}")  # call: openai gpt-4o x1000-1000
