from anthropic import Anthropic


class Chat:
    def __init__(self):
        self.client = Anthropic()
        self.messages = []

    def say(self, text):
        self.messages.append({"role": "user", "content": text})
        answer = self.client.messages.create(model="claude-sonnet-4-5", max_tokens=500, messages=self.messages)  # call: anthropic claude-sonnet-4-5
        self.messages.append({"role": "assistant", "content": answer.content})
