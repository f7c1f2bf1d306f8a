import { io } from "socket.io-client";
import ai from "./ai.js";

const socket = io();

export const go = () => {
  socket.send({ model: "gpt-4o" });
  ai.generateText({ model: "gpt-4o" });
  return Promise.all([1].map((n) => n));
};
