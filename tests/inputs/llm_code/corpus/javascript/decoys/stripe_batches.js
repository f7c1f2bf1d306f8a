import Stripe from "stripe";

const stripe = new Stripe(process.env.STRIPE_KEY);

export const pay = () => stripe.checkout.sessions.create({ model: "gpt-4", max_tokens: 10 });
