import vertexai
from vertexai.generative_models import GenerativeModel

vertexai.init(project="demo")
model = GenerativeModel(model_name="gemini-2.0-flash")
chat = model.start_chat()
print(chat.send_message("Hello"))  # call: google gemini-2.0-flash
