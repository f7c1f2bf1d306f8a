const { CohereClient } = require("cohere-ai");

const cohere = new CohereClient({});

exports.rank = (query, documents) => cohere.rerank({ model: "rerank-v3.5", query, documents, topN: 5 }); // call: cohere rerank-v3.5
