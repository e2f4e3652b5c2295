import { createHash } from "node:crypto";
import type { Fields } from "#domain/fields.ts";
import type { Problem } from "#domain/problem.ts";
import type { SourceRecord, TargetRecord } from "#domain/record.ts";
import { deepestJson, jsonText } from "../json/lossless.ts";
import { type Slice, slicesOf } from "../json/slices.ts";
import { survey } from "../json/survey.ts";
import type { Answer } from "../request/line.ts";
import type { List, ObjectPlan } from "./compile-object.ts";

/** Larger than this a record is not taken. */
const largestRecord = 1_048_576;
const longestId = 512;

/** The records of an answer, as an object of a manifest understands them. */
export function recordsOf(
  plan: ObjectPlan,
  list: List,
  answer: Answer,
  country: string | null,
): SourceRecord[] {
  const found = list.records(answer.body);
  const slices = lazySlices(answer.text, list.path);
  // Only an answer that is large or deep itself can hold a record that is.
  const suspicious = answer.text.length > largestRecord / 4 || answer.depth > deepestJson;

  return found.map((record, index) => {
    const raw = () => Buffer.from(slices.text(index) ?? jsonText(record));
    const id = plan.idOf(record);
    const changedAt = plan.changedAt(record);
    const bad = badId(id) ?? (suspicious ? beyondLimits(slices.text(index)) : null);
    if (id === null || bad !== null)
      return { id: soundId(id, raw), changedAt, raw, content: refused(bad ?? noId) };
    if (plan.isGone(record)) return { id, changedAt, raw, content: { kind: "gone" } };
    return { id, changedAt, raw, content: live(plan.fields.decode(record, country)) };
  });
}

/** The records of an answer as a target has them: without those that are gone or have no id. */
export function targetRecordsOf(
  plan: ObjectPlan,
  list: List,
  answer: Answer,
  country: string | null,
): TargetRecord[] {
  return list.records(answer.body).flatMap((record) => {
    const id = plan.idOf(record);
    if (id === null || plan.isGone(record)) return [];
    const { fields } = plan.fields.decode(record, country);
    return [{ id, version: plan.versionOf(record), fields }];
  });
}

type Live = { kind: "live"; fields: Fields; problems: readonly Problem[] };

const live = (decoded: { fields: Fields; problems: readonly Problem[] }): Live => ({
  kind: "live",
  ...decoded,
});
const refused = (problem: Problem): Live => ({ kind: "live", fields: {}, problems: [problem] });

const noId: Problem = {
  class: "invalid",
  field: null,
  code: "BAD_KEY",
  message: "The tool sent this record without an id",
};

const badId = (id: string | null): Problem | null => {
  if (id === null || id === "") return noId;
  if (id.length * 3 <= longestId || Buffer.byteLength(id) <= longestId) return null;
  return { ...noId, message: "The record's id is longer than 512 bytes" };
};

/** A record that cannot be told by its id is told by its content, so that it can be kept at all. */
const soundId = (id: string | null, raw: () => Buffer): string =>
  id !== null && badId(id) === null
    ? id
    : `sha256:${createHash("sha256").update(raw()).digest("hex")}`;

function beyondLimits(text: string | undefined): Problem | null {
  if (text === undefined) return null;
  const tooLarge = (code: string, message: string): Problem => ({
    class: "too_large",
    field: null,
    code,
    message,
  });
  if (Buffer.byteLength(text) > largestRecord)
    return tooLarge("TOO_LARGE", "The record is larger than 1 MB");
  if (survey(text).depth > deepestJson)
    return tooLarge("TOO_DEEP", "The record is nested more than 64 levels deep");
  return null;
}

/** Finds where the records stand in the answer the first time one of them is asked for. */
function lazySlices(text: string, path: readonly string[]) {
  let slices: readonly Slice[] | undefined;
  return {
    text(index: number): string | undefined {
      slices ??= slicesOf(text, path);
      const slice = slices[index];
      return slice === undefined ? undefined : text.slice(slice.from, slice.to);
    },
  };
}
