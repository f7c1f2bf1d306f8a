import OpenAI from "openai";

const proxy = new OpenAI({ baseURL: "http://litellm.internal:4000", apiKey: "none" });

export const answer = (messages) => proxy.chat.completions.create({ model: "fast", messages }); // call: openai fast
