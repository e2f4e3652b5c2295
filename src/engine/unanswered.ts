import { answerMs, connectMs } from "#domain/answer-time.ts";
import type { Sending } from "#domain/delivery.ts";
import type { Known, Link, Unanswered } from "#domain/ports/ledger.ts";
import type { Update, Write, WriteRequest } from "#domain/record.ts";
import { noCounts } from "#domain/run.ts";
import type { Claimed } from "./claimed.ts";
import { mayBe, nothing } from "./content.ts";
import { settledLate } from "./correction.ts";
import { tellEach } from "./outcome.ts";
import { makeDoubt } from "./doubt.ts";
import { dealsOf } from "./deals.ts";
import { eventsOf } from "./events.ts";
import { foundWritten } from "./found-written.ts";
import { giveUp, lost } from "./give-up.ts";
import { sureMs } from "./heart.ts";
import { unknownYet, type Fate } from "./item.ts";
import { makeMatcher, type Create, type Matcher } from "./matcher.ts";
import { isEdited, isMissing } from "./made-there.ts";
import type { Ports } from "./ports.ts";
import { makeSendings } from "./sendings.ts";
import { leftAlone } from "./written-over.ts";

/**
 * So long after a worker's last sign of life the last of what it announced may be carried out: it leaves while
 * the worker is sure of its flow, has to reach the tool, and takes as long as an answer may.
 */
const lastMs = sureMs + connectMs + answerMs;

/**
 * Finds out what became of the requests an earlier worker left without an outcome, and stores what did
 * happen. What did not is forgotten: those records lie before the checkpoint or are dead letters, so
 * they come again. A tool that is still at work on one shows nothing of it yet: what is to be looked for is made
 * anew once it cannot come any more. @throws Unavailable when the target does not say; then the intents stay
 */
export async function settleUnanswered(
  ports: Parts,
  claimed: Claimed,
  stored: (letters: number) => Promise<void>,
): Promise<void> {
  const { flow, ends, carried, way } = claimed;
  const { requests, silentMs } = await ports.ledger.unanswered(flow.name);
  if (requests.length === 0) return;
  const matcher = makeMatcher(ports, claimed, carried.ways[way].recent);
  switch (ends.target.repeat) {
    case "request_id":
    case "upsert":
      for (const request of requests)
        if (mayBeSentAgain(claimed, request)) await sendAgain(ports, claimed, matcher, request);
        else await lookAgain(ports, claimed, request);
      return;
    case "lookup":
      return lookForAll(ports, claimed, { matcher, stored }, { requests, silentMs });
    case "nothing":
      for (const { id, writes } of requests) await giveUp(ports, claimed, writes, { stored, answered: [id] }); // prettier-ignore
      return;
    default:
      return ends.target.repeat satisfies never;
  }
}

type Parts = Pick<Ports, "ledger" | "clock" | "chance" | "hash">;

/**
 * Where both sides count, somebody may have changed there since what this was to change or to take away. One
 * request is of one kind.
 */
const mayBeSentAgain = ({ flow }: Claimed, { writes }: WriteRequest): boolean =>
  flow.twoWay === null || writes.some(({ kind }) => kind === "create");

/** What it did is found there; what it did not is decided anew by what both sides have now. */
const lookAgain = (ports: Parts, claimed: Claimed, { id, writes }: WriteRequest): Promise<void> =>
  store(ports, claimed, [], { answered: [id], sendings: [], updates: updatesIn(writes) });

