import { inspect } from "node:util";
import type { CredentialForm } from "#domain/ports/connector-facts.ts";
import { expect } from "vitest";
import { never } from "../world.ts";
import { repeatingTool } from "./repeating-tool.ts";
import { objectLines, type ObjectCases } from "./object-lines.ts";
import { sample } from "./samples.ts";
import { tripTo } from "./sign-in.ts";
import { signedIn, toolBehind, type ToolName, type Tried } from "./tool.ts";

/** Fields of a credential that are no secret, in any tool. */
const open = ["client_id", "user"];

/** Every field of every way of signing in is marked as secret, but for the few that never are. */
export function secretsMarked({ world, connection }: Tried): void {
  const { credentials } = world.tools.facts(connection.connector) ?? { credentials: [] };
  const fields = credentials.flatMap((form) => form.fields);
  expect(fields.filter(({ secret }) => !secret).filter(({ name }) => !open.includes(name))).toEqual([]); // prettier-ignore
}

/** What a whole session tells anybody, where all goes well, holds no part of the credential. */
export async function secretsKept(name: ToolName, objects: ObjectCases): Promise<void> {
  for (const [object, about] of Object.entries(objects)) {
    await using tried = await signedIn(name);
    const health = await tried.world.tools.check(tried.connection, never);
    const { records } = await tried.readAll(object);
    const read = records.map(({ raw, content }) => [Buffer.from(raw()).toString(), content]);
    if (about.skip?.["refuses one of a batch"] === undefined)
      await objectLines["refuses one of a batch"](tried, object, about);
    expect(secretsIn([health, read, tried.said], tried.world.vault.secret)).toEqual([]);
  }
}

/** Nor what is said of a tool that repeats to us all that we told it, whatever it answers with. */
export async function secretsNotRepeated(name: ToolName, objects: ObjectCases): Promise<void> {
  await using known = await signedIn(name);
  const { credentials } = known.world.tools.facts(name) ?? { credentials: [] };
  const entities = new Map(known.objects.map(({ name: object, entity }) => [object, entity]));
  for (const form of credentials)
    for (const status of [200, 400, 401, 403, 404, 429, 500]) {
      await using repeating = await repeatingTool(status);
      const secret = secretFor(form, known);
      await using tried = await toolBehind(name, known, repeating.url, secret);
      const shown: unknown[] = [];
      const see = (what: Promise<unknown>) =>
        what.then((one) => void shown.push(one)).catch((error: unknown) => void shown.push(error));
      await see(tried.world.tools.check(tried.connection, never));
      if (form.browser && known.tool.oauth !== null) {
        const trip = tripTo(tried.world.tools, tried.connection, known.tool.oauth);
        await see(tried.world.tools.arrive(tried.connection, trip, { code: "a-code" }, never));
      }
      for (const object of Object.keys(objects)) {
        await see(tried.readAll(object));
        const target = tried.target(object);
        for (const field of target.searchable)
          await see(target.find(field, ["a@b.example"], never));
        const fields = sample(entities.get(object) ?? "customer", 1, "S");
        const write = { kind: "create", key: "k", hash: "h", fields } as const;
        await see(target.send({ id: "r", writes: [write] }, never));
      }
      expect(repeating.asked()).toBeGreaterThan(0);
      expect([form.name, status, ...secretsIn([shown, tried.said], secret)]).toEqual([form.name, status]); // prettier-ignore
    }
}

/** A value for each field: what the simulated tool takes, else one made up. */
function secretFor({ fields }: CredentialForm, { tool }: Tried): Record<string, string> {
  const { client_id = "the-client", client_secret, refresh_token } = tool.oauth ?? {};
  const there: Record<string, string | undefined> = { ...tool.credential, client_id, client_secret, refresh_token }; // prettier-ignore
  const given = fields.map(({ name }) => [name, there[name] ?? `made-up-${name}-5f0c9e77`]);
  return { access_token: "access-5f0c9e77a1", ...Object.fromEntries(given) };
}

/** The names of what stands in it, as it is or in the clothes it travels in. */
function secretsIn(shown: unknown, secret: Readonly<Record<string, string>>): string[] {
  const text = inspect(shown, { depth: 30, maxArrayLength: null, maxStringLength: null });
  const basic = Buffer.from(`${secret["client_id"] ?? ""}:${secret["client_secret"] ?? ""}`);
  const values = Object.entries({ ...secret, basic: basic.toString("base64") })
    .filter(([name, value]) => ![...open, "scope", "fresh_until", "redirect_uri", "base"].includes(name) && value.length > 7) // prettier-ignore
    .flatMap(([name, value]) => [[name, value], [name, encodeURIComponent(value)]] as const); // prettier-ignore
  return values.filter(([, value]) => text.includes(value)).map(([name]) => name);
}
