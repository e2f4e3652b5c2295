import type { Log } from "#domain/ports/world.ts";
import type { Command } from "../command/command.ts";
import type { Action, Form } from "./action.ts";
import approval from "./approval.ts";
import { commandNoun } from "./command.ts";
import conflict from "./conflict.ts";
import connection from "./connection.ts";
import connector from "./connector.ts";
import flowFields from "./flow-fields.ts";
import flowMake from "./flow-make.ts";
import flowPreview from "./flow-preview.ts";
import delivery from "./delivery.ts";
import docs from "./docs.ts";
import flow from "./flow.ts";
import hook from "./hook.ts";
import hub from "./hub.ts";
import incident from "./incident.ts";
import letter from "./letter.ts";
import link from "./link.ts";
import recipe from "./recipe.ts";
import retry from "./retry.ts";

/** Everything that can be clicked or handed in, by its id. */
export function allActions(
  commands: readonly Command[],
  log: Log,
): { actions: ReadonlyMap<string, Action>; forms: ReadonlyMap<string, Form> } {
  const nouns = [
    commandNoun(commands, log),
    approval,
    conflict,
    connection,
    connector,
    delivery,
    docs,
    flow,
    flowMake,
    flowFields,
    flowPreview,
    hook,
    hub,
    incident,
    letter,
    link,
    recipe,
    retry,
  ];
  return {
    actions: new Map(nouns.flatMap(({ actions }) => actions.map((one) => [one.id, one]))),
    forms: new Map(nouns.flatMap(({ forms }) => forms.map((one) => [one.id, one]))),
  };
}
