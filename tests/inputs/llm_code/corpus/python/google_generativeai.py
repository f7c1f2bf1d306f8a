import google.generativeai as genai

model = genai.GenerativeModel("gemini-1.5-pro", generation_config={"max_output_tokens": 100})


def ask(question):
    return model.generate_content(question)  # call: google gemini-1.5-pro
