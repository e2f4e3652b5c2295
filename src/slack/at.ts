import type { Actor } from "#domain/actor.ts";
import type { Subject } from "#domain/ports/outbox.ts";
import type { OperationName, Operations, Perform } from "#operations/contract.ts";
import type { Canvas } from "./canvas.ts";
import type { HandedIn } from "./files.ts";

/** Performs an operation in the name of whoever asked. */
export type Do = <Name extends OperationName>(
  name: Name,
  input: Operations[Name]["in"],
) => Promise<Operations[Name]["out"]>;

/** Who asked, where and when: all that a command or a button needs besides its own words. */
export type At = {
  actor: Actor;
  do: Do;
  /** Where it was asked; null where there is no channel, as in App Home. */
  channel: string | null;
  now(): Temporal.Instant;
  /** A short wait, for something that is about to be over. */
  pause(ms: number): Promise<void>;
  /** The text of a file that was handed in with a form, by the id that the form holds. @throws Mistake */
  file(id: string): Promise<HandedIn>;
  /** Makes a canvas where it was asked; `instead` says what else there is. @throws Mistake */
  canvas(about: { title: string; markdown: string; instead: string }): Promise<Canvas>;
  /** Has the card of this subject brought up to date. */
  tell(subject: Subject): Promise<void>;
};

export const doAs =
  (perform: Perform, actor: Actor): Do =>
  (name, input) =>
    perform(name, input, actor);
