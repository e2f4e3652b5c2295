import { tools } from "#sandbox/tools/index.ts";
import type { SimulatedTool, ToolOptions } from "#sandbox/tools/simulated-tool.ts";
import { type Reply, replyOf } from "./call.ts";

export type Shown = Record<string, unknown> & { Id: string };
export type Problems = { errorCode: string; message: string; fields?: string[] }[];
export type Salesforce = SimulatedTool & {
  /** Below `/services/data/v68.0`, with the token that lasts; else from the root. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>; // prettier-ignore
  /** The records of all pages of a statement. */
  query(statement: string, headers?: Record<string, string>): Promise<Shown[]>;
  queryAll(statement: string): Promise<Shown[]>;
  /** The id of a new record, which must be taken. */
  create(object: string, record: object): Promise<string>;
  control(path: string, body: unknown): Promise<Reply>;
};

/** An organisation in memory, without limits or flaws unless asked. */
export async function salesforce(options: Partial<ToolOptions> = {}): Promise<Salesforce> {
  const tool = await tools.salesforce({ folder: null, limits: false, flaws: false, ...options });
  const data = "/services/data/v68.0";
  const at = (path: string) =>
    tool.base_url + (path.startsWith("/services") || path.startsWith("/id/") ? path : data + path);

  const send: Salesforce["send"] = async (method, path, body, headers = {}) => {
    const authorization = `Bearer ${tool.credential["token"] ?? ""}`;
    const typed = body === undefined ? {} : { "content-type": "application/json" };
    const init = { method, headers: { authorization, ...typed, ...headers } };
    return replyOf(
      await fetch(at(path), body === undefined ? init : { ...init, body: JSON.stringify(body) }),
    );
  };

  async function pages(path: string, headers: Record<string, string>): Promise<Shown[]> {
    const { status, body } = await send("GET", path, undefined, headers);
    if (status !== 200) throw new Error(JSON.stringify(body));
    const { records, nextRecordsUrl } = body as { records: Shown[]; nextRecordsUrl?: string };
    return nextRecordsUrl === undefined
      ? records
      : [...records, ...(await pages(nextRecordsUrl, headers))];
  }

  return {
    ...tool,
    // Read again each time: they change.
    get credential() {
      return tool.credential;
    },
    get oauth() {
      return tool.oauth;
    },
    send,
    query: (statement, headers = {}) => pages(`/query?q=${encodeURIComponent(statement)}`, headers),
    queryAll: (statement) => pages(`/queryAll?q=${encodeURIComponent(statement)}`, {}),
    async create(object, record) {
      const { status, body } = await send("POST", `/sobjects/${object}`, record);
      if (status !== 201) throw new Error(JSON.stringify(body));
      return (body as { id: string }).id;
    },
    control: async (path, body) =>
      replyOf(await fetch(tool.base_url + path, { method: "POST", body: JSON.stringify(body) })),
    [Symbol.asyncDispose]: () => tool[Symbol.asyncDispose](),
  };
}
