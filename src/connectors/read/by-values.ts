import type { Json } from "#domain/json.ts";
import type { Variables } from "../manifest/template.ts";
import type { Answer } from "../request/line.ts";
import type { ByValues, ObjectPlan } from "./compile-object.ts";
import type { List } from "./list.ts";
import type { Reader } from "./reader.ts";

export type Read = { list: List; answer: Answer };

/** The answers to asking for these ids, in as many requests as it takes. */
export async function readByIds(
  plan: ObjectPlan,
  reader: Reader,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly Read[]> {
  const list = plan.byIds;
  if (list === null) throw new TypeError(`${plan.spec.title} cannot be read one by one`);
  const wanted = [...new Set(ids)];
  return inParts(wanted, list, (part) =>
    allPages(
      reader,
      list,
      { ids: [...part], id: only(list, part), items: items(list, "id", part) },
      signal,
    ),
  );
}

/** The answers to asking for records whose field has one of these values, already in the tool's words. */
export async function findByValues(
  reader: Reader,
  list: ByValues,
  field: string,
  values: readonly string[],
  signal: AbortSignal,
): Promise<readonly Read[]> {
  return inParts([...new Set(values)], list, (part) =>
    allPages(
      reader,
      list,
      {
        field,
        values: [...part],
        value: only(list, part),
        items: items(list, "value", part, field),
      },
      signal,
    ),
  );
}

const only = (list: ByValues, part: readonly string[]): string | undefined =>
  list.most === 1 ? part[0] : undefined;

const items = (list: ByValues, name: string, part: readonly string[], field?: string): Json =>
  part.map((one) => list.item({ [name]: one, field }) ?? null);

async function inParts(
  all: readonly string[],
  { most, longest }: Pick<ByValues, "most" | "longest">,
  read: (part: readonly string[]) => Promise<readonly Read[]>,
): Promise<readonly Read[]> {
  const parts: string[][] = [];
  let room = 0;
  for (const one of all) {
    const length = JSON.stringify(one).length + 1;
    if (length > (longest ?? Infinity)) continue;
    const last = parts.at(-1);
    if (last === undefined || last.length === most || length > room) {
      parts.push([one]);
      room = (longest ?? Infinity) - length;
    } else {
      last.push(one);
      room -= length;
    }
  }
  return (await Promise.all(parts.map(read))).flat();
}

async function allPages(
  reader: Reader,
  list: List,
  variables: Variables,
  signal: AbortSignal,
): Promise<readonly Read[]> {
  const read: Read[] = [];
  for (let place = list.pager?.first ?? {}; ;) {
    const answer = await reader.pageIfThere(list, place, variables, signal);
    if (answer === null) return read;
    read.push({ list, answer });
    const records = list.entries(answer.body).map(() => ({ id: "", changedAt: null }));
    // A page that is not full is the last one: what is asked for here is few records.
    const full = list.size === null || records.length >= list.size;
    const next = full ? (list.pager?.next(place, { body: answer.body ?? null, records }) ?? null) : null; // prettier-ignore
    if (next === null) return read;
    place = next;
  }
}
