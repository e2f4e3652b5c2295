import { verb } from "../verb.ts";

const none = { words: "", least: 0, most: 0, options: {} };

export const start = verb({
  ...none,
  kind: "process",
  name: "start",
  about: "The bot, with a worker; without Slack settings, in the sandbox.",
  help: "Stays up until it is stopped. Settings come from the environment; see the README.",
  run: (_line, cli) => cli.start(),
});

export const worker = verb({
  ...none,
  kind: "process",
  name: "worker",
  about: "A further worker on the same Postgres.",
  help: "Needs DATABASE_URL. Stays up until it is stopped.",
  run: (_line, cli) => cli.worker(),
});

export const sandbox = verb({
  ...none,
  kind: "process",
  name: "sandbox",
  about: "The simulated tools and Slack alone.",
  help: "Prints one JSON line that says where they are, and stays up until it is stopped.",
  options: { only: { about: "Only these, with commas between.", value: "a,b" } },
  run: ({ values }, cli) =>
    cli.sandbox({ only: values["only"]?.split(",").map((one) => one.trim()) ?? null }),
});
