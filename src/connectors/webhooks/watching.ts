import { randomBytes, randomUUID } from "node:crypto";
import type { Connection } from "#domain/connection.ts";
import { Mistake, Unavailable } from "#domain/errors.ts";
import type { Json } from "#domain/json.ts";
import type { Hooks } from "#domain/ports/hooks.ts";
import type { MadeHook, Watching } from "#domain/ports/watches.ts";
import type { Clock, Log } from "#domain/ports/world.ts";
import type { Connector } from "../connector.ts";
import type { OpenConnection } from "../open-connection.ts";
import type { List } from "../read/list.ts";
import { openReader, type Reader } from "../read/reader.ts";
import { type Answer, OutcomeUnknown, type Reply } from "../request/line.ts";
import type { Prepared } from "../request/prepare.ts";
import type { WatchKind, WatchPlan } from "./watch-plan.ts";

/** Asks tools to tell us, by what their manifests say of it. */
export function openWatching(
  connectorOf: (connection: Connection) => Connector,
  openOf: (connection: Connection) => OpenConnection,
  { hooks, clock, log }: { hooks: Hooks; clock: Clock; log: Log },
): Watching {
  const planOf = (connection: Connection): WatchPlan | null =>
    connectorOf(connection).webhooks?.watch ?? null;

  /** What is known of a webhook by its name, and how to speak about it. */
  function about(connection: Connection, name: string) {
    const { kind, event, parent } = partsOf(name);
    const found = planOf(connection)?.kinds.get(kind);
    if (found === undefined) throw new Mistake(`${connection.name} knows no webhook ${name}.`);
    const opened = openOf(connection);
    const variables = { ...opened.shared, event: event || undefined, parent: parent || undefined };
    const ask = async (request: Prepared, signal: AbortSignal): Promise<Reply> => {
      if (request.method === "GET") return opened.line.read(request, signal);
      return opened.line.write(request, signal).catch((error: unknown) => {
        // One that was made after all tells an address that nobody waits at any more.
        if (error instanceof OutcomeUnknown) throw new Unavailable(error.message, { cause: error });
        throw error;
      });
    };
    return { kind: found, opened, variables, ask };
  }

  const made = (kind: WatchKind, { body }: Answer, title: string): MadeHook => {
    const id = kind.idAt(body);
    if (id === null) throw new Unavailable(`${title} took a webhook and did not say which`);
    const kept = kind.kept.flatMap(({ name, at }) => {
      const value = at(body);
      return value === null ? [] : [[name, value] as const];
    });
    return { id, kept: Object.fromEntries(kept), expires: endOf(kind.expiresAt(body), kind) };
  };

  const endOf = (said: string | null, { lasts }: WatchKind): Temporal.Instant | null =>
    said !== null ? Temporal.Instant.from(said) : lasts === null ? null : clock.now().add({ milliseconds: lasts }); // prettier-ignore

  return {
    async wanted(connection, objects, signal) {
      const names: string[] = [];
      for (const [name, kind] of planOf(connection)?.kinds ?? []) {
        if (!kind.objects.some((object) => objects.includes(object))) continue;
        const opened = openOf(connection);
        const parents = kind.parents === null ? [""] : await idsIn(kind.parents, openReader({ ...opened, log }), signal); // prettier-ignore
        for (const parent of parents)
          for (const event of kind.events ?? [""]) names.push(nameOf(name, event, parent));
      }
      return names;
    },

    async make(connection, name, { url, address }, signal) {
      const { kind, opened, variables, ask } = about(connection, name);
      const secret = randomBytes(32).toString("base64url");
      const start = kind.first === null ? undefined : await startOf(kind.first, openReader({ ...opened, log }), signal); // prettier-ignore
      const until = clock
        .now()
        .add({ milliseconds: kind.lasts ?? 0 })
        .toString();
      const given = { ...variables, start, address: url, secret, hook: randomUUID(), until };
      // Only what the manifest sends: an address that a tool gives its own secret learns that one.
      if (kind.sendsSecret) await hooks.learn(address, secret, "only_first");
      const reply = await ask(kind.make(given), signal);
      if (!reply.ok) throw refusal(opened.title, reply, url);
      const own = kind.secretAt?.(reply.answer.body) ?? null;
      if (own !== null) await hooks.learn(address, own, "only_first");
      return made(kind, reply.answer, opened.title);
    },

    async prolong(connection, name, hook, signal) {
      const renew = planOf(connection)?.renew ?? null;
      if (renew === null) return null;
      const { kind, opened, variables, ask } = about(connection, name);
      const request = renew.prepare({ ...variables, ...hook.kept, id: hook.id });
      const reply = await ask(request, signal);
      if (reply.ok) return { ...hook, expires: endOf(renew.expiresAt(reply.answer.body), kind) };
      if (reply.verdict.is === "missing") return null;
      throw refusal(opened.title, reply);
    },

    async end(connection, name, hook, signal) {
      const end = planOf(connection)?.end ?? null;
      if (end === null) return;
      const { opened, variables, ask } = about(connection, name);
      const reply = await ask(end({ ...variables, ...hook.kept, id: hook.id }), signal);
      if (!reply.ok && reply.verdict.is !== "missing") throw refusal(opened.title, reply);
    },
  };
}

/** The address holds a token, and some tools say it back. */
function refusal(title: string, { verdict }: Reply & { ok: false }, url?: string): Mistake {
  const words = url === undefined ? verdict.message : verdict.message.replaceAll(url, "[our address]"); // prettier-ignore
  return new Mistake(`${title} refuses the webhook: ${words.replace(/\.$/, "")}.`);
}

/** `tasks/create_item/12001`; what there is none of is left empty. */
const nameOf = (kind: string, event: string, parent: string): string =>
  `${kind}/${event}/${parent}`;

function partsOf(name: string): { kind: string; event: string; parent: string } {
  const [kind = "", event = "", ...parent] = name.split("/");
  return { kind, event, parent: parent.join("/") };
}

async function startOf(
  { prepare, at }: NonNullable<WatchKind["first"]>,
  reader: Reader,
  signal: AbortSignal,
): Promise<string | undefined> {
  const answer = await reader.ask(prepare, {}, signal);
  return at(answer?.body) ?? undefined;
}

/** All ids of a list. @throws systemic errors, so that nothing is ended for a list that was cut short */
async function idsIn(
  list: List & { idOf(record: Json): string | null },
  reader: Reader,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let place = list.pager?.first ?? {}; ;) {
    const answer = await reader.page(list, place, {}, signal);
    const found = (list.entries(answer?.body) ?? []).flatMap(({ record }) => (record === undefined ? null : list.idOf(record)) ?? []); // prettier-ignore
    ids.push(...found);
    const records = found.map((id) => ({ id, changedAt: null }));
    const next = answer === null ? null : (list.pager?.next(place, { body: answer.body ?? null, records }) ?? null); // prettier-ignore
    if (next === null || ids.length > mostParents) return ids.slice(0, mostParents);
    place = next;
  }
}

/** Tools take no more webhooks than about this; what is beyond is found by reading. */
const mostParents = 500;
