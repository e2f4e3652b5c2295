import type { Json } from "#domain/json.ts";
import { isSystemic } from "#domain/errors.ts";
import type { Heard } from "#domain/ports/tools.ts";
import type { Problem } from "#domain/problem.ts";
import type { Sent, Write, WriteOutcome, WriteRequest } from "#domain/record.ts";
import type { Clock } from "#domain/ports/world.ts";
import type { Variables } from "../manifest/template.ts";
import type { ObjectPlan } from "../read/compile-object.ts";
import type { Classify } from "../request/classify.ts";
import { heardBy } from "../request/heard.ts";
import { type Line, OutcomeUnknown, type Reply } from "../request/line.ts";
import { throwSystemic } from "../request/systemic.ts";
import { notAsWritten } from "./as-written.ts";
import type { CallPlan, WritePlan } from "./compile-write.ts";
import { followUp } from "./follow-up.ts";
import { changeNames } from "./change-names.ts";
import type { TellAll } from "./tell.ts";
import { outcomeOf, problemOf } from "./outcome.ts";
import type { Result } from "./results.ts";

export type Parts = {
  title: string;
  plan: ObjectPlan;
  write: WritePlan;
  line: Line;
  classify: Classify;
  clock: Clock;
  shared: Variables;
  /** Null where nobody but the tool is told. */
  tellAll: TellAll | null;
  /** Hears of each try; none where there is no log of them. */
  heard?: Heard | undefined;
};

/** A write on its way: where it stands in the request, its item, and what templates may use of it. */
type Item = {
  at: number;
  write: Write;
  item: Json;
  variables: Variables;
  /** The fields that are in it. */
  sent: readonly string[];
};

/** Sends the writes of a request, each kind in the call that takes it. */
export async function sendPlain(
  parts: Parts,
  request: WriteRequest,
  signal: AbortSignal,
): Promise<Sent> {
  const outcomes: (WriteOutcome | undefined)[] = request.writes.map(() => undefined);
  for (const call of parts.write.calls) {
    const items = itemsFor(parts, call, request, outcomes);
    if (items.length === 0) continue;
    const sent = await sendCall(parts, call, request.id, items, signal);
    if (sent.kind !== "each") return sent;
    items.forEach(({ at }, index) => (outcomes[at] = sent.outcomes[index]));
  }
  return { kind: "each", outcomes: outcomes.map((outcome) => outcome ?? untaken(parts.title)) };
}

/** A refusal of our own. */
export const refusal = (code: string, field: string | null, message: string): WriteOutcome => ({
  kind: "rejected",
  problem: { class: "rejected", field, code, message },
});

const untaken = (title: string): WriteOutcome =>
  refusal("NOT_WRITABLE", null, `${title} has no way to do this with such a record`);

/** Encodes what this call takes; what cannot be sent has its outcome at once. */
function itemsFor(
  { plan, write, shared }: Parts,
  call: CallPlan,
  { id: request, writes }: WriteRequest,
  outcomes: (WriteOutcome | undefined)[],
): Item[] {
  const items: Item[] = [];
  writes.forEach((one, at) => {
    if (!call.takes.has(one.kind) || outcomes[at] !== undefined) return;
    const early = tooEarly(plan, write, one);
    if (early !== null) {
      outcomes[at] = early;
      return;
    }
    const encoded = encode(plan, one, shared);
    if (!encoded.ok) {
      outcomes[at] = { kind: "rejected", problem: encoded.problem };
      return;
    }
    const variables = { ...shared, ...encoded.variables, request, n: String(at + 1) };
    const item = call.item(one.kind, variables);
    items.push({ at, write: one, item, variables, sent: encoded.sent });
  });
  return items;
}

/** What need not be asked: a version we do not know, a field without which nothing can be created. */
export function tooEarly(plan: ObjectPlan, { spec }: WritePlan, write: Write): WriteOutcome | null {
  // Of files and folders only what a file holds has a version.
  if (write.kind !== "create" && plan.content !== null) return null;
  if (write.kind !== "create")
    return plan.spec.version !== undefined && write.version === null ? { kind: "stale" } : null;
  const missing = spec.needs.find((field) => !write.fields[field]);
  if (missing === undefined) return null;
  const message = `This record has no ${missing}, and none can be created without one`;
  return {
    kind: "rejected",
    problem: { class: "invalid", field: missing, code: "MISSING_FIELD", message },
  };
}

type Worded =
  { ok: true; variables: Variables; sent: readonly string[] } | { ok: false; problem: Problem };

