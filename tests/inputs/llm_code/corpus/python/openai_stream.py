import openai


def tell():
    with openai.OpenAI().chat.completions.stream(model="gpt-4.1", messages=[]) as stream:  # call: openai gpt-4.1
        for event in stream:
            print(event)
