import type { HooksView } from "#operations/hooks/contract.ts";
import { exit } from "../cli.ts";
import { table } from "../table.ts";
import { verb } from "../verb.ts";

export const hooks = verb({
  kind: "operation",
  name: "hooks",
  words: "CONNECTION",
  least: 1,
  most: 1,
  about: "Where a tool or a Zap sends what a connection is to hear of.",
  help: "The token in the addresses, or the key to be sent with a message, is shown only where it is made: with --renew, which ends the one before.",
  options: { renew: { about: "A new token; the one before no longer works." } },

  async run({ words: [connection = ""], json, flags }, { do: perform, say, answer }) {
    const renewed = flags.has("renew") ? await perform("hooks.renew", { connection }) : null;
    const view = renewed ?? (await perform("hooks.show", { connection }));
    const key = renewed?.key ?? null;
    if (json)
      answer({
        connection: view.connection,
        made_at: view.madeAt?.toString() ?? null,
        key,
        addresses: view.addresses.map(({ about, url }) => ({ about, url })),
        subscriptions: view.subscribers,
      });
    else for (const row of table(rowsOf(view, key))) say(row);
    return exit.done;
  },
});

const rowsOf = (view: Omit<HooksView, "facts">, key: string | null): string[][] => [
  ...(key === null ? [] : [["Key", key]]),
  ...view.addresses.map(({ about, url }) => [about, url]),
  ["Made", view.madeAt?.toString() ?? "not yet: use --renew"],
  ...view.subscribers.map(({ id, event }) => [event, id]),
];
