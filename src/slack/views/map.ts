import type { FlowMap } from "#operations/contract.ts";
import { adviceText, patternText } from "#operations/map/advice.ts";
import { mapText } from "#operations/map/words.ts";
import { actions, button, context, section } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { lines, mrkdwn, type Markup } from "../text/markup.ts";

/** Beyond so many the list of flows is a better place. */
const shown = 10;
/** Slack's limit for an image's alt text. */
const altMost = 1900;

/** The map as a picture, which pattern it is, and what is wrong on it in words. */
export function mapMessage(map: FlowMap & { svg: string }): Message {
  const { places, flows, pattern, svg } = map;
  const wrong: Markup[] = [
    ...places.flatMap(({ name, title, trouble }) =>
      trouble === null ? [] : [mrkdwn`● *${title}* (${name}): ${trouble}`],
    ),
    ...flows.flatMap(({ name, trouble }) =>
      trouble === null ? [] : [mrkdwn`● *${name}*: ${trouble}`],
    ),
  ];
  const blocks = [
    section(lines(mrkdwn`*${patternText(pattern)}*`, mrkdwn`${adviceText(pattern)}`)),
    ...(wrong.length > 0 ? [section(lines(...wrong.slice(0, shown)))] : []),
    ...(wrong.length > shown ? [context(mrkdwn`And ${wrong.length - shown} more.`)] : []),
    actions(button("All flows", "command.run", "/sync list"), button("Connections", "command.run", "/connector list")), // prettier-ignore
  ];
  if (places.length === 0) return message(blocks);
  return message(blocks, { kind: "map", svg, alt: mapText(map).slice(0, altMost), at: 0 });
}
