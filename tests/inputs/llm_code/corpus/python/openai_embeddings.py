from openai import OpenAI


class Index:
    def __init__(self):
        self.client = OpenAI()

    def vectors(self, texts):
        return self.client.embeddings.create(model="text-embedding-3-small", input=texts)  # call: openai text-embedding-3-small
