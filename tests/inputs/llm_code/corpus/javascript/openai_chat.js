import OpenAI from "openai";

const client = new OpenAI();

export async function summarizeTicket(ticket) {
  const completion = await client.chat.completions.create({ // call: openai gpt-4o-mini
    model: "gpt-4o-mini",
    max_tokens: 300,
    messages: [
      { role: "system", content: "Summarize the support ticket in three sentences." },
      { role: "user", content: ticket },
    ],
  });
  return completion.choices[0].message.content;
}
