import { createHash } from "node:crypto";
import { badCharacter } from "../codecs/codec.ts";
import type { Fields } from "#domain/fields.ts";
import type { Json } from "#domain/json.ts";
import type { Problem } from "#domain/problem.ts";
import type { PageRecord, SourceRecord, TargetRecord, UnreadRecord } from "#domain/record.ts";
import { bytesOfText } from "../json/bytes.ts";
import { deepestJson, jsonText, parseJson, readShallow } from "../json/lossless.ts";
import { type Slice, slicesOf } from "../json/slices.ts";
import { survey } from "../json/survey.ts";
import { textOf } from "../json/path.ts";
import type { Decoded } from "../manifest/compile-fields.ts";
import { deepestAnswer } from "../request/answer-text.ts";
import type { Answer } from "../request/line.ts";
import type { ObjectPlan } from "./compile-object.ts";
import type { Entry, List } from "./list.ts";

/** Larger than this a record is not taken. */
const largestRecord = 1_048_576;
const longestId = 512;

/**
 * The records of an answer, as an object of a manifest understands them. `later`: those that can be told by
 * their texts are decoded only where somebody wants to know more of them.
 */
export function recordsOf(
  plan: ObjectPlan,
  list: List,
  answer: Answer,
  about: { country: string | null },
): SourceRecord[];
export function recordsOf(
  plan: ObjectPlan,
  list: List,
  answer: Answer,
  about: { country: string | null; later: boolean },
): PageRecord[];
export function recordsOf(
  plan: ObjectPlan,
  list: List,
  answer: Answer,
  { country, later = false }: { country: string | null; later?: boolean },
): PageRecord[] {
  const found = list.entries(answer.body);
  const textAt = textsOf(answer, list);
  // Only an answer that is large or deep itself can hold a record that is.
  const suspicious = answer.text.length > largestRecord / 4 || answer.depth > deepestJson;
  const alone = !suspicious && standAlone(plan, list);

  return found.flatMap((entry, index): PageRecord[] => {
    if (entry.record !== undefined && !plan.isOurs(entry.record)) return [];
    const record = entry.record ?? {};
    const text = textAt(index, record);
    const raw = bytesOf(text);
    const id = idOf(plan, entry);
    const changedAt = plan.changedAt(record);
    const bad = badId(id) ?? (suspicious ? beyondLimits(text()) : null);
    if (id === null || bad !== null)
      return [{ id: soundId(id, raw), changedAt, raw, content: refused(bad ?? noId) }];
    if (isGone(plan, entry))
      return [{ id, changedAt, raw, content: gone(plan.mergedInto(record)) }];
    const about = { id, changedAt, changedBy: plan.changedBy(record), raw };
    return [{ ...about, ...present(plan, record, text, { country, later, alone }) }];
  });
}

/** What a record that is there holds, and its text where it can be told by that. */
function present(
  plan: ObjectPlan,
  record: Json,
  text: () => string,
  { country, later, alone }: { country: string | null; later: boolean; alone: boolean },
): Pick<SourceRecord, "text" | "content"> | Pick<UnreadRecord, "text" | "content"> {
  if (!alone || plan.mergedFrom(record).length > 0)
    return { content: living(plan, record, country) };
  if (!later) return { text, content: living(plan, record, country) };
  return {
    text,
    content: { kind: "unread", read: () => living(plan, parseJson(text()), country) },
  };
}

/** One record by itself, whose id and end are known, as an object of a manifest understands it. */
export function recordOf(
  plan: ObjectPlan,
  { id, text, isGone: ended }: { id: string; text: string; isGone: boolean },
  country: string | null,
): SourceRecord {
  const raw = () => bytesOfText(text);
  const record = ended ? {} : parseJson(text);
  if (ended || plan.isGone(record))
    return { id, changedAt: null, raw, content: gone(plan.mergedInto(record)) };
  return { id, changedAt: plan.changedAt(record), raw, content: living(plan, record, country) };
}

/** What is not there, or not there any more. */
export const absent = (id: string): SourceRecord => ({
  id,
  changedAt: null,
  raw: () => Buffer.alloc(0),
  content: { kind: "gone" },
});

