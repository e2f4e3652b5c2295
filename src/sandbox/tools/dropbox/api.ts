import type { z } from "zod";
import { type Answer, json, type Request, type Route } from "../http.ts";
import { badInput, missingScope, pathRootError } from "./errors.ts";
import { NAMESPACE } from "./paths.ts";

export type Scope = "account_info.read" | "files.metadata.read" | "files.metadata.write" | "files.content.read" | "files.content.write"; // prettier-ignore

/** How a route takes its argument and gives its result. Source: Dropbox's own IDL. */
export type Spec<Arg> = {
  name: string;
  style: "rpc" | "upload" | "download";
  /** Null for the one route that nobody signs in for. */
  scope: Scope | null;
  /** Null takes no argument. */
  arg: z.ZodType<Arg> | null;
  handle(arg: Arg, request: Request): unknown;
};

/** A result that comes with a body of its own. */
export type Download = { result: unknown; bytes: Buffer; headers: Record<string, string> };

const TYPES = {
  rpc: [
    "application/json",
    "application/json; charset=utf-8",
    "text/plain; charset=dropbox-cors-hack",
  ],
  upload: ["application/octet-stream", "text/plain; charset=dropbox-cors-hack"],
  download: [
    "",
    "text/plain; charset=utf-8",
    "application/octet-stream",
    "application/octet-stream; charset=utf-8",
  ],
};

/** A route at its address. Everything about the request is checked before the handler hears of it. */
export function routeFor<Arg>(
  spec: Spec<Arg>,
  allowed: (request: Request) => readonly string[],
): Route {
  const refuse = (message: string) => badInput(spec.name, message);
  return {
    method: "POST",
    path: `/2/${spec.name}`,
    async handle(request) {
      if (spec.scope === null && request.headers.authorization !== undefined) {
        throw refuse(
          "Your request includes an Authorization header, but this function does not use it.",
        );
      }
      if (spec.scope !== null && !allowed(request).includes(spec.scope))
        throw missingScope(spec.scope);
      checkRoot(request, refuse);
      const arg = argumentOf(spec, request, refuse);
      const result = await spec.handle(arg, request);
      return spec.style === "download" ? sent(result as Download) : json(200, result ?? null);
    },
  };
}

type Refuse = (message: string) => Error;

/** Another root than the account's own is none; a team's headers have no place in a single account. */
function checkRoot({ headers }: Request, refuse: Refuse): void {
  const team = ["dropbox-api-select-user", "dropbox-api-select-admin"].find(
    (name) => name in headers,
  );
  if (team !== undefined)
    throw refuse(`This API function operates on a single Dropbox account; ${team} is for teams.`);
  const header = headers["dropbox-api-path-root"];
  if (header === undefined) return;
  const root = parsed(String(header));
  const tag = (root as { ".tag"?: string } | null)?.[".tag"];
  if (tag === "home") return;
  if (tag !== "root" && tag !== "namespace_id")
    throw refuse('HTTP header "Dropbox-API-Path-Root": could not decode input as JSON');
  if ((root as Record<string, unknown>)[tag] !== NAMESPACE) throw pathRootError(NAMESPACE);
}

function argumentOf<Arg>(spec: Spec<Arg>, request: Request, refuse: Refuse): Arg {
  const type = request.headers["content-type"] ?? "";
  if (spec.arg === null) {
    if (!["", "null"].includes(request.body))
      throw refuse("request body: expected null, got value");
    return undefined as Arg;
  }
  const known = TYPES[spec.style];
  if (!known.includes(type.toLowerCase().replace(/;\s*/, "; "))) {
    throw refuse(
      `Bad HTTP "Content-Type" header: "${type}".  Expecting one of ${known.map((one) => `"${one}"`).join(", ")}.`,
    );
  }
  if (spec.style === "rpc") return checked(spec.arg, request.body, "request body", refuse);
  const header = request.headers["dropbox-api-arg"];
  if (header === undefined)
    throw refuse('Must provide HTTP header "Dropbox-API-Arg" or URL parameter "arg".');
  const where = 'HTTP header "Dropbox-API-Arg"';
  // A header holds plain ASCII; every other letter has to be escaped in the JSON.
  if (/[^\x20-\x7e]/.test(String(header))) throw refuse(`${where}: could not decode input as JSON`);
  return checked(spec.arg, String(header), where, refuse);
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

function checked<Arg>(shape: z.ZodType<Arg>, text: string, where: string, refuse: Refuse): Arg {
  const value = parsed(text);
  if (value === undefined) throw refuse(`${where}: could not decode input as JSON`);
  const read = shape.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const path = (issue?.path ?? []).join(".");
  throw refuse(
    `${where}: ${path === "" ? "" : `${path}: `}${issue === undefined ? "" : words(issue, value)}`,
  );
}

/** In the words of Dropbox's validator, near enough to be recognised. */
function words(issue: z.core.$ZodIssue, whole: unknown): string {
  const value = valueAt(whole, issue.path);
  if (issue.code === "unrecognized_keys") return `unknown field '${issue.keys[0] ?? ""}'`;
  if (value === undefined) return "missing required field";
  if (issue.code === "invalid_type") return `expected ${issue.expected}, got ${typeof value}`;
  if (issue.code === "invalid_format" && typeof value === "string")
    return `'${value}' did not match pattern '${issue.pattern ?? ""}'`;
  return issue.message;
}

const valueAt = (whole: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], whole);

/** The result of a download stands in a header, escaped as an argument is. */
const sent = ({ result, bytes, headers }: Download): Answer => ({
  status: headers["content-range"] === undefined ? 200 : 206,
  headers: {
    "content-type": "application/octet-stream",
    "dropbox-api-result": headerJson(result),
    ...headers,
  },
  body: bytes,
});

const headerJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
