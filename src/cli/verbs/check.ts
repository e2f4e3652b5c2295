import type { Health } from "#domain/ports/tools.ts";
import { exit } from "../cli.ts";
import { table } from "../table.ts";
import { verb } from "../verb.ts";

export const check = verb({
  kind: "operation",
  name: "check",
  words: "[CONNECTION]",
  least: 0,
  most: 1,
  about: "Looks at connections live: credential, scopes, limits.",
  help: "All of them, or the one named: whose account it is, what it may do and does not need, and one record of each object. Ends with 1 when one does not work.",
  options: {},

  async run({ words: [only], json }, { do: perform, say, answer }) {
    const names =
      only === undefined
        ? (await perform("connections.list", {})).map(({ connection }) => connection.name)
        : [only];
    const found = await Promise.all(
      names.map(async (name) => {
        const { connection, title, health } = await perform("connections.check", {
          connection: name,
        });
        return { connection, title, health };
      }),
    );
    const ok = found.every(({ health }) => health.ok);
    if (json)
      answer({
        connections: found.map(({ connection, health }) => ({
          name: connection.name,
          connector: connection.connector,
          ok: health.ok,
          account: health.ok ? health.account : null,
          problem: health.ok ? null : health.problem,
        })),
      });
    else if (found.length === 0) say("There are no connections yet.");
    else
      for (const row of table(
        found.map(({ connection, title, health }) => [
          connection.name,
          title,
          health.ok ? "works" : "does not work",
          health.ok ? foundText(health) : health.problem,
        ]),
      ))
        say(row);
    return ok ? exit.done : exit.failed;
  },
});

/** Whose account, what it may do and does not need, how fast, and one record of each object. */
function foundText({
  account,
  can,
  limits,
  scopes,
  samples,
}: Extract<Health, { ok: true }>): string {
  const allowed = scopes === null ? "" : `allowed: ${scopes.has.join(", ")}`;
  const needless = scopes === null || scopes.more.length === 0 ? "" : `not needed: ${scopes.more.join(", ")}`; // prettier-ignore
  const records = samples.map(({ object, title }) => `${object}: ${title ?? "none yet"}`);
  return [account, can.join(", "), allowed, needless, limits, ...records]
    .filter(Boolean)
    .join(" · ");
}
