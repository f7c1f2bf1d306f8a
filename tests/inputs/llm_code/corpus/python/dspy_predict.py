import dspy

dspy.configure(lm=dspy.LM("openai/gpt-4o-mini"))
classify = dspy.Predict("sentence -> sentiment: bool")
print(classify(sentence="it works"))  # call: dspy gpt-4o-mini
