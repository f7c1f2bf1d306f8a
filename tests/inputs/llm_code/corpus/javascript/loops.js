import OpenAI from "openai";

const openai = new OpenAI();
const LANGUAGES = ["de", "fr", "es"];

export async function translateAll(text) {
  return Promise.all(
    LANGUAGES.map((language) =>
      openai.chat.completions.create({ // call: openai gpt-4o x3-3
        model: "gpt-4o",
        messages: [{ role: "user", content: `Translate into ${language}: ${text}` }],
      }),
    ),
  );
}

export async function vote(question) {
  const answers = [];
  for (let i = 0; i < 5; i++) {
    answers.push(await openai.chat.completions.create({ model: "gpt-4o-mini", messages: question })); // call: openai gpt-4o-mini x5-5
  }
  return answers;
}

export async function agent(messages) {
  while (true) {
    const reply = await openai.chat.completions.create({ model: "gpt-4o", messages }); // call: openai gpt-4o x1-?
    messages.push(reply.choices[0].message);
    if (!reply.choices[0].message.tool_calls) return messages;
  }
}
