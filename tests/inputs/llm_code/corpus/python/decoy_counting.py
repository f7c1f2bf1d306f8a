import anthropic
import openai

openai.OpenAI().models.list()
openai.OpenAI().files.create(file=b"", purpose="batch")
anthropic.Anthropic().messages.count_tokens(model="claude-sonnet-4-5", messages=[])