async function sendAgain(
  ports: Parts,
  claimed: Claimed,
  matcher: Matcher,
  request: WriteRequest,
): Promise<void> {
  const accepted: Accepted[] = [];
  const sendings = makeSendings(claimed);
  try {
    const heard = sendings.heardOf(request);
    const first = await claimed.ends.target.send(request, claimed.calls, heard);
    const cleared =
      first.kind === "unknown"
        ? await makeDoubt(ports, claimed, matcher, sendings)(request, first.reason, () => undefined)
        : ({ kind: "sent", request, sent: first } as const);
    if (cleared.kind === "sent" && cleared.sent.kind === "each")
      tellEach(cleared.request.writes, cleared.sent.outcomes, (write, outcome) => {
        if (outcome.kind === "accepted") accepted.push({ write, ...outcome, isOurs: true });
      });
  } catch (error) {
    if (sendings.all.length > 0)
      await store(ports, claimed, [], { answered: [], sendings: sendings.all, updates: [] });
    throw error;
  }
  const updates = updatesIn(request.writes);
  await store(ports, claimed, accepted, { answered: [request.id], sendings: sendings.all, updates }); // prettier-ignore
}

/** Those whose creates are all there are settled at once; others once none of them can come any more. */
async function lookForAll(
  ports: Parts,
  claimed: Claimed,
  how: Looking,
  { requests, silentMs }: Unanswered,
): Promise<void> {
  const { ends, stop } = claimed;
  const restMs = Math.max(0, lastMs - silentMs);
  // However long ago that seems: the database's clock may have leapt while the request was under way.
  await ports.clock.sleep(ends.target.lagMs, stop);
  const missing: WriteRequest[] = [];
  for (const request of requests)
    if (!(await lookFor(ports, claimed, how, request, restMs > 0))) missing.push(request);
  if (missing.length === 0) return;
  await ports.clock.sleep(restMs, stop);
  for (const request of missing) await lookFor(ports, claimed, how, request, false);
}

type Looking = { matcher: Matcher; stored: (letters: number) => Promise<void> };

/**
 * False where one is not there though it may still come; then nothing is settled of the request. One by which
 * nobody can look for it may be there: a person has to say.
 */
async function lookFor(
  ports: Parts,
  claimed: Claimed,
  { matcher, stored }: Looking,
  request: WriteRequest,
  mayCome: boolean,
): Promise<boolean> {
  const creates = request.writes.filter((write): write is Create => write.kind === "create");
  const found = await matcher.whatBecameOf(creates);
  if (mayCome && creates.some((write) => isMissing(found.get(write.key), write))) return false;
  const accepted: Accepted[] = [];
  for (const write of creates) {
    const there = found.get(write.key) ?? [];
    const [one] = there;
    if (one === undefined) continue;
    if (isMissing(there, write) && !(await isEdited(ports, claimed, write, there))) continue;
    const { id, version } = one;
    // In a form of its own it may also be somebody else's: then our content is written over it.
    accepted.push({ write, id, version, isOurs: mayBe(one.fields, write.fields) });
  }
  const hidden = creates.filter(({ key }) => !found.has(key));
  if (hidden.length > 0) await giveUp(ports, claimed, hidden, { stored, answered: [] });
  const updates = updatesIn(request.writes);
  await store(ports, claimed, accepted, { answered: [request.id], sendings: [], updates });
  return true;
}

const updatesIn = (writes: readonly Write[]): readonly Update[] =>
  writes.filter((write): write is Update => write.kind === "update");

/** `isOurs`: just as it was sent. */
type Accepted = { write: Write; id: string; version: string | null; isOurs: boolean };
/** `updates`: those that may have been carried out. */
type Outcome = { answered: readonly string[]; sendings: readonly Sending[]; updates: readonly Update[] }; // prettier-ignore

