// client.chat.completions.create({ model: "gpt-4o" }) is what openai calls it
const client = { chat: { completions: { create: (options) => options } } };

export const local = () => client.chat.completions.create({ model: "gpt-4o" });
export const text = 'openai.chat.completions.create({ model: "gpt-4o" })';
