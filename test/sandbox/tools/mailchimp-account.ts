import { createHash } from "node:crypto";
import { tools } from "#sandbox/tools/index.ts";
import type { SimulatedTool, ToolOptions } from "#sandbox/tools/simulated-tool.ts";

export type Fields = Record<string, unknown>;
export type MemberShown = Fields & {
  id: string;
  email_address: string;
  contact_id: string;
  status: string;
  merge_fields: Fields;
  last_changed: string;
  tags: { id: number; name: string }[];
};
export type MemberPage = { members: MemberShown[]; total_items: number };
export type Reply<Body> = { status: number; headers: Headers; body: Body };

export type Account = SimulatedTool & {
  list: string;
  /** Below the audience: `/members?count=3`; or with two slashes below `/3.0`: `//ping`. */
  get<Body = MemberPage>(path: string, headers?: Record<string, string>): Promise<Reply<Body>>;
  send<Body = MemberShown>(method: string, path: string, body?: unknown): Promise<Reply<Body>>;
  control<Body = unknown>(path: string, body: unknown): Promise<Reply<Body>>;
};

/** An account in memory, of few clean members and without limits unless asked. */
export async function mailchimp(options: Partial<ToolOptions> = {}): Promise<Account> {
  const tool = await tools.mailchimp({
    folder: null,
    limits: false,
    flaws: false,
    seed: 10,
    ...options,
  });
  const list = String(tool.settings["audience_id"]);
  const at = (path: string) =>
    path.startsWith("//") ? `${tool.base_url}/3.0${path.slice(1)}` : `${tool.base_url}/3.0/lists/${list}${path}`; // prettier-ignore
  const call = async <Body>(method: string, path: string, more: RequestInit = {}) => {
    const headers = {
      authorization: `Bearer ${String(tool.credential["token"])}`,
      ...more.headers,
    };
    return replyOf<Body>(await fetch(at(path), { method, ...more, headers }));
  };
  return {
    ...tool,
    list,
    get: (path, headers = {}) => call("GET", path, { headers }),
    send: (method, path, body) =>
      call(method, path, body === undefined ? {} : { body: JSON.stringify(body) }),
    control: async (path, body) =>
      replyOf(await fetch(tool.base_url + path, { method: "POST", body: JSON.stringify(body) })),
    [Symbol.asyncDispose]: () => tool[Symbol.asyncDispose](),
  };
}

async function replyOf<Body>(response: Response): Promise<Reply<Body>> {
  const text = await response.text();
  const body = (text === "" ? null : JSON.parse(text)) as Body;
  return { status: response.status, headers: response.headers, body };
}

export const hash = (email: string) => createHash("md5").update(email.toLowerCase()).digest("hex");

/** A 400 as Mailchimp words it. */
export const bad = (title: string, more: object = {}) => ({
  status: 400,
  body: { type: expect400, title, status: 400, ...more },
});
const expect400 = "https://mailchimp.com/developer/marketing/docs/errors/";

/** A 400 for a body or an address that does not fit. */
export const unfit = (field: string, message: string) =>
  bad("Invalid Resource", {
    detail:
      "The resource submitted could not be validated. For field-specific details, see the 'errors' array.",
    errors: [{ field, message }],
  });
