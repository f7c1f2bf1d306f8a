const twilio = require("twilio");
const OpenAI = require("openai");

const client = twilio(process.env.SID, process.env.TOKEN);

exports.notify = (to) => client.messages.create({ to, from: "+15550100", body: "gpt-4o says hello", model: "gpt-4o" });
