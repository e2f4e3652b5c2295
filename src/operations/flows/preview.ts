import { canonicalText, type Fields } from "#domain/fields.ts";
import type { Foreseen } from "#domain/ports/engine.ts";
import { z } from "zod";
import type { Preview, PreviewChange } from "../contract.ts";
import { findFlow } from "../find.ts";
import { flowField } from "../input.ts";
import { operation } from "../operation.ts";

/** More than a person will read; the counts go on. */
const kept = 1000;
const patienceMs = 30 * 60_000;

export const flowsPreview = operation("flows.preview", {
  title: "Previewing a flow",
  needs: "operator",
  audited: "always",
  input: z.strictObject({ flow: flowField }),
  told: ({ flow }) => ({ flow }),

  async run({ flow: name }, { world }) {
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
    for await (const page of world.engine.preview(flow, AbortSignal.timeout(patienceMs)))
      for (const record of page) {
        counts[record.kind] += 1;
        const change = changeOf(record);
        if (change !== null && changes.length < kept) changes.push(change);
      }
    return { flow: flow.name, ...counts, changes } satisfies Preview;
  },
});

function changeOf(record: Foreseen): PreviewChange | null {
  const { kind, key } = record;
  switch (kind) {
    case "unchanged":
    case "filtered":
      return null;
    case "delete":
      return { key, action: kind, fields: {} };
    case "update":
      return { key, action: kind, fields: differences(record.from, record.fields) };
    case "create":
    case "conflict":
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
