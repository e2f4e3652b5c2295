import { z } from "zod";
import type { Json } from "#domain/json.ts";
import { getAt, getFirst, textOf } from "../json/path.ts";
import { Name, Paths, PathText } from "../manifest/request-spec.ts";
import { compileText, type Variables } from "../manifest/template.ts";

export const Events = z
  .strictObject({
    each: PathText.default("$").describe("Where the events stand; a single one counts as a list."),
    objects: z
      .union([
        z.array(Name).min(1).describe("The objects that any message is about."),
        z.strictObject({
          at: Paths.describe("What tells which object an event is about …"),
          are: z
            .record(z.string().min(1), z.union([Name, z.array(Name).min(1)]))
            .describe(
              "… by its value, or by how it begins: { contact.*: contacts }; {name} is a setting.",
            ),
        }),
      ])
      .describe("Which objects have changed."),
    of: z
      .strictObject({
        at: PathText.describe("What tells whose account an event is of …"),
        equals: z.string().min(1).describe("… and what ours is: {realm_id}."),
      })
      .optional()
      .describe(
        "For tools that send the events of several accounts to one address; any is ours where the setting says nothing.",
      ),
    id: Paths.optional().describe("The record's id in an event."),
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

/**
 * What a message says has changed, at a connection with these settings; an event about nothing we know,
 * or of another account, says nothing.
 */
export type ReadChanges = (content: Json | undefined, settings: Variables) => readonly Changed[];

/** From events a linter has seen. */
export function compileEvents(spec: EventsSpec): ReadChanges {
  const each = getAt(spec.each);
  const objectsOf = compileObjects(spec.objects);
  const isOurs = compileOf(spec.of);
  const idAt = spec.id === undefined ? null : getFirst(spec.id);
  const eventAt = spec.event === undefined ? null : getAt(spec.event);
  const mergedOf = compileMerged(spec.merged);
  return (content, settings) => {
    const found = each(content);
    const events = Array.isArray(found) ? found : [found ?? null];
    return events
      .filter((one) => isOurs(one, settings))
      .flatMap((one) =>
        objectsOf(one, settings).map((object) => ({
          object,
          id: textOf(idAt?.(one)),
          event: textOf(eventAt?.(one)),
          merged: mergedOf(one),
        })),
      );
  };
}

function compileOf(of: EventsSpec["of"]): (event: Json, settings: Variables) => boolean {
  if (of === undefined) return () => true;
  const at = getAt(of.at);
  const ours = compileText(of.equals);
  return (event, settings) => {
    const wanted = ours(settings);
    return wanted === null || textOf(at(event)) === wanted;
  };
}

function compileObjects(
  spec: EventsSpec["objects"],
): (event: Json, settings: Variables) => readonly string[] {
  if (Array.isArray(spec)) return () => spec;
  const at = getFirst(spec.at);
  const known = Object.entries(spec.are).map(([word, names]) => ({
    word: compileText(word.replace(/\*$/, "")),
    begins: word.endsWith("*"),
    names: [names].flat(),
  }));
  return (event, settings) => {
    const said = textOf(at(event)) ?? "";
    const isSaid = (word: string | null) => word !== null && said === word;
    const begins = (word: string | null) => word !== null && said.startsWith(word);
    // One setting may name what another names too: then it is about both.
    const exact = known.filter((one) => !one.begins && isSaid(one.word(settings)));
    const fits = exact.length > 0 ? exact : known.filter((one) => one.begins && begins(one.word(settings))).slice(0, 1); // prettier-ignore
    return [...new Set(fits.flatMap(({ names }) => names))];
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
