import type { Incoming } from "#connectors/egress.ts";
import { NoAnswer } from "#connectors/egress/no-answer.ts";
import type { SeededChance } from "../../../support/memory/chance.ts";
import { answer, type Asked, refusal } from "../outside/answers.ts";
import { isFree } from "../outside/shape.ts";
import type { SignIn } from "../outside/sign-in.ts";
import type { SimTool } from "../outside/tool.ts";
import type { Row } from "./matrix.ts";

type Kind = Asked["what"];
/** `touch` and `remove`: somebody at the tool does something to one of its records just then. */
export type Around = {
  tool: SimTool;
  asked: Asked;
  chance: SeededChance;
  pass(ms: number): Promise<void>;
  touch(): boolean;
  remove(id?: string): boolean;
  signIn: SignIn;
  /** The worker that asks dies before it has the answer. */
  crash(): void;
};

/**
 * What happens to a request: instead of the tool, just before it looks, or to its answer once it has done
 * what it was asked. One that cannot happen just here answers null or false.
 */
export type NetworkFault = {
  row: Row;
  at: readonly Kind[];
  /** Of those that can happen it is drawn so many times as often as others: few requests are such. */
  weight?: number;
  /** Whether it can befall this request at all. */
  fits?: (around: Around) => boolean;
} & (
  | { instead: (around: Around) => Incoming | Promise<Incoming> }
  | { meanwhile: (around: Around) => boolean }
  | { after: (given: Incoming, around: Around) => Incoming | Promise<Incoming> | null }
);

const reads = ["list", "gone", "read"] as const;
const anyRead = [...reads, "find"] as const;
const writes = ["write", "upload"] as const;

const throttled = (retryAfter: string | null): Incoming =>
  answer(429, { error: { code: "SLOW", message: "slow down" } }, retryAfter === null ? {} : { "retry-after": retryAfter }); // prettier-ignore
const inSeconds = (around: Around, seconds: number): string =>
  new Date(Math.ceil((around.tool.now() + seconds * 1000) / 1000) * 1000).toUTCString();
const lost = (message: string, sent: boolean): never => {
  throw new NoAnswer(message, sent);
};
const status = (code: number): Incoming => answer(code, { error: { code: `S${String(code)}`, message: "not now" } }); // prettier-ignore
const withBody = (given: Incoming, body: Buffer, type = "application/json"): Incoming => ({
  ...given,
  headers: { ...given.headers, "content-type": type },
  body,
});

const instead: readonly NetworkFault[] = [
  {
    row: "S1.seconds",
    at: reads,
    instead: ({ chance }) => throttled(String(1 + chance.whole(40))),
  },
  { row: "S1.date", at: reads, instead: (around) => throttled(inSeconds(around, 20)) }, // prettier-ignore
  { row: "S1.none", at: reads, instead: () => throttled(null) },
  { row: "S1.negative", at: reads, instead: () => throttled("-30") },
  { row: "S1.years", at: reads, instead: () => throttled("315360000") },
  { row: "S2.500", at: anyRead, instead: () => status(500) },
  { row: "S2.502", at: anyRead, instead: () => status(502) },
  { row: "S2.503", at: anyRead, instead: () => status(503) },
  { row: "S2.dns", at: anyRead, instead: () => lost("cannot be reached (ENOTFOUND)", false) },
  { row: "S2.refused", at: [...anyRead, "write"], instead: () => lost("cannot be reached (ECONNREFUSED)", false) }, // prettier-ignore
  { row: "S2.timeout", at: anyRead, instead: slowly(30_000, "did not answer in time") },
  { row: "S3.slow", at: anyRead, instead: slowly(120_000, "did not answer in time") },
  { row: "S3.endless", at: anyRead, instead: slowly(9_000, "The answer is larger than 32 MB") },
  { row: "S7.expired", weight: 5, at: ["list"], fits: ({ asked }) => asked.query.has("cursor"), instead: () => refusal(410, "EXPIRED") }, // prettier-ignore
  { row: "S10.errors", at: anyRead, instead: () => answer(200, { errors: [{ code: "INTERNAL", message: "sorry" }] }) }, // prettier-ignore
  { row: "D4.seconds", at: writes, instead: () => throttled("7") },
  { row: "D4.date", at: writes, instead: (around) => throttled(inSeconds(around, 30)) }, // prettier-ignore
  { row: "D4.body", at: writes, instead: () => refusal(400, "THROTTLED", { wait: 12 }) },
  { row: "D5.before", at: writes, instead: () => status(500) },
  { row: "D6.before", at: writes, instead: () => lost("broke off its answer", true) },
  { row: "D8.expired", at: [...anyRead, "write"], instead: ({ signIn }) => (signIn.expire(), status(401)) }, // prettier-ignore
  { row: "D10.passing", at: ["token"], instead: () => status(503) },
  { row: "D10.refused", at: ["token"], fits: ({ chance }) => chance.happens(0.2), instead: ({ signIn }) => (signIn.revoke(), answer(400, { error: "invalid_grant" })) }, // prettier-ignore
  { row: "D11.scope", at: [...anyRead, "write"], fits: ({ chance }) => chance.happens(0.1), instead: () => status(403) }, // prettier-ignore
];

