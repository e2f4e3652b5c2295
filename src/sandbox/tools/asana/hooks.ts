import type { Collection, Shelf } from "../../collection.ts";
import { isGiven } from "./endpoint.ts";
import { wrongField } from "./errors.ts";
import type { Event, Named } from "./event-log.ts";
import type { Shown } from "./opt-fields.ts";
import { text, texts } from "./values.ts";

export type Filter = {
  resource_type?: string;
  resource_subtype?: string;
  action?: string;
  fields?: string[];
};

export type Hook = {
  gid: string;
  resource: Named;
  target: string;
  filters: Filter[];
  secret: string;
  created_at: string;
  last_success_at: string | null;
  last_failure_at: string | null;
  last_failure_content: string;
  retries: number;
  next_attempt_after: string | null;
  /** When it will be deleted if nothing gets through until then. */
  failure_deletion_timestamp: string | null;
};

export type Hooks = Collection<Hook>;
export const openHooks = (shelf: Shelf): Hooks => shelf.collection<Hook>("webhooks");

const ACTIONS = ["changed", "added", "removed", "deleted", "undeleted"];
const KEYS = ["resource_type", "resource_subtype", "action", "fields"];

export function filtersIn(given: unknown): Filter[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw wrongField("filters", "Not an array");
  return given.map((one: unknown) => {
    if (!isGiven(one)) throw wrongField("filters", "Not an object");
    const strange = Object.keys(one).find((key) => !KEYS.includes(key));
    if (strange !== undefined) throw wrongField(`filters.${strange}`, "Unknown field");
    const { fields, action, ...rest } = one;
    if (action !== undefined && !ACTIONS.includes(text("filters.action", action)))
      throw wrongField("filters.action", `Not one of ${ACTIONS.join(", ")}`);
    if (fields !== undefined && action !== "changed")
      throw wrongField("filters.fields", "Only valid for the action changed");
    for (const [name, value] of Object.entries(rest)) text(`filters.${name}`, value);
    if (fields !== undefined) texts("filters.fields", fields);
    return one as Filter;
  });
}

/** Whether this webhook tells of this event: any filter will do, and without filters all do. */
export const hears = ({ resource, filters }: Hook, event: Event): boolean =>
  event.subjects.includes(resource.gid) &&
  (filters.length === 0 || filters.some((filter) => fits(filter, event)));

const fits = (filter: Filter, { resource, action, change }: Event): boolean =>
  (filter.resource_type === undefined || filter.resource_type === resource.resource_type) &&
  (filter.resource_subtype === undefined ||
    filter.resource_subtype === resource.resource_subtype) &&
  (filter.action === undefined || filter.action === action) &&
  (filter.fields === undefined || filter.fields.includes(change?.field ?? ""));

export const hookShown = (hook: Hook): Shown => ({
  gid: hook.gid,
  resource_type: "webhook",
  active: true,
  resource: hook.resource,
  target: hook.target,
  filters: hook.filters,
  created_at: hook.created_at,
  ...(hook.last_success_at !== null && { last_success_at: hook.last_success_at }),
  ...(hook.last_failure_at !== null && { last_failure_at: hook.last_failure_at }),
  last_failure_content: hook.last_failure_content,
  delivery_retry_count: hook.retries,
  ...(hook.next_attempt_after !== null && { next_attempt_after: hook.next_attempt_after }),
  ...(hook.failure_deletion_timestamp !== null && {
    failure_deletion_timestamp: hook.failure_deletion_timestamp,
  }),
});
