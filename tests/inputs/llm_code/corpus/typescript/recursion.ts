import OpenAI from "openai";

const openai = new OpenAI();

export async function refine(text: string, depth = 0): Promise<string> {
  const reply = await openai.chat.completions.create({ model: "gpt-4o", messages: [{ role: "user", content: text }] }); // call: openai gpt-4o x1-?
  return depth > 3 ? text : refine(reply.choices[0].message.content!, depth + 1);
}
