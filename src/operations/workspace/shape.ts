import { namePattern, nameRule } from "#domain/ids.ts";
import { truthRules } from "#domain/truth.ts";
import { z } from "zod";
import { Conditions, operators } from "../conditions/shape.ts";

/** What may stand in each place; the texts end the line `file:line:column: …`. */
const text = (about: string, max = 500) =>
  z.string({ error: about }).min(1, { error: about }).max(max, { error: about });
const value = z.union([z.string(), z.boolean(), z.null()], {
  error: "a text (quote a number), true, false or null is expected here",
});
const names = (about: string) =>
  z.record(z.string(), text(about), { error: "names with their values are expected here" });

export const ConnectionEntry = z.strictObject(
  {
    connector: text("connector must be the name of a connector, such as hubspot"),
    base_url: text("base_url must be a web address, such as http://127.0.0.1:4101").optional(),
    settings: names("a setting must be a text; quote a number").nullish(),
    credential: names("each value of a credential must be env:NAME or file:NAME").nullish(),
    events: z
      .array(text("events must be a list such as [deal.won, run.finished]"), {
        error: "events must be a list such as [deal.won, run.finished]",
      })
      .nullish(),
  },
  { error: "a connection has connector, base_url, settings, credential and events" },
);

const end = "must be a connection and one of its objects, such as crm/contacts";
const cron =
  'trigger must be manual, event, { cron: "*/15 * * * *", zone: Europe/Paris } or { event: deal.won, where: { currency: EUR } }';

const truth = `truth must be ${truthRules.join(", ")}, or a rule for each field, such as { default: newest, phone: source }`;
const rule = z.enum(truthRules, { error: truth });
const hours = 'window must be { from: "22:00", to: "06:00", zone: Europe/Paris }';
const clockTime = /^([01]\d|2[0-3]):[0-5]\d$/;

const percent = (about: string) =>
  z
    .union([z.string(), z.number()], { error: about })
    .transform(String)
    .pipe(z.string().regex(/^(100|\d{1,2}(\.\d+)?)\s*%$/, { error: about }))
    .transform((share) => Number.parseFloat(share) / 100);
const someShare = "share must be a part of the day's calls such as 25%";
const share = "changes must be a share such as 25%";
const number = "deletes must be a whole number such as 5";

const guard = z.preprocess(
  (given) => (given === "off" || given === false ? { off: true } : given),
  z
    .strictObject(
      {
        off: z.literal(true).optional(),
        changes: percent(share).optional(),
        deletes: z
          .int({ error: number })
          .min(0, { error: number })
          .max(1_000_000, { error: number })
          .optional(),
      },
      { error: "guard must be { changes: 25%, deletes: 5 }, or off" },
    )
    .transform(({ off, ...guard }) => (off === true ? "off" : guard)),
);

export const FlowEntry = z.strictObject(
  {
    from: text(`from ${end}`),
    to: text(`to ${end}`),
    convert: text("convert must be the name of a conversion, such as deal-to-invoice").optional(),
    match: z
      .array(text("match must be a list of fields, such as [email]"), {
        error: "match must be a list of fields, such as [email]",
      })
      .optional(),
    where: Conditions.nullish(),
    map: names("map must say which field of the source fills a field of the target").nullish(),
    set: z.record(z.string(), value, { error: "set must be fields with values" }).nullish(),
    leave_out: z
      .array(text("leave_out must be a list of fields, such as [notes]"), {
        error: "leave_out must be a list of fields, such as [notes]",
      })
      .nullish(),
    pull: z
      .array(text("pull must be a list of fields, such as [customer]"), {
        error: "pull must be a list of fields, such as [customer]",
      })
      .nullish(),
    two_way: z.boolean({ error: "two_way must be true or false" }).optional(),
    truth: z.union([rule, z.record(z.string(), rule)], { error: truth }).optional(),
    deletes: z
      .enum(["ignore", "archive", "delete"], {
        error: "deletes must be ignore or archive",
      })
      .optional(),
    trigger: z
      .union(
        [
          z.literal(["manual", "event"]),
          z.strictObject({ cron: text(cron), zone: text("zone must be a time zone").optional() }),
          z.strictObject({ event: text(cron), where: Conditions.nullish() }),
        ],
        { error: cron },
      )
      .optional(),
    window: z
      .strictObject(
        {
          from: text(hours).regex(clockTime, { error: hours }),
          to: text(hours).regex(clockTime, { error: hours }),
          zone: text("zone must be a time zone").optional(),
        },
        { error: hours },
      )
      .nullish(),
    share: percent(someShare)
      .refine((part) => part > 0, { error: someShare })
      .nullish(),
    guard: guard.nullish(),
    channel: text(
      'channel must be a Slack channel in quotes, such as "#integrations"',
      100,
    ).nullish(),
    owner: z
      .string({ error: "owner must be a Slack user id, such as U024BE7LH" })
      .regex(/^[UW][A-Z0-9]{2,20}$/, { error: "owner must be a Slack user id, such as U024BE7LH" })
      .nullish(),
    about: z
      .string({ error: "about must be a text" })
      .max(500, { error: "about must have at most 500 characters" })
      .optional(),
  },
  { error: "a flow has from, to, match, where, map, set, deletes, trigger, guard and more" },
);

const owner = "owner must be newest, filled, or connections in their order, such as [books, crm]";
const words = z.union([z.enum(["newest", "filled"]), z.array(text(owner))], { error: owner });

export const HubEntry = z.strictObject(
  {
    owner: words.optional(),
    fields: z
      .record(z.string(), words, { error: "fields must be names with their owner" })
      .nullish(),
  },
  { error: "what the hub holds has an owner and fields, such as { owner: [books, crm], fields: { phone: newest } }" }, // prettier-ignore
);

export type ConnectionEntry = z.output<typeof ConnectionEntry>;
export type FlowEntry = z.output<typeof FlowEntry>;

const section = (what: string) =>
  z
    .record(z.string(), z.unknown(), { error: `${what} must be names with what they are` })
    .nullish();

export const FileShape = z.strictObject(
  { connections: section("connections"), hub: section("hub"), flows: section("flows") },
  { error: "a workspace file has connections, hub and flows" },
);

/** Fields allowed at a path of an entry, for suggestions. */
export function allowedAt(
  entry: typeof ConnectionEntry | typeof FlowEntry,
  path: readonly PropertyKey[],
): string[] {
  if (path.length === 0) return Object.keys(entry.shape);
  if (path[0] === "trigger" && path.length > 2) return operators;
  if (path[0] === "trigger") return ["cron", "zone", "event", "where"];
  if (path[0] === "where" && path.length > 1) return operators;
  if (path[0] === "window") return ["from", "to", "zone"];
  return path[0] === "guard" ? ["changes", "deletes"] : [];
}

export const nameFault = (name: string): string | null =>
  namePattern.test(name) ? null : `a name is ${nameRule}`;
