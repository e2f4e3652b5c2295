import type { NewEvent } from "#domain/event.ts";
import type { Fields } from "#domain/fields.ts";
import { hubName } from "#domain/hub.ts";
import type { DealSeen, PageOutcome } from "#domain/ports/ledger.ts";
import { asRead, type PageRecord } from "#domain/record.ts";
import type { Claimed } from "./claimed.ts";
import { placesOf, sourceOf } from "./events.ts";
import type { Fate, Item } from "./item.ts";
import { wideOf } from "./open.ts";

type About = Pick<Claimed, "flow" | "ends">;

/** The flow writes the status, and its links remember it. What comes out of the hub was told as it came in. */
const writesStatus = ({ flow, ends }: About): boolean =>
  ends.entity.to === "deal" && ends.target.holds.has("status") && !flow.leaveOut.includes("status");

const isOutOfHub = ({ flow }: About): boolean => flow.from.connection === hubName;

/**
 * Of a flow from deals that writes no status, what its pages show: another kind of record may be made of
 * them, only of those that are won, say. `isNew`: whether the flow has not handled the record before.
 */
export function dealsShown(
  about: About,
  records: Iterable<PageRecord>,
  isNew: (key: string) => boolean,
): readonly DealSeen[] {
  const { entity } = about.ends;
  if ((entity.origin ?? entity.from) !== "deal" || writesStatus(about) || isOutOfHub(about))
    return [];
  const shown = new Map<string, DealSeen>();
  for (const each of records) {
    const record = asRead(each);
    const { id, content } = record;
    if (content.kind === "gone") continue;
    const key = dealKeyOf(record);
    const { origin: fields = content.fields } = content;
    const before = isNew(id) && shown.get(key)?.before !== null ? "not won" : null;
    const won = fields["status"] === "won";
    shown.set(key, { key, won, before, event: won ? wonAt(about, key, fields) : null });
  }
  return [...shown.values()];
}

/** The id of the deal that this is, or is made of. */
export const dealKeyOf = ({ id, content }: PageRecord): string =>
  content.kind === "live" ? (content.of ?? id) : id;

function wonAt({ flow }: About, key: string, record: Fields): NewEvent {
  const { connection, object } = flow.from;
  const data = { flow: flow.name, from: { connection, object, id: key }, record };
  return { type: "deal.won", source: sourceOf(flow), subject: key, data };
}

/** What is stored of deals with a page: those it shows, and of those written, what they were before. */
export async function dealsOf(
  claimed: Claimed,
  entries: readonly { item: Item; fate: Fate }[],
  shown: readonly DealSeen[],
): Promise<Pick<PageOutcome, "deals">> {
  const written = writesStatus(claimed) && !isOutOfHub(claimed) ? entries.flatMap((entry) => writtenOf(claimed, entry)) : []; // prettier-ignore
  const seen = [...shown, ...written];
  if (seen.length === 0) return {};
  const isWanted = (await claimed.wanted()).has("deal.won");
  return {
    deals: {
      at: claimed.flow.from,
      seen: isWanted ? seen : seen.map((one) => ({ ...one, event: null })),
    },
  };
}

function writtenOf(claimed: Claimed, { item, fate }: { item: Item; fate: Fate }): DealSeen[] {
  if (fate.kind !== "created" && fate.kind !== "updated") return [];
  const key = dealKeyOf(item.record);
  const won = item.fields["status"] === "won";
  const before = item.known.link?.base["status"] === "won" ? "won" : "not won";
  const { id } = fate.link;
  const data = { ...placesOf(claimed, item, id), record: wideOf(item) };
  const event: NewEvent = { type: "deal.won", source: sourceOf(claimed.flow), subject: id, data };
  return [{ key, won, before, event: won ? event : null }];
}