export function encode(plan: ObjectPlan, write: Write, shared: Variables): Worded {
  const { key } = write;
  const change = changeNames[write.kind];
  if (write.kind === "archive")
    return { ok: true, sent: [], variables: { id: write.id, version: write.version, key, change } };
  const fresh = write.kind === "create";
  const encoded = plan.fields.encode(write.fields, { fresh, empty: plan.spec.empty, shared });
  if ("problem" in encoded) return { ok: false, problem: encoded.problem };
  const { native: fields, sent } = encoded;
  const record = write.fields as Json;
  const variables = fresh
    ? { fields, record, key, change }
    : { fields, record, key, change, id: write.id, version: write.version };
  return { ok: true, sent, variables };
}

async function sendCall(
  parts: Parts,
  call: CallPlan,
  request: string,
  items: readonly Item[],
  signal: AbortSignal,
): Promise<Sent> {
  const bodies = items.map(({ item }) => item);
  // A request for one record may use what is said of it anywhere: in its path, say.
  const own = parts.write.spec.batch === 1 ? items[0]?.variables : undefined;
  const all = { ...parts.shared, ...own, request, items: bodies, item: bodies[0] };
  let sent: Sent | null = null;
  try {
    sent = understand(parts, call, items, await post(parts, call, all, signal));
    if (sent.kind === "each" && call.after.length > 0)
      return { kind: "each", outcomes: await followUp(parts, call, items, sent.outcomes, signal) };
    return sent;
  } catch (error) {
    if (error instanceof OutcomeUnknown) return { kind: "unknown", reason: error.message };
    if (sent?.kind === "each") return halfDone(sent.outcomes, error);
    throw error;
  }
}

/** A systemic error says that nothing was written: where something was, nobody knows what is left to do. */
function halfDone(outcomes: readonly WriteOutcome[], error: unknown): Sent {
  if (!isSystemic(error) || !outcomes.some(({ kind }) => kind === "accepted")) throw error;
  return { kind: "unknown", reason: error.message };
}

/** To the tool, and to whoever asked to be told of such an event. */
function post(
  { line, tellAll, heard }: Parts,
  call: CallPlan,
  variables: Variables,
  signal: AbortSignal,
): Promise<Reply> {
  const event = call.event?.(variables) ?? null;
  const request = call.prepare(variables);
  return event === null || tellAll === null
    ? line.write(heardBy(heard, request, null), signal)
    : tellAll(event, request, { signal, heard });
}

function understand(parts: Parts, call: CallPlan, items: readonly Item[], reply: Reply): Sent {
  const { plan, title } = parts;
  if (!reply.ok) {
    const [only, ...others] = items;
    if (only !== undefined && others.length === 0)
      return { kind: "each", outcomes: [outcomeOf(reply.verdict, plan.fields, only.write)] };
    return { kind: "refused", problem: problemOf(reply.verdict, plan.fields) };
  }
  if (call.results === null)
    return { kind: "each", outcomes: items.map(({ write }) => done(parts, write, undefined)) };
  const bodies = items.map(({ item }) => item);
  const outcomes: WriteOutcome[] = [];
  let stopped: unknown = null;
  for (const [index, result] of call.results(reply.answer.body, bodies).entries()) {
    const item = items[index];
    try {
      const outcome = item === undefined ? null : outcomeOfResult(parts, call, item, result);
      if (outcome === null)
        return { kind: "unknown", reason: `${title} left a record out of its answer` };
      outcomes.push(outcome);
    } catch (error) {
      stopped ??= error;
    }
  }
  return stopped === null ? { kind: "each", outcomes } : halfDone(outcomes, stopped);
}

/** Null where the answer says nothing of this write. */
function outcomeOfResult(
  parts: Parts,
  call: CallPlan,
  { write, sent, variables }: Item,
  result: Result | undefined,
): WriteOutcome | null {
  const { plan, classify, clock, title } = parts;
  if (result === undefined) return null;
  if (result.kind === "done") {
    const { record: shown, made } = result;
    const other =
      !call.asWritten || shown === undefined || write.kind === "archive"
        ? null
        : notAsWritten({ title, plan }, call, write, {
            native: variables["fields"] ?? {},
            sent,
            shown,
          });
    if (other !== null) return other;
    const outcome = done(parts, write, shown, result.id);
    if (outcome.id === "") return null;
    return made && write.kind === "create" ? { ...outcome, made } : outcome;
  }
  const failure = { status: result.status, headers: {}, body: result.failure, text: "" };
  const verdict = classify.verdict(failure, clock.now());
  throwSystemic(title, verdict);
  return outcomeOf(verdict, plan.fields, write);
}

/** A create whose answer has no id is as good as no answer, unless a record is known by its key. */
const done = (
  { plan, write: { spec } }: Pick<Parts, "plan" | "write">,
  write: Write,
  record: Json | undefined,
  said: string | null = null,
): Extract<WriteOutcome, { kind: "accepted" }> => ({
  kind: "accepted",
  id:
    said ??
    (record === undefined ? null : plan.idOf(record)) ??
    (spec.known_by === "key" ? write.key : write.kind === "create" ? "" : write.id),
  version: record === undefined ? null : plan.versionOf(record),
});
