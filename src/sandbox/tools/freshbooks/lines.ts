import { atLeastHundredths, hundredths, isDecimal, money, type Money } from "./decimal.ts";
import { problem, type Problem } from "./errors.ts";
import { isObject, shown, type Values } from "./fields.ts";
import { easternTime } from "./time.ts";

export type Line = Values & {
  lineid: number;
  qty: string;
  unit_cost: Money;
  amount: Money;
  taxAmount1: string;
  taxAmount2: string;
};

/** Names by the official SDK's Line.ts; what FreshBooks sets itself is passed over. */
const TEXTS = ["name", "description", "taxName1", "taxName2"];
const NUMBERS = ["qty", "taxAmount1", "taxAmount2"];
const TOLD = ["lineid", "invoiceid", "amount", "taskno", "updated", "date", "taxNumber1", "taxNumber2", "basecampid", "retainer_id", "retainer_period_id", "modern_project_id", "modern_time_entries"]; // prettier-ignore
const OTHERS = ["type", "unit_cost", "compounded_tax", "expenseid"];

type Read = { lines: Line[]; problems: Problem[] };

/** The lines as they will stand on an invoice in this currency, numbered from 1. */
export function linesOf(given: unknown, invoice: number, currency: string, at: number): Read {
  if (!Array.isArray(given)) return { lines: [], problems: [wrong(1004, "lines", "Value must be a list.", given)] }; // prettier-ignore
  const problems = given.flatMap((line) => problemsOf(line, currency));
  if (problems.length > 0) return { lines: [], problems };
  const lines = (given as Values[]).map((line, index) =>
    lineOf(line, index + 1, invoice, currency, at),
  );
  return { lines, problems };
}

function lineOf(line: Values, number: number, invoice: number, code: string, at: number): Line {
  const qty = numberOf(line["qty"] ?? "1");
  const cost = (line["unit_cost"] as Money | undefined) ?? { amount: "0", code };
  return {
    lineid: number,
    taskno: number,
    invoiceid: invoice,
    type: line["type"] ?? 0,
    name: line["name"] ?? "",
    description: line["description"] ?? "",
    qty,
    unit_cost: { amount: atLeastHundredths(cost.amount), code },
    amount: money(hundredths(cost.amount, qty), code),
    taxName1: line["taxName1"] ?? "",
    taxAmount1: numberOf(line["taxAmount1"] ?? "0"),
    taxNumber1: null,
    taxName2: line["taxName2"] ?? "",
    taxAmount2: numberOf(line["taxAmount2"] ?? "0"),
    taxNumber2: null,
    compounded_tax: line["compounded_tax"] ?? false,
    date: null,
    expenseid: line["expenseid"] ?? 0,
    basecampid: 0,
    retainer_id: null,
    retainer_period_id: null,
    modern_project_id: null,
    modern_time_entries: [],
    updated: easternTime(at),
  };
}

const numberOf = (value: unknown): string =>
  typeof value === "number" ? String(value) : String(value as string);

const wrong = (errno: number, field: string, message: string, value: unknown): Problem =>
  problem(errno, field, message, "line", shown(value));

function problemsOf(line: unknown, currency: string): Problem[] {
  if (!isObject(line)) return [wrong(1004, "lines", "A line must be an object.", line)];
  return Object.entries(line).flatMap(([name, value]): Problem[] => {
    if (TOLD.includes(name) || (value === null && name !== "unit_cost")) return [];
    if (TEXTS.includes(name)) return textProblems(name, value);
    if (NUMBERS.includes(name)) return numberProblems(name, value);
    if (OTHERS.includes(name)) return otherProblems(name, value, currency);
    return [wrong(1006, name, `Unknown field '${name}'.`, value)];
  });
}

function textProblems(name: string, value: unknown): Problem[] {
  if (typeof value !== "string") return [wrong(1004, name, "Value must be a string.", value)];
  const max = name === "description" ? 65_535 : 255;
  if (value.length <= max) return [];
  return [wrong(1017, name, `Maximum length of ${String(max)} exceeded.`, value)];
}

function numberProblems(name: string, value: unknown): Problem[] {
  const fits =
    (typeof value === "number" && isDecimal(String(value))) ||
    (typeof value === "string" && isDecimal(value));
  return fits ? [] : [wrong(1015, name, "Value must be a number.", value)];
}

function otherProblems(name: string, value: unknown, currency: string): Problem[] {
  if (name === "unit_cost") return costProblems(value, currency);
  if (name === "type")
    return value === 0 || value === 1 ? [] : [wrong(1004, name, "Value must be 0 or 1.", value)];
  if (name === "compounded_tax")
    return typeof value === "boolean" ? [] : [wrong(1031, name, "Value must be a boolean.", value)];
  return Number.isSafeInteger(value)
    ? []
    : [wrong(1015, name, "Value must be a whole number.", value)];
}

/** That the currency has to be the invoice's is unverified; a sum of two currencies is none. */
function costProblems(value: unknown, currency: string): Problem[] {
  const { amount, code = currency, ...more } = isObject(value) ? value : { amount: undefined };
  if (typeof amount !== "string" || !isDecimal(amount) || Object.keys(more).length > 0)
    return [wrong(1004, "unit_cost", "Value must be an amount and a code.", value)];
  if (code === currency) return [];
  return [wrong(1004, "unit_cost", "Line currency must be the currency of the invoice.", value)];
}

/** What an invoice of these lines comes to, with a discount of so many percent on all of them. */
export function totalOf(lines: readonly Line[], discount: string): { total: bigint; off: bigint } {
  const net = lines.reduce((sum, { amount }) => sum + hundredths(amount.amount), 0n);
  const taxes = lines.reduce(
    (sum, { amount, taxAmount1, taxAmount2 }) =>
      sum +
      hundredths(amount.amount, taxAmount1, "0.01") +
      hundredths(amount.amount, taxAmount2, "0.01"),
    0n,
  );
  const off = hundredths(cents(net), discount, "0.01");
  return { total: net + taxes - off, off };
}

const cents = (amount: bigint): string => money(amount, "").amount;
