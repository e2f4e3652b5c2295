import { endText, type End } from "#domain/flow.ts";
import type { Candidate, Problem } from "#domain/problem.ts";
import type { TargetRecord } from "#domain/record.ts";
import type { Entity } from "#domain/entities/entity.ts";

export const candidate = (entity: Entity, record: TargetRecord): Candidate => ({
  id: record.id,
  title: entity.title(record.fields) ?? record.id,
});

export const severalMatch = (
  entity: Entity,
  field: string,
  found: readonly TargetRecord[],
): Problem => ({
  class: "ambiguous_match",
  field,
  code: "SEVERAL_MATCH",
  message: `${found.length} ${entity.many} have the same ${label(entity, field)}; choose one`,
  candidates: found.map((record) => candidate(entity, record)),
});

/** Several records of one side match one of the other. */
export const twinsMatch = (
  entity: Entity,
  field: string,
  found: readonly TargetRecord[],
): Problem => ({
  class: "ambiguous_match",
  field,
  code: "TWINS_MATCH",
  message: `Another ${entity.one} beside this one has the same ${label(entity, field)}; choose which of them belongs to the one over there`,
  candidates: found.map((record) => candidate(entity, record)),
});

export const linkedElsewhere = (
  entity: Entity,
  field: string | null,
  found: TargetRecord,
  key: string,
): Problem => ({
  class: "ambiguous_match",
  field,
  code: "ALREADY_LINKED",
  message: `The matching ${entity.one} is already linked to another record of the source ("${key}")`,
  candidates: [candidate(entity, found)],
});

export const changedMeanwhile = (id: string): Problem => ({
  class: "conflict",
  field: null,
  code: "CHANGED_MEANWHILE",
  message: "Somebody keeps changing this record at the target; try again in a moment",
  candidates: [{ id, title: id }],
});

export const goneAtTarget = (id: string): Problem => ({
  class: "conflict",
  field: null,
  code: "GONE_AT_TARGET",
  message: "This record is not at the target any more",
  candidates: [{ id, title: id }],
});

export const maybeWritten = (reason: string): Problem => ({
  class: "ambiguous_write",
  field: null,
  code: "MAYBE_WRITTEN",
  message: `It may have been written already, and the tool cannot tell: ${reason}`,
});

const label = (entity: Entity, field: string): string =>
  entity.fields[field]?.label.toLowerCase() ?? field;

export const chosenIsGone = (entity: Entity, id: string): Problem => ({
  class: "ambiguous_match",
  field: null,
  code: "CHOSEN_IS_GONE",
  message: `The chosen ${entity.one} is not at the target any more; choose another one`,
  candidates: [{ id, title: id }],
});

export const sameAsAnother: Problem = {
  class: "ambiguous_match",
  field: null,
  code: "SAME_AS_ANOTHER",
  message: "Another record of the source looks like the same one",
};

/** Our code for a record that waits for another one to arrive. */
export const waiting = "WAITS_FOR_REFERENCE";

/** Something this record refers to is not at the target yet, or is brought there by no flow. */
export const waitsFor = (
  field: string,
  id: string,
  { from, to }: { from: End; to: End },
  isBrought: boolean,
): Problem => ({
  class: "missing_reference",
  field,
  code: waiting,
  message: isBrought
    ? `This refers to ${id} of ${endText(from)}, which is not in ${endText(to)} yet; it is written by itself once that has arrived`
    : `This refers to ${id} of ${endText(from)}, and no flow brings those to ${endText(to)}`,
});

/** Nothing is wrong with it: a person has to say which side counts. */
export const changedOnBothSides = (fields: readonly string[]): Problem => ({
  class: "conflict",
  field: fields.length === 1 ? (fields[0] ?? null) : null,
  code: "BOTH_CHANGED",
  message: "Both sides have another value, and a person has to say which one counts",
});
