import type { ConnectorHistory } from "#operations/contract.ts";
import type { KnownBlock } from "@slack/types";
import { actions, button, confirm, context, section } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { listed } from "#operations/nearest.ts";
import { lines, mrkdwn, person } from "../text/markup.ts";
import { moment } from "../text/when.ts";

/** Every version of a connector, with the way back to each. */
export function connectorVersions(history: ConnectorHistory): Message {
  const { connector, title, current, versions, more, waiting, connections } = history;
  const used = connections.length === 0 ? "no connection" : listed(connections, 6);
  const own = versions.every(({ registered }) => registered !== null);
  return message([
    section(
      lines(
        mrkdwn`*${title}*  ${connector} · used by ${used}`,
        current === null
          ? mrkdwn`It is removed: none of its versions is in the catalogue.`
          : undefined,
        waiting === null
          ? undefined
          : mrkdwn`◔ A change of it, asked for by ${person(waiting.askedBy)}, waits for a second admin.`,
      ),
    ),
    ...versions.map((version) => versionBlock(history, version)),
    ...(more > 0 ? [context(mrkdwn`And ${more} older.`)] : []),
    actions(
      button("Register a version", "connector.register", connector),
      own && current !== null && connections.length === 0 ? removeButton(connector) : undefined,
    ),
  ]);
}

function versionBlock(
  { connector, current }: ConnectorHistory,
  { version, registered, needsApproval, problem }: ConnectorHistory["versions"][number],
): KnownBlock {
  const state = version === current ? mrkdwn` · in use` : mrkdwn``;
  const text = lines(
    mrkdwn`*Version ${version}*${state}`,
    registered === null
      ? mrkdwn`What comes with Tieline.`
      : mrkdwn`${moment(registered.at)}, by ${person(registered.by)}, approved by ${person(registered.approvedBy)} · ${registered.hash.slice(0, 12)}`,
    registered === null || registered.note === "" ? undefined : mrkdwn`${registered.note}`,
    problem === null ? undefined : mrkdwn`● Not accepted any more: ${problem}.`,
  );
  if (version === current || problem !== null) return section(text);
  const label = `${needsApproval ? "Ask for" : "Use"} version ${version}`;
  return section(text, button(label, "connector.use", `${connector} ${version}`));
}

const removeButton = (connector: string) =>
  button("Remove", "connector.remove", connector, {
    style: "danger",
    confirm: confirm(
      `Remove ${connector}?`,
      "It goes from the catalogue. Its versions are kept, and one of them can be used again.",
      "Remove",
      "danger",
    ),
  });
