import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Member } from "#slack/door.ts";

export type Called = { method: string; args: URLSearchParams };

/**
 * Slack's Web API as far as the bot asks it, with people the simulated workspace does not have: guests,
 * strangers, people of other teams. Everything it was asked is kept.
 */
export async function fakeSlack(
  team: string,
  people: Readonly<Record<string, Member>>,
): Promise<AsyncDisposable & { apiUrl: string; respondUrl: string; called: Called[] }> {
  const called: Called[] = [];
  const answerTo = ({ method, args }: Called): Record<string, unknown> => {
    if (method === "auth.test")
      return { ok: true, team_id: team, user_id: "U0TIELINE", bot_id: "B1" };
    if (method === "users.info") {
      const user = people[args.get("user") ?? ""];
      return user === undefined ? { ok: false, error: "user_not_found" } : { ok: true, user };
    }
    if (method.startsWith("views.")) return { ok: true, view: { id: "V1", hash: "h" } };
    return { ok: true, channel: "C1", ts: "1.1", users: [] };
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const method = (request.url ?? "/").slice(1);
      const asked = { method, args: new URLSearchParams(Buffer.concat(chunks).toString()) };
      called.push(asked);
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(answerTo(asked)));
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  return {
    apiUrl: url,
    respondUrl: `${url}respond`,
    called,
    [Symbol.asyncDispose]: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}
