class Chat:
    def completions(self):
        return self

    def create(self, model, messages):
        return [model, messages]


class Client:
    def __init__(self):
        self.chat = Chat()
        self.messages = Chat()


client = Client()
client.chat.create(model="gpt-4o", messages=[])
client.messages.create(model="claude", messages=[])
