import type { Connection } from "#domain/connection.ts";
import { SignInAgain } from "#domain/errors.ts";
import type { Json } from "#domain/json.ts";
import type { Hints } from "#domain/ports/hints.ts";
import type { HookOutcome, HookRequest, Hooks } from "#domain/ports/hooks.ts";
import type { Inbox, Told } from "#domain/ports/inbox.ts";
import type { Vault } from "#domain/ports/tools.ts";
import type { Clock, Log } from "#domain/ports/world.ts";
import type { Connector } from "../connector.ts";
import type { FailuresPlan } from "../failures/compile.ts";
import type { OpenConnection } from "../open-connection.ts";
import { OutcomeUnknown } from "../request/line.ts";
import { contentOf } from "./content.ts";
import type { WebhooksPlan } from "./compile.ts";
import { nothing, refused, said } from "./answers.ts";
import { cloudEventsIn } from "./envelope.ts";
import type { Greeting } from "./handshake.ts";
import { greet } from "./handshakes/index.ts";
import { secretOf, verify } from "./index.ts";
import { keepHints } from "./keep-hints.ts";
import type { ReadEvent } from "./told.ts";
import type { SecretFrom } from "./secret.ts";
import { genuine, type Verified } from "./verify.ts";

export type ReceiveWorld = {
  vault: Vault;
  hooks: Hooks;
  hints: Hints;
  inbox: Inbox;
  clock: Clock;
  log: Log;
};

/** What is done with a message that came to an address of ours. Kept, where it is kept, before it is answered. */
export const makeReceive =
  (
    connectorOf: (connection: Connection) => Connector,
    openOf: (connection: Connection) => OpenConnection,
    world: ReceiveWorld,
  ) =>
  async (
    connection: Connection,
    request: HookRequest,
    signal: AbortSignal,
  ): Promise<HookOutcome> => {
    const plan = connectorOf(connection).webhooks;
    if (plan === null || !isFor(plan, request.object)) return refused(404);
    const greeting = greetingOf(plan, request);
    if (greeting !== null)
      return learn(greeting, request, { plan, open: () => openOf(connection), world, signal });
    if (request.method !== "POST") return refused(405);
    const verified = await verifiedBy(plan, connection, request, world);
    if (!verified.ok) return refused(401);
    const content = contentOf(request, plan.spec.body);
    if (!content.ok) return refused(content.status);
    return taken(content.value, { verified, connection, request, plan, open: () => openOf(connection), world }); // prettier-ignore
  };

type Taking = {
  verified: Verified & { ok: true };
  connection: Connection;
  request: HookRequest;
  plan: WebhooksPlan;
  open: () => OpenConnection;
  world: ReceiveWorld;
};

/** What a message comes to that is from whom it should be. */
function taken(content: Json | undefined, about: Taking): HookOutcome | Promise<HookOutcome> {
  const { object } = about.request;
  const { failures, inboxes } = about.plan;
  if (failures !== null && object === failuresObject) return failed(failures, content, about);
  const read = inboxes.get(object ?? "");
  return read === undefined ? keepHints(about.plan, content, about) : keep(read, content, about);
}

/** Where others have an object, in the address that failures are sent to. */
const failuresObject = "failures";

/** Failures of which one cannot be understood are refused together. */
function failed(
  plan: FailuresPlan,
  content: Json | undefined,
  { verified, connection }: Taking,
): HookOutcome {
  const events = listIn(content) ?? [];
  const id = events.length === 1 ? verified.id : null;
  const failures = events.map((one) => plan.read(one, connection, id));
  if (failures.length === 0 || !failures.every((one) => one !== null)) return refused(400);
  return { ...nothing, answer: said(202, ""), failures };
}

/** An object with an inbox has an address of its own; another one is for all that the tool tells. */
const isFor = ({ inboxes, changes, failures }: WebhooksPlan, object: string | null): boolean => {
  if (object === null) return changes !== null;
  return inboxes.has(object) || (failures !== null && object === failuresObject);
};

/** A handshake is signed by nothing: it is recognised by what it asks for. */
function greetingOf({ spec }: WebhooksPlan, request: HookRequest): Greeting | null {
  if (spec.handshake === undefined) return null;
  const content = contentOf(request, spec.body);
  return greet({ ...request, content: content.ok ? content.value : undefined }, spec.handshake);
}

