import json

import requests


def ask(question):
    session = requests.Session()
    data = json.dumps({"model": "mistralai/mistral-large", "messages": [{"role": "user", "content": question}]})
    return session.post("https://openrouter.ai/api/v1/chat/completions", data=data)  # call: http mistralai/mistral-large
