import { entityOf } from "#domain/entities/index.ts";
import { eventFields } from "#domain/event.ts";
import type { Entity } from "#domain/entities/entity.ts";
import { hubName, hubWays } from "#domain/hub.ts";
import { partsOf } from "#domain/match.ts";
import type { FlowEnd } from "#operations/contract.ts";
import { conditionLines } from "#operations/conditions/text.ts";
import { givenBy } from "#operations/conversions/given-by.ts";
import type { InputBlock, KnownBlock } from "@slack/types";
import { context, input, option, plain, section } from "../../blocks.ts";
import type { Modal } from "../../message.ts";
import { mrkdwn } from "../../text/markup.ts";
import { complaint } from "../notice.ts";
import type { Target } from "./begin.ts";
import type { RulesAbout } from "./about.ts";
import { directionInputs } from "./direction.ts";
import { lineInput } from "./line.ts";
import { pullInput } from "./pull.ts";
import { startOf, startOptions, usualStart } from "./starts.ts";
import { timeInputs } from "./times.ts";

export type RulesWords = { warnings: readonly string[]; problem?: string | undefined };

/** Second page: by what records are told, when it runs, what it leaves alone. All of it has a default. */
export function rulesForm(about: RulesAbout, { warnings, problem }: RulesWords): Modal {
  const { name, origin: from, to, flow } = about;
  return {
    form: "flow-make.rules",
    title: flow === null ? "New flow" : "Change a flow",
    submit: warnings.length > 0 ? "Save anyway" : "Next",
    close: "Cancel",
    meta: {
      name,
      from: from.end,
      to: to.end,
      convert: to.conversion?.name ?? "",
      ...(flow === null ? {} : { version: flow.version }),
      accept: warnings.length > 0 ? 1 : 0,
    },
    blocks: [
      ...(problem === undefined ? [] : [complaint(problem)]),
      ...warnings.map((warning) => complaint(warning)),
      section(
        mrkdwn`*${name}*\n${from.object.title} of ${from.title} (${from.connection}) → ${to.object.title} of ${to.title} (${to.connection})${to.conversion === null ? "" : `. ${to.conversion.title}.`}`,
      ),
      ...matchInput(about),
      ...directionInputs(about),
      startInput(about),
      ...suchInput(about),
      ...deletesInput(about),
      ...pullInput(about),
      context(mrkdwn`All of what follows may stay as it is.`),
      whereInput(about),
      ...timeInputs(about),
      ...placeInputs(about),
    ],
  };
}

function matchInput({ origin, to, flow }: RulesAbout): KnownBlock[] {
  if (to.object.keyed) return [];
  const entity = entityOf(to.object.entity);
  const able = matchable(origin, to);
  const usual = to.conversion === null ? usualWays(to, entity, able) : "";
  const current = flow?.match.join(",") ?? usual;
  const options = [...new Set([...able, ...(current ? [current] : [])])].map(
    (names) =>
    option(names.split(",").map((way) => partsOf(way).map(labelIn(entity)).join(" and ")).join(", then "), names), // prettier-ignore
  );
  if (to.conversion !== null) options.unshift(option("None: what is made is always new", ""));
  if (options.length === 0)
    return [
      section(
        mrkdwn`● ${to.title} cannot be searched by anything that ${origin.title} knows, so records cannot be matched.`,
      ),
    ];
  const initial = options.find(({ value }) => value === current) ?? options[0];
  return [
    input(
      "match",
      "A record is found by its",
      {
        type: "static_select",
        action_id: "value",
        options: options.slice(0, 100),
        ...(initial === undefined ? {} : { initial_option: initial }),
      },
      { hint: `Only what ${to.title} can be searched by is offered.` },
    ),
  ];
}

/** Into the hub whatever tells who is who; else the best that there is. */
function usualWays(to: Target, entity: Entity, able: readonly string[]): string | undefined {
  if (to.connection !== hubName) return able.find((name) => entity.keys.includes(name));
  const ways = hubWays(entity).filter((way) => partsOf(way).every((field) => able.includes(field)));
  return ways.length === 0 ? undefined : ways.join(",");
}

