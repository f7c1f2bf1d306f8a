from mistralai import Mistral

with Mistral() as client:
    print(client.chat.complete(model="mistral-small-latest", messages=[{"role": "user", "content": "Bonjour"}]))  # call: mistral mistral-small-latest
