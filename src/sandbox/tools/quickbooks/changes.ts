import type { Books, Customer } from "./books.ts";
import type { Values } from "./customer-fields.ts";
import { missingParam, queryInvalid } from "./errors.ts";
import { emptyEntities } from "./query.ts";

const LOOK_BACK_MS = 30 * 86_400_000;
const MOST = 1000;

/** `GET /cdc`: what changed since, at most 1,000 records in all and no second page. */
export function changes(given: URLSearchParams, books: Books): Values {
  const names = (given.get("entities") ?? "").split(",").filter((name) => name !== "");
  if (names.length === 0) throw missingParam("entities");
  const since = given.get("changedSince");
  if (since === null) throw missingParam("changedSince");
  const from = Date.parse(since);
  if (Number.isNaN(from)) throw queryInvalid(`changedSince is not a time: ${since}`);
  if (from < Date.now() - LOOK_BACK_MS) {
    throw queryInvalid(`changedSince is more than 30 days ago: ${since}`);
  }
  const responses = names.map((name): Values => {
    if (emptyEntities.includes(name)) return {};
    if (name !== "Customer") throw queryInvalid(`Entity ${name} is not supported`);
    const changed = changedSince(books.all(), from).slice(0, MOST);
    if (changed.length === 0) return {};
    return { Customer: changed, startPosition: 1, maxResults: changed.length };
  });
  return { CDCResponse: [{ QueryResponse: responses }] };
}

function changedSince(customers: Iterable<Customer>, from: number): Customer[] {
  const changed: { at: number; customer: Customer }[] = [];
  for (const customer of customers) {
    const at = Date.parse(customer.MetaData.LastUpdatedTime);
    if (at >= from) changed.push({ at, customer });
  }
  return changed.sort((a, b) => a.at - b.at).map(({ customer }) => customer);
}