async function store(
  { ledger, clock, hash }: Parts,
  claimed: Claimed,
  all: readonly Accepted[],
  { answered, sendings, updates }: Outcome,
): Promise<void> {
  const { run, flow, epoch, by } = claimed;
  const ids = all.map(({ id }) => id);
  const owners = ids.length === 0 ? null : await ledger.linkedTo(flow.name, ids);
  const owner = ({ id, write }: Accepted): string => owners?.get(id) ?? write.key;
  const accepted = all.filter((each) => owner(each) === each.write.key);
  const disturbed = all.map(owner).filter((key, index) => key !== all[index]?.write.key);
  const keys = [...disturbed, ...accepted.map(({ write }) => write.key), ...updates.map(({ key }) => key)]; // prettier-ignore
  const known = await ledger.look(flow.name, keys);
  const count = (kind: Write["kind"]) => accepted.filter(({ write }) => write.kind === kind).length;
  const entries = accepted.map((each) => entryOf(each, known));
  const settled =
    flow.twoWay === null
      ? accepted.flatMap((each) =>
          each.isOurs
            ? (settledLate(each.write, known.get(each.write.key)?.letter, hash) ?? [])
            : [],
        )
      : [];
  const corrected = new Set(settled.flatMap(({ key, as }) => (as === "earlier" ? key : [])));
  const made = flow.twoWay === null ? accepted.map(asSent(corrected)) : accepted.flatMap(onlyMade);
  const found = await foundWritten(claimed, updates, known);
  await ledger.commit({
    run: run.id,
    flow: flow.name,
    epoch,
    at: clock.now(),
    by,
    checkpoint: undefined,
    counts: {
      ...noCounts,
      read: accepted.length,
      created: count("create"),
      updated: count("update"),
      deleted: count("archive"),
    },
    arrived: count("create") > 0,
    links: linksOf(made, disturbed, found, known),
    unlinked: accepted.flatMap(({ write }) => (write.kind === "archive" ? write.key : [])),
    letters: [],
    settled,
    conflicts: [],
    agreed: [],
    answered,
    sendings: [...sendings],
    events: await eventsOf(claimed, entries),
    ...(await dealsOf(claimed, entries, [])),
  });
}

/** As if its page had been stored: what was told of is told of once. */
function entryOf({ write, id, version }: Accepted, known: ReadonlyMap<string, Known>) {
  const { key } = write;
  const written = write.kind === "archive" ? nothing : { fields: write.fields, wide: write.fields, hash: write.hash }; // prettier-ignore
  const link = { key, id, version, hash: written.hash, base: written.fields, back: null };
  const fate: Fate =
    write.kind === "archive"
      ? { kind: "deleted" }
      : { kind: write.kind === "create" ? "created" : "updated", link };
  const item = { key, record: lost(key), content: written, fields: written.fields, known: known.get(key) ?? unknownYet }; // prettier-ignore
  return { item, fate };
}

/** Both sides are compared again: what was written of a linked record is found there then. */
const onlyMade = (each: Accepted): Accepted[] =>
  each.write.kind === "create" ? [{ ...each, write: { ...each.write, hash: "" } }] : [];

/** What waits as it was corrected since is not what is there, and is written when somebody asks for it. */
const asSent =
  (corrected: ReadonlySet<string>) =>
  (each: Accepted): Accepted =>
    each.write.kind !== "archive" && corrected.has(each.write.key)
      ? { ...each, write: { ...each.write, hash: leftAlone } }
      : each;

/** What landed on another's record is decided anew, and the other is written again. One link a key. */
function linksOf(
  accepted: readonly Accepted[],
  disturbed: readonly string[],
  found: readonly Link[],
  known: ReadonlyMap<string, Known>,
): readonly Link[] {
  const made = accepted.flatMap((each) => linkOf(each) ?? []);
  const links = new Map([...found, ...made].map((link) => [link.key, link]));
  for (const key of disturbed) {
    const link = links.get(key) ?? known.get(key)?.link;
    if (link) links.set(key, { ...link, hash: "" });
  }
  return [...links.values()];
}

/** No content has an empty hash: what is not sure to be ours is written again. */
const linkOf = ({ write, id, version, isOurs }: Accepted): Link | null =>
  write.kind === "archive"
    ? null
    : {
        key: write.key,
        id,
        version,
        hash: isOurs ? write.hash : "",
        base: write.fields,
        back: write.hash === "" ? { hash: "", base: write.fields, trips: {} } : null,
      };
