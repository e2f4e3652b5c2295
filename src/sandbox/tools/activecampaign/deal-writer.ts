import { later } from "./contact-writer.ts";
import { born, type Crm, type Deal, now } from "./crm.ts";
import { type GivenValue, keepValues } from "./custom-values.ts";
import { invalid, missing, relatedMissing } from "./errors.ts";
import type { Events, Source } from "./events.ts";
import { pipelines, stages } from "./pipelines.ts";
import { users } from "./staff.ts";
import { toldDeal } from "./told.ts";

export type DealGiven = Partial<Omit<Deal, "id" | "created" | "updated">> & {
  values: readonly GivenValue[];
};

export type DealWriter = {
  create(given: DealGiven, source: Source | null, at?: number): Deal;
  update(deal: Deal, given: DealGiven, source: Source): Deal;
  remove(deal: Deal): void;
};

const REQUIRED = ["title", "value", "currency", "owner"] as const;

export function openDealWriter(crm: Crm, events: Events): DealWriter {
  /** Refuses a deal that belongs to nobody, or to somebody there is not. */
  function verified(deal: Deal): Deal {
    if (deal.contact === null && deal.account === null) throw missing("contact");
    if (deal.contact !== null && crm.contacts.get(deal.contact) === undefined)
      throw relatedMissing("contact");
    if (deal.account !== null && crm.accounts.get(deal.account) === undefined)
      throw relatedMissing("account");
    if (!users.some(({ id }) => id === deal.owner)) throw relatedMissing("owner");
    if (!/^[a-z]{3}$/.test(deal.currency)) throw invalid("currency");
    if (deal.status > 2) throw invalid("status");
    return deal;
  }

  return {
    create({ values, ...given }, source, at = now()) {
      for (const name of REQUIRED) if ((given[name] ?? "") === "") throw missing(name);
      const deal = {
        title: "",
        description: "",
        account: null,
        contact: null,
        value: 0,
        currency: "",
        owner: "",
        percent: null,
        status: 0,
        ...given,
        ...placed(given),
        ...born(at),
      };
      verified({ ...deal, id: "" });
      const added = crm.deals.add(deal);
      keepValues(crm.dealValues, added.id, values, at);
      crm.tally.creates += 1;
      if (source !== null) events.tell({ type: "deal_add", source, list: "0", fields: toldDeal(crm, added) }); // prettier-ignore
      return added;
    },
    update(deal, { values, ...given }, source) {
      if (given.title === "") throw missing("title");
      const moves = given.group !== undefined || given.stage !== undefined;
      const place = moves ? placed({ group: deal.group, ...given }) : {};
      const after = verified({ ...deal, ...given, ...place, updated: later(deal) });
      keepValues(crm.dealValues, deal.id, values);
      crm.deals.change(after);
      crm.tally.updates += 1;
      events.tell({ type: "deal_update", source, list: "0", fields: toldDeal(crm, after) });
      return after;
    },
    remove({ id }) {
      for (const value of crm.dealValues.by("owner", id)) crm.dealValues.remove(value.id);
      crm.deals.remove(id);
      crm.tally.archived += 1;
    },
  };
}

/** The stage and its pipeline; the first stage where only the pipeline is given. */
function placed({ group, stage }: { group?: string; stage?: string }): {
  group: string;
  stage: string;
} {
  // prettier-ignore
  if (group === undefined && stage === undefined) throw missing("group");
  if (group !== undefined && !pipelines.some(({ id }) => id === group)) throw relatedMissing("group"); // prettier-ignore
  const wanted =
    stage === undefined
      ? stages.find((one) => one.group === group)
      : stages.find(({ id }) => id === stage);
  if (wanted === undefined) throw relatedMissing("stage");
  if (group !== undefined && wanted.group !== group) throw invalid("stage");
  return { group: wanted.group, stage: wanted.id };
}
