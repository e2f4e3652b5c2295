import { LASTING_TOKEN } from "#sandbox/tools/dropbox/sign-in.ts";
import { tools } from "#sandbox/tools/index.ts";
import type { SimulatedTool, ToolOptions } from "#sandbox/tools/simulated-tool.ts";
import { contractIsHere, derivedJudge } from "./dropbox-contract.ts";

// What comes back is judged by the tests, not typed by them.
export type Reply = { status: number; headers: Headers; body: unknown; bytes: Buffer };
type Headed = Record<string, string>;

export type Dropbox = AsyncDisposable & {
  tool: SimulatedTool;
  as(token: string): Dropbox;
  /** An argument in the body, an answer in the body. */
  rpc(name: string, arg?: unknown, headers?: Headed): Promise<Reply>;
  /** An argument in the header, bytes in the body. */
  content(name: string, arg: unknown, bytes?: Buffer | string, headers?: Headed): Promise<Reply>;
  raw(path: string, init: RequestInit): Promise<Reply>;
  control(path: string, body: unknown): Promise<Reply>;
};

const judge = contractIsHere ? derivedJudge() : () => null;

/** As Dropbox's own SDK does it: a header holds nothing but ASCII. */
export const headerJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[\u007f-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`); // prettier-ignore

/** Each call is also judged by Dropbox's IDL, where that is at hand. */
function calling(tool: SimulatedTool, token: string | null): Dropbox {
  const signed: Headed = token === null ? {} : { authorization: `Bearer ${token}` };

  async function raw(path: string, init: RequestInit): Promise<Reply> {
    const answer = await fetch(tool.base_url + path, init);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const isJson = (answer.headers.get("content-type") ?? "").startsWith("application/json");
    const isText = (answer.headers.get("content-type") ?? "").startsWith("text/");
    const text = isJson || isText ? bytes.toString("utf8") : "";
    const body: unknown = isJson ? JSON.parse(text) : text;
    return { status: answer.status, headers: answer.headers, body, bytes };
  }

  function judged(name: string, arg: unknown, reply: Reply): Reply {
    const header = reply.headers.get("dropbox-api-result");
    const result = header === null ? reply.body : (JSON.parse(header) as unknown);
    const problem = judge({ name, arg, status: reply.status, result });
    if (problem !== null) throw new Error(`The IDL says of ${name}: ${problem}`);
    return reply;
  }

  return {
    tool,
    raw,
    as: (other) => calling(tool, other),
    async rpc(name, arg, headers = {}) {
      const sent =
        arg === undefined
          ? {}
          : { body: JSON.stringify(arg), headers: { "content-type": "application/json" } };
      const auth: Headed = name.endsWith("longpoll") ? {} : signed;
      const init = { method: "POST", ...sent, headers: { ...sent.headers, ...auth, ...headers } };
      return judged(name, arg, await raw(`/2/${name}`, init));
    },
    async content(name, arg, bytes, headers = {}) {
      const isUpload = bytes !== undefined;
      const init = {
        method: "POST",
        headers: {
          ...signed,
          ...(isUpload ? { "content-type": "application/octet-stream" } : {}),
          "dropbox-api-arg": headerJson(arg),
          ...headers,
        },
        ...(isUpload ? { body: typeof bytes === "string" ? bytes : new Uint8Array(bytes) } : {}),
      };
      return judged(name, arg, await raw(`/2/${name}`, init));
    },
    control: (path, body) => raw(path, { method: "POST", body: JSON.stringify(body) }),
    [Symbol.asyncDispose]: () => tool[Symbol.asyncDispose](),
  };
}

/** A Dropbox in memory with ten files, without limits or flaws unless asked. */
export async function dropbox(options: Partial<ToolOptions> = {}): Promise<Dropbox> {
  const tool = await tools.dropbox({ folder: null, limits: false, flaws: false, seed: 10, ...options }); // prettier-ignore
  return calling(tool, LASTING_TOKEN);
}

export type Meta = {
  ".tag"?: string;
  id: string;
  name: string;
  path_display: string;
  path_lower: string;
  rev: string;
  size: number;
  content_hash: string;
};

export const metaOf = ({ body }: Reply): Meta => body as Meta;

/** What stands in the way, as the outer tags say: `409 path/conflict/file`. */
export function errorOf({ status, body }: Reply): string {
  if (typeof body === "string") return `${String(status)} ${body}`;
  const { error_summary: summary = "" } = body as { error_summary?: string };
  return `${String(status)} ${summary.replace(/\/\.*$/, "")}`;
}

export async function put(
  one: Dropbox,
  path: string,
  bytes: Buffer | string,
  more: object = {},
): Promise<Meta> {
  const reply = await one.content("files/upload", { path, ...more }, bytes);
  if (reply.status !== 200) throw new Error(errorOf(reply));
  return metaOf(reply);
}
