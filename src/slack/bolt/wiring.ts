import type { Subject } from "#domain/ports/outbox.ts";
import type { Clock, Log } from "#domain/ports/world.ts";
import type { Perform } from "#operations/contract.ts";
import type { webApi } from "@slack/bolt";
import { doAs, type At } from "../at.ts";
import { makeCanvas } from "../canvas.ts";
import type { SlackApi } from "../client.ts";
import type { Command } from "../command/command.ts";
import type { Caller, Door } from "../door.ts";
import type { Pictures } from "../chart/pictures.ts";
import type { ReadFile } from "../files.ts";

/** What every listener works with. */
export type Wiring = {
  client: webApi.WebClient;
  api: SlackApi;
  perform: Perform;
  commands: readonly Command[];
  door: Door;
  pictures: Pictures;
  readFile: ReadFile;
  clock: Clock;
  log: Log;
  tell(subject: Subject): Promise<void>;
  once(key: string): boolean;
};

/** Who asks, once they are let in. @throws NotAllowed */
export async function atFor(wiring: Wiring, caller: Caller, channel: string | null): Promise<At> {
  const { perform, door, clock, readFile, tell } = wiring;
  const actor = await door.admit(caller);
  return {
    actor,
    do: doAs(perform, actor),
    channel,
    now: () => clock.now(),
    pause: (ms) => clock.sleep(ms, new AbortController().signal),
    file: (id) => readFile(id, actor.user),
    canvas: (about) => makeCanvas(wiring.api, channel, about),
    tell,
  };
}
