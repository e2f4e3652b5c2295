import type { Json } from "#domain/json.ts";
import type { ProblemClass } from "#domain/problem.ts";
import { type Get, getAt, textOf } from "../json/path.ts";
import type { ErrorRule, Meaning, Says } from "../manifest/error-rule.ts";

/** An answer, or one result within it, that is an error. */
export type Failure = {
  /** Null for a result within an answer that has no status of its own. */
  status: number | null;
  headers: Readonly<Record<string, string>>;
  body: Json | undefined;
  text: string;
};

/** What an error means and says. */
export type Verdict = {
  is: Meaning;
  /** Milliseconds, for rate_limited. */
  waitMs: number;
  /** For quota_spent: when there is more, if it is known. */
  until: Temporal.Instant | null;
  /** What kind of refusal, for rejected and exists. */
  class: ProblemClass;
  code: string | null;
  message: string;
  /** A canonical field the rule names. */
  field: string | null;
  /** The tool's own name for the field. */
  toolField: string | null;
  /** The id that a rule's {id} stood for. */
  id: string | null;
};

export type Classify = {
  /** Whether an answer with a good status says that it failed all the same. */
  failed(body: Json | undefined): boolean;
  verdict(failure: Failure, now: Temporal.Instant): Verdict;
};

const fallbackWaitMs = 30_000;
const longestWaitMs = 3_600_000;

/** A manifest's error rules as a function: the first one that fits counts, then what HTTP says. */
export function compileErrors(says: Says, rules: readonly ErrorRule[]): Classify {
  const code = firstOf(says.code);
  const message = firstOf(says.message);
  const field = firstOf(says.field);
  const failed = says.failed.map(getAt);
  const compiled = rules.map(compileRule);

  return {
    failed: (body) => failed.some((get) => (get(body) ?? null) !== null),
    verdict(failure, now) {
      const said = { code: code(failure.body), message: message(failure.body) };
      const found = compiled.map((rule) => rule(failure, said)).find((match) => match !== null);
      const { rule, id, field: named } = found ?? nothingOf(byStatus(failure.status));
      return {
        is: rule.is,
        waitMs: waitOf(rule, failure, now),
        until: untilOf(rule.until, now),
        class: rule.class ?? (rule.is === "exists" ? "conflict" : "rejected"),
        code: said.code ?? (failure.status === null ? null : `HTTP_${String(failure.status)}`),
        message: tidy(rule.message ?? said.message ?? plainText(failure)),
        field: rule.field ?? null,
        toolField: named ?? field(failure.body),
        id,
      };
    },
  };
}

type Said = { code: string | null; message: string | null };
type Found = { rule: ErrorRule; id: string | null; field: string | null };

const nothingOf = (rule: ErrorRule): Found => ({ rule, id: null, field: null });

function compileRule(rule: ErrorRule): (failure: Failure, said: Said) => Found | null {
  const get = rule.at === undefined ? null : getAt(rule.at);
  const statuses = listOf(rule.status);
  const codes = listOf(rule.code);
  const values = listOf(rule.equals);
  return (failure, said) => {
    const standing = get === null ? null : textOf(get(failure.body));
    const fits =
      among(statuses, failure.status) &&
      among(codes, said.code) &&
      among(values, standing) &&
      (get === null || standing !== null) &&
      (rule.text === undefined || has(failure.text, rule.text));
    if (!fits) return null;
    if (rule.contains === undefined) return nothingOf(rule);
    return capture(rule, standing ?? said.message ?? failure.text);
  };
}

const among = <T>(list: readonly T[] | null, value: T | null): boolean =>
  list === null || (value !== null && list.includes(value));

/**
 * Finds `before {id} after` or `before {field} after` in a text, in time proportional to it: no
 * expression that could explode.
 */