/** Why this cannot be a record's id; null where it can. */
export const badIdOf = (id: string | null): string | null => badId(id)?.message ?? null;

const idOf = (plan: ObjectPlan, { record, id }: Entry): string | null =>
  id ?? (record === undefined ? null : plan.idOf(record));

const isGone = (plan: ObjectPlan, { record, gone: said }: Entry): boolean =>
  said || record === undefined || plan.isGone(record) || isOutside(plan, record);

/** Somebody else's file that we may see, or one in a folder that we may not. */
const isOutside = ({ tree }: ObjectPlan, record: Json): boolean =>
  tree !== null && textOf((record as { path?: Json }).path) === null;

const gone = (into: string | null): SourceRecord["content"] =>
  into === null ? { kind: "gone" } : { kind: "gone", into };

function living(plan: ObjectPlan, record: Json, country: string | null): Live {
  const swallowed = plan.mergedFrom(record);
  const content = live(withBytes(plan, plan.fields.decode(record, country)));
  return swallowed.length === 0 ? content : { ...content, swallowed };
}

/** Whether records are nothing but what their own texts say. */
const standAlone = ({ tree, content }: ObjectPlan, list: List): boolean =>
  tree === null &&
  content === null &&
  list.path !== null &&
  list.parents === null &&
  list.joins.length === 0 &&
  !list.beside &&
  !list.compact;

/** A file that has no bytes cannot be taken anywhere, and that is said. */
function withBytes({ content }: ObjectPlan, decoded: Decoded): Decoded {
  const { fields, problems } = decoded;
  if (content === null || fields["kind"] !== "file" || fields["content"]) return decoded;
  const problem: Problem = { class: "rejected", field: "content", code: "NO_BYTES", message: content.none }; // prettier-ignore
  return { fields, problems: [...problems, problem] };
}

/** The records of an answer as a target has them: without those that are gone, others', or without an id. */
export function targetRecordsOf(
  plan: ObjectPlan,
  list: List,
  answer: Answer,
  country: string | null,
): TargetRecord[] {
  return list.entries(answer.body).flatMap((entry) => {
    const id = idOf(plan, entry);
    const { record } = entry;
    if (id === null || record === undefined || isGone(plan, entry)) return [];
    if (!plan.isOurs(record)) return [];
    const { fields } = plan.fields.decode(record, country);
    const [changedAt, changedBy] = [plan.changedAt(record), plan.changedBy(record)];
    return [{ id, version: plan.versionOf(record), fields, changedAt, changedBy }];
  });
}

type Live = Extract<SourceRecord["content"], { kind: "live" }>;

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
  const bad = badCharacter(id);
  if (bad !== null) return { ...noId, message: `The record's id cannot be kept. ${bad.message}` };
  if (id.length * 3 <= longestId || Buffer.byteLength(id) <= longestId) return null;
  return { ...noId, message: "The record's id is longer than 512 bytes" };
};

/** A record that cannot be told by its id is told by its content, so that it can be kept at all. */
const soundId = (id: string | null, raw: () => Buffer): string =>
  id !== null && badId(id) === null
    ? id
    : `sha256:${createHash("sha256").update(raw()).digest("hex")}`;

function beyondLimits(text: string): Problem | null {
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

/**
 * The records' own texts. They are seldom asked for, so that they are found only then; and they hold on to
 * the answer's text, not to what was made of it, of which nothing is wanted once it is decoded.
 */
function textsOf(
  { text, ends }: Answer,
  list: List,
): (index: number, record: Json) => () => string {
  const { path } = list;
  if (path === null) return textOfJson;
  let slices: readonly Slice[] | undefined;
  const again = (index: number): string =>
    jsonText(list.entries(readShallow(text, deepestAnswer).value)[index]?.record ?? {});
  const found = (index: number): string => {
    slices ??= slicesOf(text, path, ends);
    const slice = slices[index];
    return slice === undefined ? again(index) : text.slice(slice.from, slice.to);
  };
  return (index) => () => found(index);
}

const textOfJson = (_index: number, record: Json) => () => jsonText(record);

// Apart from where a record is made, so that it does not hold on to all that is known there.
const bytesOf = (text: () => string) => () => bytesOfText(text());
