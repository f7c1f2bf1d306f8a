import { GoogleGenAI } from "@google/genai";
import { GoogleGenerativeAI } from "@google/generative-ai";

const ai = new GoogleGenAI({ apiKey: process.env.GEMINI_API_KEY });
const old = new GoogleGenerativeAI(process.env.GEMINI_API_KEY!);
const pro = old.getGenerativeModel({ model: "gemini-1.5-pro", generationConfig: { maxOutputTokens: 900 } });

export const now = (contents: string) =>
  ai.models.generateContent({ model: "gemini-2.5-flash", contents, config: { maxOutputTokens: 400 } }); // call: google gemini-2.5-flash

export const before = (text: string) => pro.generateContent(text); // call: google gemini-1.5-pro

export async function talk(text: string) {
  const chat = ai.chats.create({ model: "gemini-2.5-pro" });
  return chat.sendMessage({ message: text }); // call: google gemini-2.5-pro
}
