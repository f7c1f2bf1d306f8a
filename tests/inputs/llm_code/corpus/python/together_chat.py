from together import Together

client = Together()
print(client.chat.completions.create(model="meta-llama/Llama-3.3-70B-Instruct-Turbo", messages=[]))  # call: together meta-llama/Llama-3.3-70B-Instruct-Turbo
