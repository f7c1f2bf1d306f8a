import requests

URL = "https://api.openai.com/v1/chat/completions"


def ask(question, key):
    return requests.post(  # call: http gpt-4o
        URL,
        headers={"Authorization": f"Bearer {key}"},
        json={"model": "gpt-4o", "max_tokens": 50, "messages": [{"role": "user", "content": question}]},
        timeout=30,
    )
