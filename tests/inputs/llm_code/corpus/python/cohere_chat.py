import cohere

co = cohere.ClientV2()
print(co.chat(model="command-r-plus", messages=[{"role": "user", "content": "Hi"}]))  # call: cohere command-r-plus
print(co.rerank(model="rerank-v3.5", query="q", documents=["a", "b"]))  # call: cohere rerank-v3.5
