import { people } from "../slack/harbour-and-sons.ts";

/** Somebody who works at the business whose tools are simulated. */
export type Colleague = { name: string; email: string; title: string; gone: boolean };

/** The same people as in its Slack workspace, and one from outside who has no account there. */
export const staff: readonly Colleague[] = [
  ...people
    .filter(({ is_bot }) => !is_bot)
    .map(({ real_name, email, title, deleted }) => ({
      name: real_name,
      email: email.toLowerCase(),
      title,
      gone: deleted,
    })),
  { name: "Mina Okabe", email: "mina@okabe-design.example", title: "Designer", gone: false },
];
