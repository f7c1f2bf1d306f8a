import os

from openai import AzureOpenAI

client = AzureOpenAI(api_version="2024-10-21", azure_endpoint=os.environ["ENDPOINT"])


def ask(question):
    return client.chat.completions.create(model="support-prod", messages=question)  # call: azure ?
