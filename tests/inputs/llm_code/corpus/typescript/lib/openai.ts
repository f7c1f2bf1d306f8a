import OpenAI, { AzureOpenAI } from "openai";

export const openai = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });
export const azure = new AzureOpenAI({ apiVersion: "2024-10-21", deployment: "gpt-4o-eu" });
export function deepseek() {
  return new OpenAI({ baseURL: "https://api.deepseek.com", apiKey: process.env.DEEPSEEK_KEY });
}
