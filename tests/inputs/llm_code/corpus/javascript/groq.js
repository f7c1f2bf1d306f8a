import Groq from "groq-sdk";

const groq = new Groq({ maxRetries: 0 });

export const quick = (q) =>
  groq.chat.completions.create({ model: "llama-3.3-70b-versatile", max_completion_tokens: 64, messages: q }); // call: openai llama-3.3-70b-versatile
