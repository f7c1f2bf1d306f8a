from openai import OpenAI

print(OpenAI().completions.create(model="gpt-3.5-turbo-instruct", prompt="Say hello", max_tokens=5))  # call: openai gpt-3.5-turbo-instruct
