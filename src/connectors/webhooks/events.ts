import { z } from "zod";
import type { Json } from "#domain/json.ts";
import { getAt, textOf } from "../json/path.ts";
import { Name, PathText } from "../manifest/request-spec.ts";

export const Events = z
  .strictObject({
    each: PathText.default("$").describe("Where the events stand; a single one counts as a list."),
    objects: z
      .union([
        z.array(Name).min(1).describe("The objects that any message is about."),
        z.strictObject({
          at: PathText.describe("What tells which object an event is about …"),
          are: z
            .record(z.string().min(1), z.union([Name, z.array(Name).min(1)]))
            .describe("… by its value, or by how it begins: { contact.*: contacts }."),
        }),
      ])
      .describe("Which objects have changed."),
    id: PathText.optional().describe("The record's id in an event."),
    event: PathText.optional().describe("The event's own id: the same again is the same event."),
    merged: z
      .strictObject({
        into: PathText.describe("The id of the record that is left …"),
        from: PathText.describe("… and of the one it has swallowed, or several."),
      })
      .optional()
      .describe("How an event says that two records became one."),
  })
  .describe("What the messages of a tool say has changed.");
export type EventsSpec = z.output<typeof Events>;

/** Something a tool says has changed. */
export type Changed = {
  object: string;
  /** Null where it says no more than that. */
  id: string | null;
  event: string | null;
  merged: { into: string; from: readonly string[] } | null;
};

/** What a message says has changed; an event about nothing we know says nothing. */
export type ReadChanges = (content: Json | undefined) => readonly Changed[];

/** From events a linter has seen. */
export function compileEvents(spec: EventsSpec): ReadChanges {
  const each = getAt(spec.each);
  const objectsOf = compileObjects(spec.objects);
  const idAt = spec.id === undefined ? null : getAt(spec.id);
  const eventAt = spec.event === undefined ? null : getAt(spec.event);
  const mergedOf = compileMerged(spec.merged);
  return (content) => {
    const found = each(content);
    const events = Array.isArray(found) ? found : [found ?? null];
    return events.flatMap((one) =>
      objectsOf(one).map((object) => ({
        object,
        id: textOf(idAt?.(one)),
        event: textOf(eventAt?.(one)),
        merged: mergedOf(one),
      })),
    );
  };
}

function compileObjects(spec: EventsSpec["objects"]): (event: Json) => readonly string[] {
  if (Array.isArray(spec)) return () => spec;
  const at = getAt(spec.at);
  const exact = new Map(Object.entries(spec.are).map(([word, names]) => [word, [names].flat()]));
  const prefixes = [...exact].filter(([word]) => word.endsWith("*"));
  return (event) => {
    const word = textOf(at(event)) ?? "";
    const found =
      exact.get(word) ?? prefixes.find(([begin]) => word.startsWith(begin.slice(0, -1)))?.[1];
    return found ?? [];
  };
}

function compileMerged(spec: EventsSpec["merged"]): (event: Json) => Changed["merged"] {
  if (spec === undefined) return () => null;
  const into = getAt(spec.into);
  const from = getAt(spec.from);
  return (event) => {
    const winner = textOf(into(event));
    const found = from(event);
    const losers = (Array.isArray(found) ? found : [found]).flatMap((one) => textOf(one) ?? []);
    return winner === null || losers.length === 0 ? null : { into: winner, from: losers };
  };
}
