import { Pool } from "undici";
import { answerParent } from "../messages.ts";
import { measured } from "../measure.ts";

/** The same work with nothing remembered: read a page ahead, map, write, one writer. What this machine can do. */

const [source = "", destination = ""] = process.argv.slice(2);
const options = { connections: 1, pipelining: 1 };
const from = new Pool(source, options);
const to = new Pool(destination, options);

type Native = { id: string; createdAt: string; properties: Record<string, string> };
type Page = { results: Native[]; paging?: { next: { after: string } } };

async function get(after: string): Promise<Page> {
  const { body } = await from.request({
    path: `/contacts?limit=100&after=${after}`,
    method: "GET",
  });
  return (await body.json()) as Page;
}

async function post(inputs: readonly unknown[]): Promise<number> {
  const { body } = await to.request({
    path: "/contacts/batch/upsert",
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ inputs }),
  });
  return ((await body.json()) as { results: unknown[] }).results.length;
}

const day = (text = ""): string => {
  const [month = "", day = "", year = ""] = text.split("/");
  return `${year}-${month}-${day}`;
};

/** Rename, tidy e-mail, phone, dates and money, as plainly as can be. */
function mapped({ createdAt, properties: p }: Native) {
  const stage = p["lifecyclestage"];
  return {
    first_name: p["firstname"]?.trim(),
    last_name: p["lastname"]?.trim(),
    email: p["email"]?.trim().toLowerCase(),
    phone: `+1${p["phone"]?.replace(/\D/g, "")}`,
    company_name: p["company"],
    street: p["address"],
    city: p["city"],
    postcode: p["zip"],
    country: p["country"],
    stage: stage === "marketingqualifiedlead" ? "mql" : stage,
    revenue: Number(p["annualrevenue"]?.replace(/[$,]/g, "")),
    created_on: day(createdAt),
    modified_on: day(p["lastmodifieddate"]),
  };
}

async function loop(): Promise<number> {
  let written = 0;
  let writing: Promise<unknown> = Promise.resolve();
  let next: Promise<Page> | null = get("0");
  while (next !== null) {
    const { results, paging }: Page = await next;
    next = paging === undefined ? null : get(paging.next.after);
    const inputs = results.map((one) => ({ externalId: one.id, properties: mapped(one) }));
    await writing;
    writing = post(inputs).then((count) => (written += count));
  }
  await writing;
  return written;
}

answerParent({ run: () => measured([], loop) });
