import { isBlank } from "#domain/fields.ts";
import { isStarted } from "#operations/events/starting.ts";
import type { FlowStatus, Preview, PreviewChange } from "#operations/contract.ts";
import type { KnownBlock } from "@slack/types";
import { actions, button, context, divider, section, words } from "../blocks.ts";
import type { Modal } from "../message.ts";
import { labelOf } from "../text/label.ts";
import { lines, mrkdwn } from "../text/markup.ts";
import { clock } from "../text/when.ts";
import { waitsFor } from "./flow-status.ts";
import { complaint, notice } from "./notice.ts";
import {
  actionWord,
  consequences,
  countsText,
  firstText,
  maskedFor,
  meeting,
  openFirst,
} from "./preview.ts";

const aPage = 5;

/**
 * A preview record by record, field by field, its values masked. One that is off is turned on from here.
 */
export function previewPage(preview: Preview, page: number): Modal {
  const { id, flow, version, changes, errors, warnings, on } = preview;
  const pages = Math.max(1, Math.ceil(changes.length / aPage));
  const at = Math.min(Math.max(0, page), pages - 1);
  const ready = !on && errors.length === 0;
  return {
    form: "flow-make.turn-on",
    title: "Preview",
    submit: ready ? (warnings.length > 0 ? "Turn on anyway" : "Turn on") : null,
    close: "Close",
    meta: { preview: id, flow, accept: warnings.length > 0 ? 1 : 0 },
    blocks: [
      section(
        lines(
          mrkdwn`*${flow}*  version ${version}, ${clock(preview.at)}. Nothing was written.`,
          mrkdwn`${countsText(preview)}`,
        ),
      ),
      ...[...errors, ...warnings].slice(0, 10).map((said) => complaint(said)),
      ...(preview.review === null ? [] : [section(meeting(preview.review, preview.titles))]),
      ...consequences(preview),
      divider,
      ...openFirst(changes)
        .slice(at * aPage, (at + 1) * aPage)
        .flatMap((change) => changeBlocks(change, preview.titles)),
      ...pager(id, at, pages, changes.length),
      actions(
        on ? button("Run now", "flow.run", flow, { style: "primary" }) : undefined,
        button("Change it", "flow-make.edit", flow),
        button("Preview again", "flow-make.preview", flow),
      ),
      context(
        on
          ? mrkdwn`It is on already. Values are masked.`
          : mrkdwn`It is off until somebody with the admin role turns it on. Values are masked.`,
      ),
    ],
  };
}

function changeBlocks(change: PreviewChange, titles: Preview["titles"]): KnownBlock[] {
  const { key, action, fields } = change;
  const shown = maskedFor(action);
  const rows = Object.entries(fields).slice(0, 12);
  const rest = Object.keys(fields).length - rows.length;
  const values = rows.map(([name, { from, to }]) =>
    action === "update" || !isBlank(from)
      ? `${labelOf(name)}: ${shown(name, from)} → ${shown(name, to)}${firstText(change, name)}`
      : `${labelOf(name)}: ${shown(name, to)}${firstText(change, name)}`,
  );
  return [
    section(mrkdwn`*${actionWord(change, titles)}*  ${key}`),
    ...(values.length === 0
      ? []
      : [words([...values, ...(rest > 0 ? [`and ${rest} more`] : [])].join(" · "), 1500)]),
  ];
}

function pager(id: string, at: number, pages: number, all: number): KnownBlock[] {
  if (pages < 2) return all === 0 ? [section(mrkdwn`There is no change to show.`)] : [];
  const turn = (label: string, action: string, to: number) => button(label, action, `${id} ${to}`);
  return [
    actions(
      at > 0 ? turn("Previous", "flow-make.previous", at - 1) : undefined,
      at < pages - 1 ? turn("Next", "flow-make.next", at + 1) : undefined,
    ),
    context(mrkdwn`Page ${at + 1} of ${pages}`),
  ];
}

/** It is on, and when it starts. */
export function turnedOn({ flow, next, told }: FlowStatus): Modal {
  const event = isStarted(flow);
  return notice("Turned on", [
    section(
      lines(
        mrkdwn`✓ *${flow.name}* is on, at version ${flow.version}.`,
        event
          ? mrkdwn`Its first run has begun. What needs a hand then has a card in the channel.`
          : next === null
            ? mrkdwn`It runs when somebody starts it.`
            : mrkdwn`Its next run is at ${clock(next)}.`,
        event && told === null ? mrkdwn`After that it runs ${waitsFor(flow)}.` : undefined,
        told === null ? undefined : mrkdwn`${told}`,
      ),
    ),
    actions(
      event ? undefined : button("Run now", "flow.run", flow.name, { style: "primary" }),
      button("Status", "flow.status", flow.name, event ? { style: "primary" } : {}),
      button("Map", "command.run", "/sync map"),
    ),
  ]);
}
