from openai import OpenAI


class Bot:
    def __init__(self, model="gpt-4o-mini", client=None):
        self.model = model
        self.client = client or OpenAI()

    def reply(self, text):
        return self.client.chat.completions.create(model=self.model, messages=[{"role": "user", "content": text}])


def handle(request):
    return Bot().reply(request)  # call: openai gpt-4o-mini


def handle_hard(request):
    bot = Bot(model="gpt-5")
    return bot.reply(request)  # call: openai gpt-5
