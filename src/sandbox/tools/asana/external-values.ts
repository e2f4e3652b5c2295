import { isGiven } from "./endpoint.ts";
import { wrongField } from "./errors.ts";
import type { Task } from "./model.ts";
import type { Caller } from "./scopes.ts";
import { orNull, text } from "./values.ts";
import type { Workspace } from "./workspace.ts";

const LONGEST_GID = 1024;
const LONGEST_DATA = 32_768;

/** What an app keeps on a task. Only an app may; that a gid may stand on one task alone is unverified. */
export function externalValues(
  value: unknown,
  before: Task | null,
  caller: Caller,
  space: Workspace,
): Task["external"] {
  if (!caller.oauth)
    throw wrongField("external", "External data can only be set by an app that uses OAuth");
  if (value === null) return null;
  if (!isGiven(value)) throw wrongField("external", "Not an object");
  const { gid = before?.external?.gid, data = before?.external?.data ?? null, ...rest } = value;
  const strange = Object.keys(rest)[0];
  if (strange !== undefined) throw wrongField(`external.${strange}`, "Unknown field");
  const own = text("external.gid", gid);
  const blob = orNull(text)("external.data", data);
  refuseLength("external.gid", own.length, 1, LONGEST_GID);
  refuseLength("external.data", blob?.length ?? 0, 0, LONGEST_DATA);
  const holder = space.byExternal(own);
  if (holder !== undefined && holder.gid !== before?.gid)
    throw wrongField("external", `The gid is already in use by task ${holder.gid}`);
  return { gid: own, data: blob };
}

function refuseLength(name: string, length: number, min: number, max: number): void {
  if (length < min || length > max)
    throw wrongField(name, `Must be ${String(min)} to ${String(max)} characters`);
}