function capture(rule: ErrorRule, text: string): Found | null {
  const [before = "", what, after = ""] = (rule.contains ?? "").split(/\{(id|field)\}/);
  const at = text.toLowerCase().indexOf(before.trimEnd().toLowerCase());
  if (at === -1) return null;
  if (what === undefined) return nothingOf(rule);
  const rest = text.slice(at + before.trimEnd().length).trimStart();
  const found = what === "id" ? idIn(rest, after) : fieldIn(rest, after);
  return found === null ? null : { ...nothingOf(rule), [what]: found };
}

function idIn(text: string, after: string): string | null {
  const id = /^[\w-]{1,100}/.exec(text)?.[0];
  return id !== undefined && text.slice(id.length).startsWith(after) ? id : null;
}

function fieldIn(text: string, after: string): string | null {
  const end = after === "" ? text.length : text.indexOf(after);
  const field = text.slice(0, Math.max(0, end)).trim();
  return field === "" || field.length > longestName ? null : field;
}

/** Of a field, as a tool may call it. */
const longestName = 300;

const has = (text: string, part: string): boolean =>
  text.slice(0, 10_000).toLowerCase().includes(part.toLowerCase());

const listOf = <T>(given: T | readonly T[] | undefined): readonly T[] | null =>
  given === undefined ? null : Array.isArray(given) ? (given as readonly T[]) : [given as T];

/** What a status means where no rule says anything. */
const statusMeanings: Readonly<Record<number, Meaning>> = {
  401: "sign_in_again",
  403: "not_permitted",
  404: "missing",
  408: "unavailable",
  410: "missing",
  413: "too_large",
  425: "unavailable",
  429: "rate_limited",
};

function byStatus(status: number | null): ErrorRule {
  const known = statusMeanings[status ?? 0];
  if (known !== undefined) return { is: known };
  const theirs = status !== null && (status >= 500 || (status >= 300 && status < 400));
  return { is: theirs ? "unavailable" : "rejected" };
}

/** Seconds or a date from the header, within an hour; a wait in the past or of years is not believed. */
function waitOf(rule: ErrorRule, { headers, body }: Failure, now: Temporal.Instant): number {
  const named = headers[(rule.wait_header ?? "retry-after").toLowerCase()];
  const said = (named ?? (rule.wait_at === undefined ? null : textOf(getAt(rule.wait_at)(body))) ?? "").trim(); // prettier-ignore
  const fallback = rule.wait ?? fallbackWaitMs;
  const ms = /^\d+(\.\d+)?$/.test(said)
    ? Number(said) * 1000
    : /^[A-Za-z]{3}/.test(said)
      ? Date.parse(said) - now.epochMilliseconds
      : NaN;
  return Number.isFinite(ms) && ms >= 0 ? Math.min(Math.ceil(ms), longestWaitMs) : fallback;
}

function untilOf(until: ErrorRule["until"], now: Temporal.Instant): Temporal.Instant | null {
  const today = now.toZonedDateTimeISO("UTC").startOfDay();
  switch (until) {
    case undefined:
      return null;
    case "utc_midnight":
      return today.add({ days: 1 }).toInstant();
    case "month_end":
      return today.with({ day: 1 }).add({ months: 1 }).toInstant();
    default:
      return until satisfies never;
  }
}

function firstOf(paths: readonly string[]): (body: Json | undefined) => string | null {
  const gets: Get[] = paths.map(getAt);
  return (body) => {
    for (const get of gets) {
      const text = textOf(get(body));
      if (text !== null && text !== "") return text;
    }
    return null;
  };
}

/** The words of an answer that is no JSON: XML, HTML, a line of text. Where they cannot be read, its status. */
function plainText({ text, status }: Failure): string {
  const words = text
    .slice(0, 10_000)
    .replace(/<[^<>]*>/g, " ")
    .trim();
  const says = words !== "" && words.isWellFormed() && !text.startsWith("{");
  return says ? words : `The tool answered ${String(status ?? "an error")}`;
}

const tidy = (message: string): string => {
  const line = message.replace(/[\s\p{Cc}]+/gu, " ").trim();
  return line.length > 500 ? `${line.slice(0, 499)}…` : line;
};
