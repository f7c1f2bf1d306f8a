import OpenAI from "openai";
import pRetry from "p-retry";

const openai = new OpenAI({ maxRetries: 1 });

export const robust = (messages) =>
  pRetry(() => openai.chat.completions.create({ model: "gpt-4o", messages }), { retries: 4 }); // call: openai gpt-4o
