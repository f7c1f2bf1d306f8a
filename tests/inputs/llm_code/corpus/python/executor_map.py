from concurrent.futures import ThreadPoolExecutor

from openai import OpenAI

client = OpenAI()


def label(text):
    return client.responses.create(model="gpt-4.1-nano", input=f"Label: {text}")


def label_all(texts):
    with ThreadPoolExecutor() as pool:
        return list(pool.map(label, texts))  # call: openai gpt-4.1-nano x1-?