/** Before it is answered, what it brought is known: the tool may send a message at once. */
async function learn(
  { answer, learns }: Greeting,
  request: HookRequest,
  { plan, open, world, signal }: Learning,
): Promise<HookOutcome> {
  if (learns === null) return { ...nothing, answer };
  const { secret, once } = learns;
  const may = once === "the_first" ? "only_first" : "be_further";
  if (once === "sent_back" && !(await isAccepted(plan, request, open(), signal)))
    return refused(503);
  // Said once more, it is the same handshake; another one would let its sender sign what we believe.
  const kept =
    (await world.hooks.learn(request.address, secret, may)) ||
    (await world.hooks.learned(request.address)).includes(secret);
  return kept ? { ...nothing, answer } : refused(401);
}

type Learning = {
  plan: WebhooksPlan;
  open: () => OpenConnection;
  world: ReceiveWorld;
  signal: AbortSignal;
};

/** Whoever knows the address could send a secret of theirs; the tool accepts back its own alone. */
async function isAccepted(
  { sendBack, spec }: WebhooksPlan,
  request: HookRequest,
  { line, shared }: OpenConnection,
  signal: AbortSignal,
): Promise<boolean> {
  const content = contentOf(request, spec.body);
  if (sendBack === null || !content.ok || content.value === undefined) return false;
  const proof = sendBack({ ...shared, message: content.value });
  const reply = await line.write(proof, signal).catch((error: unknown) => {
    // Nobody knows whether it was: the tool may ask again.
    if (error instanceof OutcomeUnknown) return null;
    throw error;
  });
  return reply?.ok === true;
}

async function verifiedBy(
  { spec }: WebhooksPlan,
  connection: Connection,
  request: HookRequest,
  world: ReceiveWorld,
): Promise<Verified> {
  const from = secretOf(spec.verify);
  const secrets = await secretsFor(from, connection, request, world);
  if (from !== null && secrets.length === 0) {
    if (typeof from === "object" && "asked" in from && from.optional) return genuine;
    world.log.warn("a message cannot be verified without a secret", {
      connection: connection.name,
    });
  }
  return verify(request, spec.verify, { secrets, now: world.clock.now() });
}

async function secretsFor(
  from: SecretFrom | null,
  connection: Connection,
  { address }: HookRequest,
  { vault, hooks }: ReceiveWorld,
): Promise<readonly string[]> {
  if (from === null) return [];
  if (from === "learned") return hooks.learned(address);
  if ("field" in from) return valueIn(vault, connection, from.field);
  // Copied for the connection's own address, it signs what comes to those that we have made ourselves too.
  const given = await hooks.addressOf(connection.name);
  return hooks.learned(given ?? address);
}

async function valueIn(
  vault: Vault,
  { name }: Connection,
  field: string,
): Promise<readonly string[]> {
  try {
    const value = (await vault.read(name))[field]?.trim();
    return value ? [value] : [];
  } catch (error) {
    if (error instanceof SignInAgain) return [];
    throw error;
  }
}

/** Events of which one cannot be understood are refused together: none is kept then. */
async function keep(
  read: ReadEvent,
  content: Json | undefined,
  about: Taking,
): Promise<HookOutcome> {
  const { verified, connection, request, plan, world } = about;
  const events = plan.spec.body === "cloudevents" ? cloudEventsIn(content) : listIn(content);
  if (events === null || events.length === 0) return refused(400);
  const told = events.map((event, n) => named(read(event), verified.id, n, events.length));
  if (!told.every((one) => one !== null)) return refused(400);
  const end = { connection: connection.name, object: request.object ?? "" };
  const kept = await world.inbox.keep(end, told);
  const answer = said(202, JSON.stringify({ kept }), "application/json; charset=utf-8");
  // Also where all of it was known: it may come again because nobody could be woken the first time.
  const records = told.map(({ record }) => ({ object: end.object, id: record }));
  return { ...nothing, answer, changed: [end.object], records };
}

const most = 100;
const listIn = (content: Json | undefined): readonly Json[] | null => {
  const events = Array.isArray(content) ? content : [content ?? null];
  return events.length > most ? null : events;
};

/** A message's own id is that of its one event; of several, each has its own. */
function named(told: Told | null, id: string | null, n: number, of: number): Told | null {
  if (told === null || id === null) return told;
  if (of === 1) return { ...told, event: id };
  return told.event === null ? { ...told, event: `${id}:${String(n)}` } : told;
}
