import type { DeadLetter } from "#domain/dead-letter.ts";
import { exit } from "../cli.ts";
import { clean, table } from "../table.ts";
import { verb, type Do } from "../verb.ts";

const page = 500;

export const deadLetters = verb({
  kind: "operation",
  name: "dead-letters",
  words: "[FLOW]",
  least: 0,
  most: 1,
  about: "Records that could not be written.",
  help: "Those that are open or being retried, of all flows or of one, oldest first.",
  options: {},

  async run({ words: [flow], json }, { do: perform, say, answer }) {
    const letters = await all(perform, flow);
    if (json) answer({ dead_letters: letters.map(answerOf) });
    else if (letters.length === 0) say("Nothing needs a hand.");
    else for (const row of table([heading, ...letters.map(rowOf)])) say(row);
    return exit.done;
  },
});

async function all(perform: Do, flow: string | undefined): Promise<DeadLetter[]> {
  const found: DeadLetter[] = [];
  const about = flow === undefined ? {} : { flow };
  for (;;) {
    const last = found.at(-1);
    const after = last === undefined ? {} : { after: last.id };
    const { letters } = await perform("letters.list", { ...about, ...after, limit: page });
    found.push(...letters.map(({ letter }) => letter));
    if (letters.length < page) return found;
  }
}

const answerOf = ({ problem, ...letter }: DeadLetter): object => ({
  id: letter.id,
  flow: letter.flow,
  key: letter.key,
  cause: problem.code ?? problem.class,
  field: problem.field,
  message: problem.message,
  attempts: letter.attempts,
  state: letter.state.kind,
  first_seen: letter.firstSeen.toString(),
  last_seen: letter.lastSeen.toString(),
});

const heading = ["ID", "FLOW", "RECORD", "TRIED", "FIELD", "WHAT WAS SAID"];

const rowOf = ({ id, flow, key, attempts, state, problem }: DeadLetter): string[] => [
  id,
  flow,
  key.slice(0, 40),
  state.kind === "retrying" ? `${attempts}, retrying` : String(attempts),
  problem.field ?? "",
  clean(problem.message).slice(0, 160),
];
