import type { Target } from "#domain/ports/tools.ts";
import type { Problem } from "#domain/problem.ts";
import type { Sent, TargetRecord, Update, Write } from "#domain/record.ts";
import { renamed, type Partners } from "./names.ts";

/** The object of a flow's source as it is written on the way back, spoken to in the names of the flow's target. */
export function inOurNames(source: Target, { atSource, atTarget }: Partners): Target {
  const names = (theirs: Iterable<string>): string[] =>
    [...theirs].flatMap((name) => atTarget(name) ?? []);
  const record = (theirs: TargetRecord): TargetRecord => ({
    ...theirs,
    fields: renamed(theirs.fields, atTarget),
  });
  const write = (ours: Write): Write =>
    ours.kind === "archive" ? ours : { ...ours, fields: renamed(ours.fields, atSource) };
  const { outranked } = source;
  const problem = ({ field, ...rest }: Problem): Problem => ({
    ...rest,
    field: field === null ? null : (atTarget(field) ?? field),
  });

  function sent(theirs: Sent): Sent {
    switch (theirs.kind) {
      case "each":
        return {
          ...theirs,
          outcomes: theirs.outcomes.map((outcome) =>
            outcome.kind === "rejected"
              ? { ...outcome, problem: problem(outcome.problem) }
              : outcome,
          ),
        };
      case "refused":
        return { ...theirs, problem: problem(theirs.problem) };
      case "unknown":
        return theirs;
      default:
        return theirs satisfies never;
    }
  }

  return {
    ...source,
    searchable: names(source.searchable),
    holds: new Set(names(source.holds)),
    coarse: new Set(names(source.coarse)),
    needs: names(source.needs),
    references: Object.fromEntries(
      Object.entries(source.references).flatMap(([name, object]) => {
        const ours = atTarget(name);
        return ours === null ? [] : [[ours, object]];
      }),
    ),
    async find(field, wanted, signal) {
      const found = await source.find(atSource(field) ?? field, wanted, signal);
      return found.map((records) => records.map(record));
    },
    read: async (ids, signal) => (await source.read(ids, signal)).map(record),
    ...(outranked && {
      async outranked(updates: readonly Update[]) {
        const ours = updates.map((one) => ({ ...one, fields: renamed(one.fields, atSource) }));
        return (await outranked(ours)).map(names);
      },
    }),
    send: async ({ id, writes }, signal) =>
      sent(await source.send({ id, writes: writes.map(write) }, signal)),
  };
}
