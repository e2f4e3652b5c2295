import type { Connection } from "#domain/connection.ts";
import { Mistake } from "#domain/errors.ts";
import type { Auth } from "./auth/index.ts";
import type { Connector } from "./connector.ts";

/** A way of signing in, by its name in the manifest. */
export type Way = { name: string; auth: Auth };

/**
 * The way of signing in that a connection's credential is for: of those whose values are all there the
 * one that takes most, else one that only lacks what signing in brings; with nothing given, the first.
 * @throws Mistake when it fits none
 */
export function wayOf({ ways, manifest }: Connector, { name, credential }: Connection): Way {
  const given = new Set(Object.keys(credential));
  const all = Object.entries(ways).map(([way, auth]) => ({ name: way, auth }));
  const lacking = ({ auth }: Way, brought: boolean) =>
    auth.fields.some(
      (field) => !field.optional && (brought || !field.brought) && !given.has(field.name),
    );
  const whole = all.filter((way) => !lacking(way, true)).toSorted((a, b) => weight(b) - weight(a));
  const found = whole[0] ?? (given.size === 0 ? all[0] : all.find((way) => !lacking(way, false)));
  if (found !== undefined) return found;
  const accepted = all.map(({ auth }) => auth.fields.map((field) => field.name).join(", "));
  throw new Mistake(
    `The credential of ${name} is not one ${manifest.title} takes: ${accepted.join("; or ")}.`,
  );
}

const weight = ({ auth }: Way): number => auth.fields.filter(({ optional }) => !optional).length;
