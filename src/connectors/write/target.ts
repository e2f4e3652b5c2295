import type { Origin, Target } from "#domain/ports/tools.ts";
import type { TargetRecord } from "#domain/record.ts";
import type { Clock } from "#domain/ports/world.ts";
import type { Variables } from "../manifest/template.ts";
import { textOf } from "../json/path.ts";
import { findByValues, readByIds } from "../read/by-values.ts";
import type { ObjectPlan } from "../read/compile-object.ts";
import type { Tree } from "../read/open-tree.ts";
import type { Reader } from "../read/reader.ts";
import { targetRecordsOf } from "../read/records.ts";
import type { Classify } from "../request/classify.ts";
import type { Line } from "../request/line.ts";
import type { WritePlan } from "./compile-write.ts";
import { makeSendFile } from "./send-file.ts";
import { sendPlain } from "./send.ts";
import type { TellAll } from "./tell.ts";

/** An object of a connection that is written. */
export function openTarget(parts: {
  plan: ObjectPlan;
  write: WritePlan;
  reader: Reader;
  line: Line;
  classify: Classify;
  clock: Clock;
  shared: Variables;
  tellAll: TellAll | null;
  tree: Tree | null;
  /** Whether it is somebody who is told of events. */
  tells: boolean;
  /** Opens the files that come from the source. */
  content: Origin["content"];
}): Target {
  const { plan, write, reader, tree } = parts;
  const { find } = plan.spec;
  const keyed = write.spec.known_by === "key";
  const endpoint = parts.tells && keyed;
  const all = { ...parts, title: reader.title };

  /** A name that the tool cannot hold as it is has been made another one. */
  const asWorded = (field: string, value: unknown): string =>
    sameAs(typeof value === "string" ? (textOf(plan.fields.encodeOne(field, value) ?? undefined) ?? value) : value); // prettier-ignore

  async function foundIn(folders: Tree, path: string, signal: AbortSignal) {
    const found = await folders.find(path, signal);
    return found.flatMap((record): TargetRecord[] => {
      const id = plan.idOf(record);
      const { fields } = plan.fields.decode(record, reader.country);
      return id === null ? [] : [{ id, version: plan.versionOf(record), fields }];
    });
  }

  return {
    batch: write.spec.batch,
    parallel: write.spec.parallel,
    repeat: write.spec.repeat,
    lagMs: find?.lag ?? 0,
    searchable: Object.keys(plan.findBy),
    holds: new Set(plan.fields.names),
    coarse: plan.fields.coarse,
    references: plan.fields.references,
    needs: write.spec.needs,
    keyed,
    ...(endpoint && { endpoint }),

    async find(field, wanted, signal) {
      if (tree !== null && field === "path")
        return Promise.all(wanted.map((path) => foundIn(tree, path, signal)));
      const toolName = plan.findBy[field];
      if (plan.find === null || toolName === undefined)
        throw new TypeError(`${plan.spec.title} cannot be searched by ${field}`);
      // A value the field cannot hold is nowhere to be found.
      const asked = wanted.flatMap((value) => textOf(plan.fields.encodeOne(field, value) ?? undefined) ?? []); // prettier-ignore
      const read = await findByValues(reader, plan.find, toolName, asked, signal);
      const found = new Map<string, Map<string, TargetRecord>>();
      for (const { list, answer } of read)
        for (const record of targetRecordsOf(plan, list, answer, reader.country)) {
          const key = asWorded(field, record.fields[field]);
          const group = found.get(key) ?? new Map<string, TargetRecord>();
          found.set(key, group.set(record.id, record));
        }
      return wanted.map((value) => [...(found.get(asWorded(field, value))?.values() ?? [])]);
    },

    async read(ids, signal) {
      if (keyed) return [];
      const read = await readByIds(plan, reader, ids, signal);
      for (const { list, answer } of read) await tree?.settle(list, answer, signal);
      return read.flatMap(({ list, answer }) =>
        targetRecordsOf(plan, list, answer, reader.country),
      );
    },

    send: plan.content === null ? (request, signal, heard) => sendPlain({ ...all, ...(endpoint && { heard }) }, request, signal) : makeSendFile(all), // prettier-ignore
  };
}

/** Tools take names and addresses for the same whatever the size of their letters, and so do people. */
const sameAs = (value: unknown): string =>
  typeof value === "string" ? value.trim().normalize("NFC").toLowerCase() : "";
