import { canonicalText, type Fields } from "#domain/fields.ts";
import type { Foreseen } from "#domain/ports/engine.ts";
import { z } from "zod";
import type { Preview, PreviewChange } from "./contract.ts";
import { findFlow } from "../find.ts";
import { flowField } from "../input.ts";
import { operation } from "../operation.ts";
import { lookAround } from "../surroundings.ts";
import { makeReview } from "./review.ts";
import { judged } from "./judged.ts";

/** More than a person will read; the counts go on. */
const kept = 1000;
const patienceMs = 30 * 60_000;

export const flowsPreview = operation("flows.preview", {
  title: "Previewing a flow",
  needs: "operator",
  audited: "always",
  input: z.strictObject({ flow: flowField }),
  told: ({ flow }) => ({ flow }),

  async run({ flow: name }, { world, by, at }) {
    const flow = await findFlow(world, name);
    const counts = {
      create: 0,
      update: 0,
      unchanged: 0,
      filtered: 0,
      delete: 0,
      conflict: 0,
      invalid: 0,
    };
    const changes: PreviewChange[] = [];
    const around = await lookAround(world);
    const review = makeReview(around.entity(flow));
    for await (const page of world.engine.preview(flow, AbortSignal.timeout(patienceMs)))
      for (const record of page) {
        counts[record.kind] += 1;
        review.seen(record);
        const change = changeOf(record);
        if (change !== null && changes.length < kept) changes.push(change);
      }
    const found = await judged(world, flow);
    const id = world.hash(`${flow.name} ${flow.version} ${by} ${at}`).slice(0, 24);
    const preview: Preview = {
      id,
      flow: flow.name,
      titles: around.titles(flow),
      version: flow.version,
      on: flow.state.kind !== "off",
      at,
      ...found,
      ...counts,
      review: flow.twoWay === null ? null : review.found(),
      changes,
    };
    world.previews.keep(preview);
    return preview;
  },
});

function changeOf(record: Foreseen): PreviewChange | null {
  const change = whatOf(record);
  const { way, first } = record;
  return change && { ...change, ...(way && { way }), ...(first && { first }) };
}

function whatOf(record: Foreseen): PreviewChange | null {
  const { kind, key } = record;
  switch (kind) {
    case "unchanged":
    case "filtered":
      return null;
    case "delete":
      return { key, action: kind, fields: {} };
    case "update":
      return { key, action: kind, fields: differences(record.from, record.fields) };
    case "conflict":
      return { key, action: kind, fields: differences(record.from ?? {}, record.fields) };
    case "create":
    case "invalid":
      return { key, action: kind, fields: differences({}, record.fields) };
    default:
      return kind satisfies never;
  }
}

function differences(from: Fields, to: Fields): PreviewChange["fields"] {
  const names = Object.keys(to).filter(
    (name) =>
      canonicalText({ value: from[name] ?? null }) !== canonicalText({ value: to[name] ?? null }),
  );
  return Object.fromEntries(
    names.map((name) => [name, { from: from[name] ?? null, to: to[name] ?? null }]),
  );
}
