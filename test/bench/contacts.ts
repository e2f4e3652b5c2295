/** The contacts of the yardstick: some 510 bytes of JSON each, untidy on purpose. */
export type Contacts = {
  count: number;
  /** The records after this number, as the text of one page. */
  page(after: number, limit: number): Buffer;
  /** The same of those that changed at or after a time, with where to go on. */
  changedSince(since: number, after: number, limit: number): { page: Buffer; records: number };
  /** Undefined where there is none of this number. */
  one(number: number): unknown;
  /** Changes one, as `mutate` does. */
  change(number: number): void;
  /** Changes each `every`-th: its e-mail and the day it was modified. Returns how many. */
  mutate(every: number): number;
};

const first = ["Ana", "Björn", "Chloé", "Dmitri", "Eun-ji", "Fátima", "Grace", "O'Neil", "Ivy", "José"]; // prettier-ignore
const last = ["Smith", "Müller", "Garcia", "Kowalski", "Nguyen", "D'Angelo", "Okafor", "Sato", "Lindqvist", "Brown"]; // prettier-ignore
const cities = ["Austin", "Zürich", "São Paulo", "Leeds", "Osaka", "Kraków", "Lagos"];
const stages = ["lead", "marketingqualifiedlead", "opportunity", "customer"];
const two = (n: number): string => String(n).padStart(2, "0");
/** Before every run of the bench. */
const long = Date.UTC(2026, 0, 1);

export function makeContacts(count: number, pageSize: number): Contacts {
  const versions = new Uint32Array(count + 1);
  const changedAt = new Float64Array(count + 1).fill(long);
  let version = 0;

  const contact = (i: number): unknown => {
    const name = first[i % 10] ?? "";
    const surname = last[Math.floor(i / 10) % 10] ?? "";
    const v = versions[i] ?? 0;
    const mailbox = `${name}.${surname}.${i}${v > 0 ? `+v${v}` : ""}`.replace(/['é]/g, "e");
    return {
      id: String(i),
      createdAt: `${two((i % 12) + 1)}/${two((i % 28) + 1)}/${2015 + (i % 10)}`,
      archived: false,
      updatedAt: new Date(changedAt[i] ?? long).toISOString(),
      properties: {
        firstname: ` ${name}`,
        lastname: surname,
        email: `  ${mailbox}@Example-${i % 997}.COM `,
        phone: `(${200 + (i % 700)}) ${two((i % 90) + 10)}${i % 10}-${1000 + (i % 9000)}`,
        company: `Company ${i % 5003} Ltd.`,
        address: `${(i % 999) + 1} Long Harbour Street, Suite ${i % 40}`,
        city: cities[i % 7],
        zip: String(10_000 + (i % 89_999)),
        country: "US",
        lifecyclestage: stages[i % 4],
        annualrevenue: `$${(i % 900) + 1},${String(i % 1000).padStart(3, "0")}.50`,
        lastmodifieddate: `${two(((i + v) % 12) + 1)}/${two((i % 28) + 1)}/2025`,
        hs_lead_status: i % 3 === 0 ? "NEW" : "OPEN",
        owner_id: String(70_000 + (i % 50)),
        notes: "Met at the trade fair; wants a quote for the spring order.",
      },
    };
  };
  const text = (results: readonly unknown[], next: number | null): Buffer =>
    Buffer.from(
      JSON.stringify({
        results,
        ...(next !== null && { paging: { next: { after: String(next) } } }),
      }),
    );
  const made = (after: number, limit: number): Buffer => {
    const upTo = Math.min(after + limit, count);
    const results = Array.from({ length: Math.max(0, upTo - after) }, (_, n) =>
      contact(after + n + 1),
    );
    return text(results, upTo < count ? upTo : null);
  };
  const pages = Array.from({ length: Math.ceil(count / pageSize) }, (_, n) => made(n * pageSize, pageSize)); // prettier-ignore

  return {
    count,
    page: (after, limit) =>
      (limit === pageSize && after % pageSize === 0 ? pages[after / pageSize] : undefined) ??
      made(after, limit),
    changedSince(since, after, limit) {
      const results: unknown[] = [];
      let i = after + 1;
      for (; i <= count && results.length < limit; i += 1)
        if ((changedAt[i] ?? 0) >= since) results.push(contact(i));
      return { page: text(results, i <= count ? i - 1 : null), records: results.length };
    },
    one: (number) => (number >= 1 && number <= count ? contact(number) : undefined),
    change(number) {
      versions[number] = version += 1;
      changedAt[number] = Date.now();
      const n = Math.floor((number - 1) / pageSize);
      pages[n] = made(n * pageSize, pageSize);
    },
    mutate(every) {
      version += 1;
      const now = Date.now();
      const touched = new Set<number>();
      for (let i = every; i <= count; i += every) {
        versions[i] = version;
        changedAt[i] = now;
        touched.add(Math.floor((i - 1) / pageSize));
      }
      for (const n of touched) pages[n] = made(n * pageSize, pageSize);
      return Math.floor(count / every);
    },
  };
}
