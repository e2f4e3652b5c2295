import { sameValue } from "#domain/fields.ts";
import type { Link } from "#domain/ports/ledger.ts";
import type { TargetRecord } from "#domain/record.ts";
import type { Claimed } from "./claimed.ts";
import type { Fate } from "./item.ts";
import { letGo, type Open } from "./open.ts";

/**
 * In a two-way flow what the other side has now decides as well. Returns what is still to be done: a
 * record that was changed there is not archived, and comes back instead.
 */
export function makeSeen(
  { ends, own, calls }: Pick<Claimed, "ends" | "own" | "calls">,
  settle: (open: Open, fate: Fate) => void,
): (open: readonly Open[]) => Promise<readonly Open[]> {
  /** Whether somebody has changed it over there since both sides agreed, in what comes back from there. */
  const isChanged = ({ back }: Link, { fields }: TargetRecord): boolean =>
    back !== null &&
    Object.keys(fields).some(
      (name) => own?.holds.has(name) && !sameValue(fields[name], back.base[name]),
    );

  return async (open) => {
    const linked = open.flatMap(({ step }) => step.kind === "look" || isUnseen(step) ? step.link.id : []); // prettier-ignore
    if (linked.length === 0) return open;
    const now = await ends.target.read([...new Set(linked)], calls);
    const byId = new Map(now.map((record) => [record.id, record]));
    return open.filter((each) => {
      const { step } = each;
      if (step.kind !== "look" && !isUnseen(step)) return true;
      const record = byId.get(step.link.id);
      if (step.kind === "archive") {
        if (record === undefined) settle(each, { kind: "deleted" });
        else if (isChanged(step.link, record))
          settle(each, { kind: "unchanged", link: owing(step.link) });
        else {
          each.step = { ...step, seen: true, link: { ...step.link, version: record.version } };
          return true;
        }
        return false;
      }
      each.surprises.missing += record === undefined ? 1 : 0;
      if (record === undefined) letGo(each);
      each.step = record === undefined ? { kind: "match" } : { kind: "update", ...record, current: record.fields }; // prettier-ignore
      return true;
    });
  };
}

const isUnseen = (step: Open["step"]): step is Archive => step.kind === "archive" && !step.seen;
type Archive = Extract<Open["step"], { kind: "archive" }>;

/** To be handled from the other side, whether that has something new or not. */
const owing = (link: Link): Link => ({ ...link, back: link.back && { ...link.back, hash: "" } });
