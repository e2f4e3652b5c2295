import type { Company } from "../company/company.ts";
import type { Entity, Gone, Stored } from "../company/entity.ts";
import { missingParam, queryInvalid } from "../errors.ts";
import type { Values } from "../fields/values.ts";
import { emptyEntities } from "./query.ts";

const LOOK_BACK_MS = 30 * 86_400_000;
const MOST = 1000;

/** `GET /cdc`: what changed and what is gone since, at most 1,000 in all and no second page. */
export function changes(given: URLSearchParams, { entities }: Company): Values {
  const names = (given.get("entities") ?? "").split(",").filter((name) => name !== "");
  if (names.length === 0) throw missingParam("entities");
  const since = given.get("changedSince");
  if (since === null) throw missingParam("changedSince");
  const from = Date.parse(since);
  if (Number.isNaN(from)) throw queryInvalid(`changedSince is not a time: ${since}`);
  if (from < Date.now() - LOOK_BACK_MS) {
    throw queryInvalid(`changedSince is more than 30 days ago: ${since}`);
  }
  let room = MOST;
  const responses = names.map((name): Values => {
    if (emptyEntities.includes(name)) return {};
    const entity = entities.find((known) => known.name === name);
    if (entity === undefined) throw queryInvalid(`Entity ${name} is not supported`);
    const changed = changedSince(entity, from).slice(0, room);
    room -= changed.length;
    if (changed.length === 0) return {};
    return { [name]: changed, startPosition: 1, maxResults: changed.length };
  });
  return { CDCResponse: [{ QueryResponse: responses }] };
}

/** Oldest first. */
function changedSince(entity: Entity, from: number): (Stored | Gone)[] {
  const changed: { at: number; record: Stored | Gone }[] = [];
  for (const records of [entity.all(), entity.gone()]) {
    for (const record of records) {
      const at = Date.parse(record.MetaData.LastUpdatedTime);
      if (at >= from) changed.push({ at, record });
    }
  }
  return changed.sort((a, b) => a.at - b.at).map(({ record }) => record);
}