/** Fields that the target can be searched by and the source, or what is made of it, has. */
function matchable({ object }: FlowEnd, { object: { entity, searchable }, conversion }: Target) {
  const given =
    conversion === null
      ? object.fields
      : givenBy(conversion, entityOf(object.entity), object.fields);
  const known = entityOf(entity).complete(Object.fromEntries(given.map((name) => [name, "x"])));
  return searchable.filter((name) => Object.hasOwn(known, name));
}

function startInput({ origin, flow, published }: RulesAbout): InputBlock {
  const options = startOptions(origin, published);
  const start = flow === null ? usualStart(origin) : startOf(flow.trigger).start;
  const initial = options.find(({ value }) => value === start);
  return input("start", "It runs", {
    type: "static_select",
    action_id: "value",
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  });
}

/** Only where there is something to start on. */
function suchInput({ flow, published }: RulesAbout): InputBlock[] {
  if (published.length === 0) return [];
  const trigger = flow?.trigger;
  const fields = trigger?.kind === "published" ? eventFields(trigger.event) : {};
  const where = trigger?.kind === "published" ? trigger.where : {};
  const lines = conditionLines(where, (name) => fields[name]?.label ?? name);
  return [
    input(
      "such",
      "Where it starts on such an event: only those where",
      {
        type: "plain_text_input",
        action_id: "value",
        multiline: true,
        max_length: 2000,
        placeholder: plain("Currency = EUR", 150),
        ...(lines.length === 0 ? {} : { initial_value: lines.join("\n") }),
      },
      {
        hint: "One condition a line, on what the event tells. Empty is every one.",
        optional: true,
      },
    ),
  ];
}

function deletesInput({ to, origin: from, flow }: RulesAbout): InputBlock[] {
  if (!to.object.archives) return [];
  const options = [
    option(`Stays in ${to.title}`, "ignore"),
    option(`Is archived in ${to.title}`, "archive"),
  ];
  const initial = options.find(({ value }) => value === flow?.deletes) ?? options[0];
  return [
    input(
      "deletes",
      `What is gone in ${from.title}`,
      {
        type: "radio_buttons",
        action_id: "value",
        options,
        ...(initial === undefined ? {} : { initial_option: initial }),
      },
      { hint: from.object.deletes },
    ),
  ];
}

const words =
  "is, is not, is one of (with commas), more than, less than, before, after (today, today - 7 or 2026-01-31), is filled, is empty";

function whereInput({ origin: from, flow }: RulesAbout): InputBlock {
  const entity = entityOf(from.object.entity);
  const lines = conditionLines(flow?.where ?? {}, labelIn(entity));
  const fields = from.object.fields.map(labelIn(entity)).join(", ");
  return input(
    "where",
    "Only records where",
    {
      type: "plain_text_input",
      action_id: "value",
      multiline: true,
      max_length: 2000,
      placeholder: plain("Country is FR", 150),
      ...(lines.length === 0 ? {} : { initial_value: lines.join("\n") }),
    },
    { hint: `One condition a line, with: ${words}. There are: ${fields}.`, optional: true },
  );
}

function placeInputs({ flow, asker }: RulesAbout): InputBlock[] {
  const owner = flow === null ? asker : flow.owner;
  const channel = flow?.channel ?? null;
  const isId = channel !== null && /^[CG][A-Z0-9]{2,}$/.test(channel);
  return [
    input(
      "channel",
      "Where its cards go",
      {
        type: "conversations_select",
        action_id: "value",
        filter: { include: ["public", "private"], exclude_bot_users: true },
        ...(isId ? { initial_conversation: channel } : {}),
      },
      { hint: channelHint(channel, isId), optional: true },
    ),
    input(
      "owner",
      "Whom it belongs to",
      {
        type: "users_select",
        action_id: "value",
        ...(owner === null ? {} : { initial_user: owner }),
      },
      { optional: true },
    ),
    lineInput("about", "What it is for", flow?.about ?? "", {
      hint: "One sentence, for whoever meets it later.",
      optional: true,
    }),
  ];
}

const channelHint = (channel: string | null, isId: boolean): string =>
  channel === null || isId
    ? "Empty is the workspace's own channel."
    : `Empty leaves it at ${channel}.`;

const labelIn =
  ({ fields }: Entity) =>
  (name: string): string =>
    fields[name]?.label ?? name;
