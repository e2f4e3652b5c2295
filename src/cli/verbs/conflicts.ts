import type { Conflict } from "#domain/conflict.ts";
import { exit } from "../cli.ts";
import { clean, table } from "../table.ts";
import { verb, type Do } from "../verb.ts";

const page = 500;

export const conflicts = verb({
  kind: "operation",
  name: "conflicts",
  words: "[FLOW]",
  least: 0,
  most: 1,
  about: "Records changed on both sides of a two-way flow, for a person to decide.",
  help: "Those of all flows or of one, the longest open first. decide says which side counts.",
  options: {},

  async run({ words: [flow], json }, { do: perform, say, answer }) {
    const found = await all(perform, flow);
    if (json) answer({ conflicts: found.map(answerOf) });
    else if (found.length === 0) say("Nothing waits for a decision.");
    else for (const row of table([heading, ...found.flatMap(rowsOf)])) say(row);
    return exit.done;
  },
});

async function all(perform: Do, flow: string | undefined): Promise<Conflict[]> {
  const found: Conflict[] = [];
  const about = flow === undefined ? {} : { flow };
  for (;;) {
    const last = found.at(-1);
    const after = last === undefined ? {} : { after: last.id };
    const { conflicts: some, more } = await perform("conflicts.list", {
      ...about,
      ...after,
      limit: page,
    });
    found.push(...some.map(({ conflict }) => conflict));
    if (!more) return found;
  }
}

const answerOf = ({ id, flow, key, target, fields, changed, choices, ...rest }: Conflict) => ({
  id,
  flow,
  key,
  target,
  fields,
  changed,
  choices,
  state: rest.state.kind,
  opened: rest.openedAt.toString(),
});

const heading = ["ID", "FLOW", "SOURCE", "TARGET", "FIELD", "THERE IS", "AND"];

const rowsOf = ({ id, flow, key, target, fields }: Conflict): string[][] =>
  Object.entries(fields).map(([field, { source, target: there }]) => [
    id,
    flow,
    key.slice(0, 30),
    target.slice(0, 30),
    field,
    clean(String(source ?? "")).slice(0, 40),
    clean(String(there ?? "")).slice(0, 40),
  ]);
