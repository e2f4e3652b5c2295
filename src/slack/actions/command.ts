import type { Log } from "#domain/ports/world.ts";
import { section } from "../blocks.ts";
import type { Command } from "../command/command.ts";
import { overview } from "../command/help.ts";
import { plan } from "../command/plan.ts";
import { spoken } from "../command/spoken.ts";
import { toAsker } from "../message.ts";
import { mrkdwn } from "../text/markup.ts";
import type { Click, Deed } from "./action.ts";
import type { Noun } from "./nouns.ts";

/** A button that stands for a line somebody could have typed. */
export function commandNoun(commands: readonly Command[], log: Log): Noun {
  const on = ({ value }: Click): Deed => {
    const meant = spoken(commands, value);
    if (!meant)
      return {
        kind: "does",
        run: () => Promise.resolve(toAsker([section(mrkdwn`That command is no longer there.`)])),
      };
    const planned = plan(meant.command, meant.text, { commands, log });
    return planned.kind === "opens"
      ? { kind: "opens", title: planned.title, fill: planned.fill }
      : { kind: "does", run: planned.reply };
  };
  const all: Deed = {
    kind: "does",
    run: () => Promise.resolve({ kind: "private", message: overview(commands) }),
  };
  return {
    actions: [
      { id: "command.run", on },
      { id: "command.overview", on: () => all },
    ],
    forms: [],
  };
}
