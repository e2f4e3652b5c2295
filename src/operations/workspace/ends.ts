import { entityOf } from "#domain/entities/index.ts";
import type { Entity } from "#domain/entities/entity.ts";
import type { End } from "#domain/flow.ts";
import { connectionName } from "#domain/ids.ts";
import type { ObjectFacts, Pace } from "#domain/ports/connector-facts.ts";
import { article } from "../article.ts";
import { givenBy } from "../conversions/given-by.ts";
import { listed, nearest } from "../nearest.ts";
import type { Fault } from "./faults.ts";
import type { Known } from "./known.ts";
import type { FlowEntry } from "./shape.ts";

type Found = {
  end: End;
  object: ObjectFacts;
  title: string;
  pace: Pace | null;
  daily: number | null;
};
/** What is compared and written is an `entity`; with a conversion `origin` is what that is made from. */
export type Between = {
  from: Found;
  to: Found;
  entity: Entity;
  origin: { from: Found; entity: Entity };
};

/** Both ends of a flow, when they are there, can be read and written, and are of one kind. */
export function readEnds(
  entry: Pick<FlowEntry, "from" | "to" | "convert">,
  known: Known,
): { between: Between | null; faults: Fault[] } {
  const from = readEnd(entry.from, known);
  const to = readEnd(entry.to, known);
  const faults: Fault[] = [];
  if (typeof from === "string") faults.push({ path: ["from"], message: from });
  if (typeof to === "string") faults.push({ path: ["to"], message: to });
  if (!isFound(from) || !isFound(to)) return { between: null, faults };

  if (entry.from === entry.to)
    faults.push({ path: ["to"], message: "a flow needs two different ends" });
  if (!from.object.reads)
    faults.push({
      path: ["from"],
      message: `${from.title} ${from.object.name} can only be written`,
    });
  if (!to.object.writes)
    faults.push({ path: ["to"], message: `${to.title} ${to.object.name} can only be read` });
  const made = readConversion(entry, from, to, known);
  faults.push(...made.faults);
  const between = {
    from: made.from,
    to,
    entity: entityOf(to.object.entity),
    origin: { from, entity: entityOf(from.object.entity) },
  };
  return { between: faults.length === 0 ? between : null, faults };
}

/** The source as it is, or as if it held what a conversion makes of its records. */
function readConversion(
  entry: Pick<FlowEntry, "from" | "to" | "convert">,
  from: Found,
  to: Found,
  { conversions }: Known,
): { from: Found; faults: readonly Fault[] } {
  const wrong = (path: string, message: string) => ({ from, faults: [{ path: [path], message }] });
  const [one, other] = [from.object.entity, to.object.entity];
  const fitting = [...conversions.values()].filter(
    (each) => each.from === one && each.to === other,
  );
  const names = fitting.map(({ name }) => name);
  const kinds = `${entry.from} is ${article(one)} and ${entry.to} is ${article(other)}`;
  if (entry.convert === undefined) {
    if (one === other) return { from, faults: [] };
    return names.length === 0
      ? wrong("to", `${kinds}; no conversion makes one of the other`)
      : wrong("to", `${kinds}; convert must say how one becomes the other: ${listed(names, 12)}`);
  }
  const found = conversions.get(entry.convert);
  if (found === undefined)
    return wrong("convert", noSuch("conversion", entry.convert, [...conversions.keys()]));
  if (!fitting.includes(found)) {
    const makes = `${found.name} makes ${article(found.to)} of ${article(found.from)}`;
    return wrong("convert", `${makes}, and ${kinds}`);
  }
  const fields = givenBy(found, entityOf(one), from.object.fields);
  return { from: { ...from, object: { ...from.object, entity: other, fields } }, faults: [] };
}

const isFound = (end: Found | string | null): end is Found =>
  typeof end === "object" && end !== null;

/** A text says what is wrong; null that it was said elsewhere. */
function readEnd(text: string, { connections, broken, tools }: Known): Found | string | null {
  const [name = "", object = "", ...more] = text.split("/");
  if (name === "" || object === "" || more.length > 0)
    return "an end is a connection and one of its objects, such as crm/contacts";
  if (broken.has(name)) return null;
  const connection = connections.get(name);
  if (connection === undefined) return noSuch("connection", name, [...connections.keys()]);
  const facts = tools.facts(connection.connector);
  if (facts === undefined) return `there is no connector ${connection.connector} any more`;
  const found = facts.objects.find((known) => known.name === object);
  if (found === undefined)
    return noSuch(
      `object of ${facts.title}`,
      object,
      facts.objects.map((known) => known.name),
    );
  const end = { connection: connectionName(name), object };
  return { end, object: found, title: facts.title, pace: facts.pace, daily: facts.daily };
}

function noSuch(what: string, name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  const begin = `there is no ${what} “${name.slice(0, 60)}”`;
  if (meant !== null) return `${begin}; did you mean ${meant}?`;
  return names.length === 0
    ? `${begin}; there is none yet`
    : `${begin}; there are ${listed(names, 12)}`;
}
