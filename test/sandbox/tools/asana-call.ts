import { expect } from "vitest";
import { tools } from "#sandbox/tools/index.ts";
import type { SimulatedTool, ToolOptions } from "#sandbox/tools/simulated-tool.ts";
import { type Contract, type Exchange, openContract } from "../../support/openapi.ts";

export type Shown = { gid: string; resource_type?: string; [field: string]: unknown };
export type Page = {
  data: Shown[];
  next_page?: { offset: string; path: string; uri: string } | null;
};
export type Reply = { status: number; headers: Headers; body: unknown; one: Shown; page: Page };

export type Asana = SimulatedTool & {
  workspace: string;
  project: string;
  get(path: string): Promise<Reply>;
  send(method: string, path: string, data?: unknown): Promise<Reply>;
  post(path: string, data: unknown): Promise<Reply>;
  put(path: string, data: unknown): Promise<Reply>;
  /** The same workspace, asked with another token. */
  as(token: string): Asana;
  control(path: string, body: unknown): Promise<unknown>;
};

const contract = openContract("asana.json");
export const contractHere = contract !== undefined;

/** A workspace in memory, without limits unless asked. Every exchange with it is judged by the specification. */
export async function asana(options: Partial<ToolOptions> = {}): Promise<Asana> {
  return asking(await tools.asana({ folder: null, limits: false, flaws: false, ...options }));
}

function asking(tool: SimulatedTool, token = String(tool.credential["token"])): Asana {
  const send = async (method: string, path: string, data?: unknown) => {
    const body = data === undefined ? undefined : JSON.stringify({ data });
    const response = await fetch(`${tool.base_url}/api/1.0${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body !== undefined && { body }),
    });
    const { status, headers } = response;
    const answer = (await response.json()) as { data?: unknown };
    judge({ method, path, sent: data === undefined ? undefined : { data }, status, answer });
    return { status, headers, body: answer, one: answer.data as Shown, page: answer as Page };
  };
  return {
    ...tool,
    workspace: String(tool.settings["workspace_gid"]),
    project: String(tool.settings["project_gid"]),
    get oauth() {
      return tool.oauth;
    },
    send,
    get: (path) => send("GET", path),
    post: (path, data) => send("POST", path, data),
    put: (path, data) => send("PUT", path, data),
    as: (other) => asking(tool, other),
    async control(path, body) {
      const sent = { method: "POST", body: JSON.stringify(body) };
      const response = await fetch(tool.base_url + path, sent);
      const text = await response.text();
      expect(response.status, text).toBe(200);
      return JSON.parse(text) as unknown;
    },
    [Symbol.asyncDispose]: () => tool[Symbol.asyncDispose](),
  };
}

/** Real, and left out of the trimmed document. */
const BESIDE_THE_DOCUMENT = [/^\/tasks\/[^/]+\/subtasks/];
/** Fields that Asana tells when asked, which the document's list of `opt_fields` leaves out. */
const FIELDS_LEFT_OUT = /^(.*\.)?(gid|resource_type|email|no_such_field)$/;

const CLOSED: Record<string, string> = {
  task: "TaskResponse",
  project: "ProjectResponse",
  user: "UserResponse",
  custom_field: "CustomFieldResponse",
  webhook: "WebhookResponse",
  custom_field_setting: "CustomFieldSettingResponse",
};

/** Whatever was accepted must be valid by the document, and every answer must be one of its own. */
export function judge(exchange: Exchange): void {
  if (contract === undefined) return;
  if (BESIDE_THE_DOCUMENT.some((path) => path.test(exchange.path))) return;
  const problems = [
    // "The parent will be null for other event types", says the description of what is typed as an object.
    ...answerProblems(contract, exchange).filter(
      (problem) => !/^GET \/events 200: \/data\/\d+\/parent must be object/.test(problem),
    ),
    ...(exchange.status < 400 ? (contract.request(exchange) ?? []) : []).filter(
      (problem) => !tolerated(problem, exchange.path),
    ),
    ...shownIn(exchange.answer).flatMap((shown) => {
      const schema = CLOSED[shown.resource_type ?? ""];
      return schema === undefined ? [] : contract.closed(schema, shown);
    }),
  ];
  expect(problems, `${exchange.method} ${exchange.path}`).toEqual([]);
  for (const action of actionsIn(exchange)) judge(action);
}

function answerProblems(document: Contract, exchange: Exchange): string[] {
  const { status, method, path, answer } = exchange;
  const known = document.answer(exchange);
  if (status < 400) return known ?? [`there is no ${method} ${path}`];
  const told = (answer as { errors?: unknown[] }).errors ?? [];
  // A 412 brings a token as well.
  const closed = status === 412 ? [] : document.closed("ErrorResponse", answer);
  return [...(known ?? []), ...closed, ...(told.length === 0 ? ["no word of what failed"] : [])];
}

function tolerated(problem: string, path: string): boolean {
  const field = /\?opt_fields: \/(\d+) must be equal to one of/.exec(problem)?.[1];
  const asked = new URLSearchParams(path.split("?")[1]).get("opt_fields")?.split(",") ?? [];
  if (field !== undefined) return FIELDS_LEFT_OUT.test(asked[Number(field)] ?? "");
  // Values of custom fields are typed as text only, though the description names numbers and lists.
  return /\/data\/custom_fields\/\d+ must be string/.test(problem);
}

function shownIn(answer: unknown): Shown[] {
  const data = (answer as { data?: unknown }).data;
  const all: unknown[] = Array.isArray(data) ? data : [data];
  return all.filter((one): one is Shown => typeof one === "object" && one !== null && "gid" in one);
}

type Action = {
  method: string;
  relative_path: string;
  data?: Record<string, string>;
  options?: { limit?: number; offset?: string; fields?: string[] };
};

/** What a batch did, as exchanges of their own. */
function actionsIn({ path, sent, status, answer }: Exchange): Exchange[] {
  if (path !== "/batch" || status !== 200) return [];
  const { actions } = (sent as { data: { actions: Action[] } }).data;
  const { data } = answer as { data: { status_code: number; body: unknown }[] };
  return actions.map(({ method, relative_path, data: given, options }, n) => {
    const { fields, ...paging } = options ?? {};
    const query = new URLSearchParams({
      ...(method === "get" && given),
      ...Object.fromEntries(Object.entries(paging).map(([name, value]) => [name, String(value)])),
      ...(fields !== undefined && { opt_fields: fields.join(",") }),
    });
    return {
      method: method.toUpperCase(),
      path: query.size === 0 ? relative_path : `${relative_path}?${query.toString()}`,
      sent: given === undefined || method === "get" ? undefined : { data: given },
      status: data[n]?.status_code ?? 0,
      answer: data[n]?.body,
    };
  });
}
