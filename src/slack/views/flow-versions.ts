import type { FlowHistory } from "#operations/contract.ts";
import type { KnownBlock } from "@slack/types";
import { actions, button, confirm, context, section } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { cut } from "../text/cut.ts";
import { lines, mrkdwn, person } from "../text/markup.ts";
import { moment } from "../text/when.ts";

/** Every version of a flow with who, when and what, and the way back to each. */
export function flowVersions({ flow, versions, more }: FlowHistory): Message {
  return message([
    section(mrkdwn`*${flow.name}*  is at version ${flow.version}`),
    ...versions.map((version) => versionBlock(flow, version)),
    ...(more > 0 ? [context(mrkdwn`And ${more} older.`)] : []),
    actions(button("Change it", "flow-make.edit", flow.name)),
  ]);
}

function versionBlock(
  flow: FlowHistory["flow"],
  { version, by, at, what }: FlowHistory["versions"][number],
): KnownBlock {
  const text = lines(
    mrkdwn`*Version ${version}*${version === flow.version ? mrkdwn` · in use` : mrkdwn``}`,
    mrkdwn`${moment(at)}, by ${person(by)}`,
    what === "" ? undefined : mrkdwn`${cut(what, 700)}`,
  );
  if (version === flow.version) return section(text);
  const back = button(`Use version ${version}`, "flow.use-version", `${flow.name} ${version}`, {
    confirm: confirm(
      `Back to version ${version}?`,
      `${flow.name} will do what it did then, from its next run on. What was written stays.`,
      "Use it",
    ),
  });
  return section(text, back);
}
