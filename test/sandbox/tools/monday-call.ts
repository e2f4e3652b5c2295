import { existsSync, readFileSync } from "node:fs";
import { expect } from "vitest";
import { tools } from "#sandbox/tools/index.ts";
import { parse } from "#sandbox/tools/monday/graphql/parser.ts";
import type { SimulatedTool, ToolOptions } from "#sandbox/tools/simulated-tool.ts";
import { readSdl, type Sdl } from "../../support/sdl.ts";
import { answerProblems } from "../../support/sdl-answers.ts";
import { documentProblems } from "../../support/sdl-documents.ts";

export type Failure = {
  message: string;
  path?: (string | number)[];
  extensions: {
    code: string;
    status_code?: number;
    retry_in_seconds?: number;
    error_data?: object;
  };
};
export type Told = Record<string, unknown>;
export type Reply = {
  status: number;
  headers: Headers;
  body: Told;
  /** Typed as the test knows it. */
  data: Told;
  errors: Failure[];
};

export type Monday = SimulatedTool & {
  /** The board of tasks. */
  board: string;
  ask(query: string, variables?: Told, headers?: Record<string, string>): Promise<Reply>;
  /** The same account, asked with another token. */
  as(token: string): Monday;
  control(path: string, body: unknown): Promise<unknown>;
};

const file = new URL("../../../../shared/specs/monday.graphql", import.meta.url);
/** In monday's reference and left out of the extract that is kept of its schema. */
const LEFT_OUT = `
type Mutation {
  update_board(board_attribute: BoardAttributes!, board_id: ID!, new_value: String!): JSON
  archive_board(board_id: ID!): Board
  delete_board(board_id: ID!): Board
}
enum BoardAttributes { communication description item_nickname name }`;

/** monday's own schema; undefined where there are no contracts. */
export const sdl: Sdl | undefined = existsSync(file)
  ? readSdl(readFileSync(file, "utf8") + LEFT_OUT)
  : undefined;

/** An account in memory, without limits unless asked. Every exchange with it is judged by the schema. */
export async function monday(options: Partial<ToolOptions> = {}): Promise<Monday> {
  return asking(await tools.monday({ folder: null, limits: false, flaws: false, ...options }));
}

function asking(tool: SimulatedTool, token = String(tool.credential["token"])): Monday {
  return {
    ...tool,
    board: String(tool.settings["board_id"]),
    get oauth() {
      return tool.oauth;
    },
    async ask(query, variables = {}, headers = {}) {
      const response = await fetch(`${tool.base_url}/v2`, {
        method: "POST",
        headers: {
          authorization: token,
          "content-type": "application/json",
          "api-version": "2026-10",
          ...headers,
        },
        body: JSON.stringify({ query, variables }),
      });
      const body = (await response.json()) as Told;
      judge(query, body);
      const { status, headers: got } = response;
      return {
        status,
        headers: got,
        body,
        data: body["data"] as Told,
        errors: (body["errors"] ?? []) as Failure[],
      };
    },
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

/** Whatever was answered with data must be a document of monday's schema, and so must the answer be. */
export function judge(query: string, body: Told): void {
  const data = body["data"];
  if (sdl === undefined || data === undefined || Array.isArray(data)) return;
  const document = parse(query);
  expect([...documentProblems(sdl, document), ...answerProblems(sdl, document, data)], query).toEqual([]); // prettier-ignore
}
