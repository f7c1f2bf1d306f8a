from openai import OpenAI


def draw(what):
    return OpenAI().images.generate(model="gpt-image-1", prompt=what, n=1, size="1024x1024")  # call: openai gpt-image-1
