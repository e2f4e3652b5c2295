import { LASTING_TOKEN } from "#sandbox/tools/google-drive/sign-in.ts";
import { tools } from "#sandbox/tools/index.ts";
import type { SimulatedTool, ToolOptions } from "#sandbox/tools/simulated-tool.ts";
import { contractIsHere, discoveryJudge } from "./google-drive-contract.ts";

// What comes back is judged by the tests, not typed by them.
export type Reply = { status: number; headers: Headers; body: unknown; bytes: Buffer };
type Init = { method?: string; headers?: Record<string, string>; body?: string | Buffer };

export type Drive = AsyncDisposable & {
  tool: SimulatedTool;
  /** As another app, person or token. */
  as(token: string): Drive;
  /** Below /drive/v3, unless it begins with //. */
  call(path: string, init?: Init): Promise<Reply>;
  get(path: string): Promise<Reply>;
  send(method: string, path: string, body?: unknown): Promise<Reply>;
  control(path: string, body: unknown): Promise<Reply>;
};

const judge = contractIsHere ? discoveryJudge() : () => null;

/** Each call is also judged by Google's discovery document, where that is at hand. */
function calling(tool: SimulatedTool, token: string): Drive {
  async function call(path: string, init: Init = {}): Promise<Reply> {
    const url = new URL(path.startsWith("//") ? path.slice(1) : `/drive/v3/${path}`, tool.base_url);
    const { method = "GET", headers = {}, body } = init;
    const answer = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
      redirect: "manual",
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : new Uint8Array(body) }),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const received = parsed(bytes, answer.headers);
    const reply = { status: answer.status, headers: answer.headers, body: received, bytes };
    const isDrive = /^\/(resumable|upload|drive)\//.test(url.pathname);
    if (isDrive && !url.searchParams.has("upload_id")) {
      const right = answer.status < 400;
      const sent = right ? parsed(Buffer.from(body ?? ""), new Headers(headers)) : undefined;
      const problem = judge({ method, url, sent, status: answer.status, received });
      if (problem !== null) throw new Error(`The discovery document says: ${problem}`);
    }
    return reply;
  } // prettier-ignore

  return {
    tool,
    as: (other) => calling(tool, other),
    call,
    get: (path) => call(path),
    send: (method, path, body) =>
      call(
        path,
        body === undefined
          ? { method }
          : {
              method,
              headers: { "content-type": "application/json" },
              body: JSON.stringify(body),
            },
      ),
    control: (path, body) => call(`/${path}`, { method: "POST", body: JSON.stringify(body) }),
    [Symbol.asyncDispose]: () => tool[Symbol.asyncDispose](),
  };
}

function parsed(bytes: Buffer, headers: Headers): unknown {
  const type = headers.get("content-type") ?? "";
  const isJson = type.startsWith("application/json");
  const text = isJson || type.startsWith("text/") ? bytes.toString("utf8") : "";
  return isJson && text !== "" ? (JSON.parse(text) as unknown) : text;
}

/** A Drive in memory with ten files, without limits or flaws unless asked. */
export async function drive(options: Partial<ToolOptions> = {}): Promise<Drive> {
  const tool = await tools["google-drive"]({ folder: null, limits: false, flaws: false, seed: 10, ...options }); // prettier-ignore
  return calling(tool, LASTING_TOKEN);
}

export const FOLDER = "application/vnd.google-apps.folder";

/** The id in an answer with one file. */
export const idOf = ({ body }: Reply): string => (body as { id: string }).id;

export const reasonOf = ({ status, body }: Reply): string =>
  `${String(status)} ${(body as { error: { errors: { reason: string }[] } }).error.errors[0]?.reason ?? ""}`;

type Listed = { id: string; name: string };
export const filesIn = ({ body }: Reply): Listed[] => (body as { files: Listed[] }).files;

export const search = (q: string, more = ""): string => `files?q=${encodeURIComponent(q)}${more}`;

/** Sends bytes to Drive's address for uploads. */
export const uploadPath = (query: string, id = ""): string =>
  `//upload/drive/v3/files${id === "" ? "" : `/${id}`}?${query}`;

/** Metadata and bytes in one body. */
export function related(metadata: unknown, type: string, bytes: Buffer): Required<Init> {
  const head = `--b0\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n${JSON.stringify(metadata)}\r\n--b0\r\nContent-Type: ${type}\r\n\r\n`;
  return {
    method: "POST",
    headers: { "content-type": "multipart/related; boundary=b0" },
    body: Buffer.concat([Buffer.from(head), bytes, Buffer.from("\r\n--b0--\r\n")]),
  };
}
