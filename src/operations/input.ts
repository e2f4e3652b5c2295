import { Mistake } from "#domain/errors.ts";
import { z } from "zod";
import { nearest } from "./nearest.ts";

/** A text a person typed; no control characters but line breaks and tabs. */
export const line = (about: string, max = 200) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u)
    .describe(about);

export const flowField = line("the name of a flow, such as customers-to-books");
export const connectionField = line("the name of a connection, such as crm");
export const connectorField = line("the name of a connector, such as hubspot");
export const letterField = line("the id of a dead letter");
export const incidentField = line("the id of an incident");
export const runField = line("the id of a run");
export const limitField = z.int().min(1).max(1000).describe("a whole number from 1 to 1000");

/** The field may be left out; its description stays. */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.exactOptional(schema).describe(schema.description ?? "left out");

type Shaped = { shape: Readonly<Record<string, z.ZodType>> };

/** @throws Mistake one sentence that names the field and what is allowed, never its value */
export function checkInput<In>(schema: z.ZodType<In> & Shaped, input: unknown): In {
  const result = schema.safeParse(withoutUndefined(input));
  if (result.success) return result.data;
  throw new Mistake(sentence(schema, result.error.issues[0]), { usage: true });
}

function sentence({ shape }: Shaped, issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === "unrecognized_keys" && issue.path.length === 0)
    return tooMuch(issue.keys[0] ?? "", Object.keys(shape));
  const field = String(issue?.path[0] ?? "");
  const described = Object.hasOwn(shape, field) ? shape[field]?.description : undefined;
  return described === undefined
    ? "What was asked for is not complete."
    : `${field} must be ${described}.`;
}

function tooMuch(key: string, fields: readonly string[]): string {
  const meant = nearest(key, fields);
  if (meant !== null) return `There is no ${key} here; did you mean ${meant}?`;
  return fields.length === 0
    ? "Nothing else is needed here."
    : `There is something too much here; allowed are ${fields.join(", ")}.`;
}

const withoutUndefined = (input: unknown): unknown =>
  typeof input === "object" && input !== null && !Array.isArray(input)
    ? Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
    : input;
