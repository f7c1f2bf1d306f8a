import { Model } from "sequelize";
import OpenAI from "openai";

class User extends Model {}
const openai = new OpenAI();

export async function list() {
  await openai.models.list();
  await openai.files.create({ file: "x", purpose: "batch" });
  return User.create({ model: "gpt-4o" });
}
