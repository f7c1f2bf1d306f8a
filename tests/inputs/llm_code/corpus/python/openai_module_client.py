import openai as ai

ai.api_key = "set elsewhere"
print(ai.chat.completions.create(model="gpt-5-mini", messages=[{"role": "user", "content": "Hi"}]))  # call: openai gpt-5-mini
