import { wrongField } from "./errors.ts";
import { users } from "./workspace.ts";

/** Readers of single values in a body: each gives the value, or refuses it by the field's name. */

export function text(name: string, value: unknown): string {
  if (typeof value !== "string") throw wrongField(name, `Not a string: ${JSON.stringify(value)}`);
  return value;
}

export function flag(name: string, value: unknown): boolean {
  if (typeof value !== "boolean") throw wrongField(name, `Not a boolean: ${JSON.stringify(value)}`);
  return value;
}

export const orNull =
  <Value>(read: (name: string, value: unknown) => Value) =>
  (name: string, value: unknown): Value | null =>
    value === null ? null : read(name, value);

export const oneOf =
  <Name extends string>(...names: Name[]) =>
  (field: string, value: unknown): Name => {
    const found = names.find((name) => name === value);
    if (found === undefined) throw wrongField(field, `Not one of ${names.join(", ")}: ${JSON.stringify(value)}`); // prettier-ignore
    return found;
  };

/** A day, which must exist: `2026-02-30` is none. */
export function day(name: string, value: unknown): string {
  const given = text(name, value);
  const known =
    /^\d{4}-\d{2}-\d{2}$/.test(given) && !Number.isNaN(Date.parse(`${given}T00:00:00Z`));
  if (!known || new Date(`${given}T00:00:00Z`).toISOString().slice(0, 10) !== given)
    throw wrongField(name, `Not a valid date: ${given}`);
  return given;
}

/** A moment as ISO 8601 with its offset, told again in UTC with milliseconds. */
export function moment(name: string, value: unknown): string {
  const given = text(name, value);
  const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;
  const at = shape.test(given) ? Date.parse(given) : NaN;
  if (Number.isNaN(at)) throw wrongField(name, `Not a valid date and time: ${given}`);
  return new Date(at).toISOString();
}

export function texts(name: string, value: unknown): string[] {
  if (!Array.isArray(value)) throw wrongField(name, `Not an array: ${JSON.stringify(value)}`);
  return value.map((item, index) => text(`${name}[${String(index)}]`, item));
}

/** "me", a gid or an e-mail, as a gid. */
export const user =
  (me: string) =>
  (name: string, value: unknown): string => {
    const given = text(name, value);
    const found = users.find((one) => one.gid === given || one.email === given.toLowerCase());
    if (given === "me") return me;
    if (found === undefined) throw wrongField(name, `Not a recognized ID: ${given}`);
    return found.gid;
  };