function slowly(ms: number, message: string) {
  return async ({ pass }: Around): Promise<Incoming> => {
    await pass(ms);
    return lost(message, true);
  };
}

const afterwards: readonly NetworkFault[] = [
  { row: "D9.crashed", at: ["token"], fits: ({ chance }) => chance.happens(0.3), after: (given, { crash }) => (crash(), given) }, // prettier-ignore
  { row: "S4.truncated", at: anyRead, after: (given) => withBody(given, given.body.subarray(0, given.body.length - 3)) }, // prettier-ignore
  { row: "S4.html", at: anyRead, after: (given) => withBody(given, Buffer.from("<html>Sign in</html>"), "text/html") }, // prettier-ignore
  { row: "S4.compressed", at: anyRead, after: (given) => withBody(given, Buffer.from([0x1f, 0x8b, 8, 0, 0, 1, 2, 3])) }, // prettier-ignore
  { row: "S4.charset", at: anyRead, after: (given) => withBody(given, Buffer.from(given.body.toString(), "utf16le"), "application/json; charset=utf-16le") }, // prettier-ignore
  { row: "S4.bom", at: anyRead, after: (given) => withBody(given, Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), given.body])) }, // prettier-ignore
  { row: "D5.after", at: writes, after: () => status(500) },
  { row: "D6.after", at: writes, after: () => lost("broke off its answer", true) },
  { row: "D6.cut", at: writes, after: (given) => withBody(given, given.body.subarray(0, given.body.length - 3)) }, // prettier-ignore
  { row: "D7.missing", at: ["write"], after: (given, { chance }) => results(given, (all) => all.filter(() => chance.happens(0.6))) }, // prettier-ignore
  { row: "D7.order", at: ["write"], after: (given) => results(given, (all) => all.toReversed()) },
];

const parsed = ({ body }: Incoming): Record<string, unknown> => JSON.parse(body.toString()) as Record<string, unknown>; // prettier-ignore

function results(given: Incoming, change: (all: readonly unknown[]) => readonly unknown[]) {
  const { results: all } = parsed(given);
  if (!Array.isArray(all) || all.length < 2) return null;
  return answer(200, { results: change(all) }, given.headers);
}

type Page = { items: readonly Record<string, unknown>[]; next?: string };
const onPages =
  (change: (page: Page, around: Around) => Page | null) =>
  (given: Incoming, around: Around): Incoming | null => {
    // prettier-ignore
    if (given.status !== 200) return null;
    const page = change(parsed(given) as Page, around);
    return page && answer(200, page, given.headers);
  };
const free = ({ tool }: Around): boolean => isFree(tool.shape);
const cursored = ({ tool }: Around): boolean => tool.shape.paging === "cursor";

const pages: readonly NetworkFault[] = [
  { row: "S5.empty", weight: 5, at: ["list"], fits: cursored, after: onPages((_page, { asked, chance }) => ({ items: [], next: `${(asked.query.get("cursor") ?? "").split("~")[0] ?? ""}~${String(chance.whole(1_000_000))}` })) }, // prettier-ignore
  { row: "S6.twice", at: ["list"], fits: free, after: onPages((page) => ({ ...page, items: [...page.items, ...page.items] })) }, // prettier-ignore
  { row: "S6.again", at: ["list"], fits: free, after: onPages(again) },
  { row: "S7.loop", weight: 5, at: ["list"], fits: (around) => cursored(around) && around.asked.query.has("cursor"), after: onPages(loop) }, // prettier-ignore
  { row: "S7.same", weight: 5, at: ["list"], fits: (around) => cursored(around) && around.asked.query.has("cursor"), after: onPages((page, { asked }) => ({ ...page, next: asked.query.get("cursor") ?? "" })) }, // prettier-ignore
];

const meanwhile: readonly NetworkFault[] = [
  { row: "S5.size", at: ["list"], fits: free, meanwhile: ({ asked }) => (asked.query.set("limit", "1"), true) }, // prettier-ignore
  { row: "S6.moved", at: ["list"], meanwhile: ({ touch }) => touch() },
  { row: "S9.deleted", at: ["list"], meanwhile: ({ remove }) => remove() },
  { row: "S9.missing", at: ["read"], meanwhile: ({ remove, asked }) => remove((asked.body as { ids: readonly string[] }).ids[0]) }, // prettier-ignore
];

/** The page before ends with the record that this one begins with. */
function again(page: Page, { tool, asked }: Around): Page | null {
  const [first] = page.items;
  const before = tool.rows
    .live(asked.object)
    .findLast(({ id }) => id < String(first?.["id"] ?? ""));
  return before === undefined ? null : { ...page, items: [tool.shown(before), ...page.items] };
}

/** To the page that came before this one. */
function loop(page: Page, { asked, tool }: Around): Page | null {
  const [first] = tool.rows.live(asked.object);
  return page.next === undefined || first === undefined ? null : { ...page, next: first.id };
}

export const networkFaults: readonly NetworkFault[] = [
  ...instead,
  ...meanwhile,
  ...afterwards,
  ...pages,
];
