const axios = require("axios");

const http = axios.create({ baseURL: "https://api.anthropic.com" });

exports.draft = (topic) =>
  http.post("/v1/messages", { // call: http claude-sonnet-4-5
    model: "claude-sonnet-4-5",
    max_tokens: 2000,
    messages: [{ role: "user", content: `Write a blog post about ${topic}` }],
  });
