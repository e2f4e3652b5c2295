import { Ajv, type ValidateFunction } from "ajv";
import fc from "fast-check";
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { blocks, surfacesOf, viewShapes, type Surface } from "#sandbox/slack/block-rules.ts";
import type { Fields } from "#sandbox/slack/fields.ts";
import type { Rule, Shape } from "#sandbox/slack/rules.ts";
import { checkMessageBlocks, checkView } from "#sandbox/slack/validate-blocks.ts";

/** The vendor's own description of blocks; it is not part of the project. */
const specs = "../shared/specs";
const here = existsSync(specs);
if (!here) console.log("skipped: no contracts here");

const read = (name: string) => JSON.parse(readFileSync(`${specs}/${name}`, "utf8")) as object;
const compile = (name: string): ValidateFunction =>
  new Ajv({ strict: false, validateFormats: false }).compile(read(name));
const judges = here
  ? {
      message: compile("slack-blocks.schema.from-types-3.2.0.json"),
      modal: compile("slack-view-modal.schema.from-types-3.2.0.json"),
      home: compile("slack-view-home.schema.from-types-3.2.0.json"),
    }
  : undefined;

/** Kinds that the vendor's description does not have yet. */
const newer = ["data_visualization"];

/** Values that our rule allows; members that may be there are there half of the time. */
function allowed(rule: Rule, depth = 0): fc.Arbitrary<unknown> {
  switch (rule.kind) {
    case "text":
      return fc.string({
        minLength: rule.min,
        maxLength: Math.max(rule.min, Math.min(rule.max, 6)),
      });
    case "choice":
      return fc.constantFrom(...rule.of);
    case "number": {
      const min = Math.max(rule.min, -5);
      return fc.integer({ min, max: Math.min(rule.max, min + 9) });
    }
    case "flag":
      return fc.boolean();
    case "words":
      return fc.record({
        type: rule.plainOnly ? fc.constant("plain_text") : fc.constantFrom("plain_text", "mrkdwn"),
        text: fc.string({ minLength: 1, maxLength: 6 }),
      });
    case "list":
      return fc.array(allowed(rule.of, depth + 1), {
        minLength: rule.min,
        maxLength: rule.min + 1,
      });
    case "object":
      return shaped(rule.shape, depth);
    case "typed":
      return fc
        .constantFrom(...rule.types)
        .chain((type) => fc.tuple(fc.constant(type), shaped(rule.table()[type], depth)))
        .map(([type, rest]) => ({ type, ...(rest as object) }));
  }
}

function shaped(shape: Shape | undefined, depth: number): fc.Arbitrary<Fields> {
  const { needs = {}, may = {}, some, one } = shape ?? {};
  const members = Object.fromEntries(
    Object.entries({ ...may, ...needs }).map(([name, rule]) => [name, allowed(rule, depth)]),
  );
  const required = [...Object.keys(needs), ...(some?.slice(0, 1) ?? [])];
  const whole = fc.record(members, { requiredKeys: required });
  if (!one) return whole;
  return fc.tuple(whole, fc.constantFrom(...one)).chain(([value, chosen]) => {
    const rest = Object.entries(value).filter(([name]) => !one.includes(name));
    return (members[chosen] ?? fc.constant(0)).map((member) => ({
      ...Object.fromEntries(rest),
      [chosen]: member,
    }));
  });
}

const kinds = Object.keys(blocks).filter((kind) => !newer.includes(kind));
const surfaceOf = (kind: string): Surface => surfacesOf(kind)[0] ?? "message";

test.runIf(here).each(kinds)("every %s that our rules allow, the vendor's types allow", (kind) => {
  fc.assert(
    fc.property(shaped(blocks[kind], 0), (members) => {
      const judge = judges?.message;
      const block = { type: kind, ...members };
      const accepted = judge?.([block]);
      expect(accepted ? [] : [block, judge?.errors?.slice(0, 3)]).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

/** One small mistake of structure, somewhere in the value. */
function mistakes(value: unknown): unknown[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, n) => mistakes(item).map((wrong) => value.with(n, wrong)));
  }
  if (typeof value !== "object" || value === null) return [];
  const entries = Object.entries(value);
  const { type: _, ...untyped } = value as Fields;
  return [
    { ...value, surprise: true },
    ...("type" in value ? [untyped, { ...value, type: "surprise" }] : []),
    ...entries.flatMap(([name, member]) => [
      ...(typeof member === "string" ? [{ ...value, [name]: { no: "text" } }] : []),
      ...mistakes(member).map((wrong) => ({ ...value, [name]: wrong })),
    ]),
  ];
}

test.runIf(here).each(kinds)("what the vendor's types refuse of a %s, our rules refuse", (kind) => {
  const judge = judges?.message;
  const at = surfaceOf(kind);
  const judgeOurs = (block: unknown) =>
    at === "message"
      ? checkMessageBlocks([block], () => true)
      : checkView({ type: at, title: title("x"), submit: title("x"), blocks: [block] }, () => true);
  fc.assert(
    fc.property(shaped(blocks[kind], 0), (members) => {
      for (const wrong of mistakes({ type: kind, ...members })) {
        if (judge?.([wrong])) continue;
        const ours = judgeOurs(wrong);
        expect(ours.length === 0 ? [wrong, judge?.errors?.slice(0, 2)] : []).toEqual([]);
      }
    }),
    { numRuns: 8 },
  );
});

const title = (text: string) => ({ type: "plain_text", text });

test.runIf(here).each(["modal", "home"] as const)(
  "the members of a %s are the vendor's",
  (type) => {
    fc.assert(
      fc.property(shaped(viewShapes[type], 0), (members) => {
        const { submit_disabled: _, ...known } = members;
        const view = { type, ...known, blocks: [{ type: "divider" }] };
        const judge = judges?.[type];
        expect(judge?.(view) ? [] : [view, judge?.errors?.slice(0, 2)]).toEqual([]);
        expect(checkView(view, () => true)).toEqual([]);
        expect(checkView({ ...view, surprise: 1 }, () => true)).not.toEqual([]);
      }),
      { numRuns: 40 },
    );
  },
);

test.runIf(here)("the limits are those that were collected", () => {
  const limits = read("slack-blocks-limits.json") as {
    surface: { message: { max_blocks: number }; modal: { max_blocks: number } };
  };
  const dividers = (count: number) => Array.from({ length: count }, () => ({ type: "divider" }));
  const { message, modal } = limits.surface;
  const isImage = () => true;
  expect(checkMessageBlocks(dividers(message.max_blocks), isImage)).toEqual([]);
  expect(checkMessageBlocks(dividers(message.max_blocks + 1), isImage)).not.toEqual([]);
  const view = (count: number) => ({ type: "home", blocks: dividers(count) });
  expect(checkView(view(modal.max_blocks), isImage)).toEqual([]);
  expect(checkView(view(modal.max_blocks + 1), isImage)).not.toEqual([]);
});

test.runIf(here)("every kind of block of the vendor is known here", () => {
  const { definitions } = read("slack-blocks.schema.from-types-3.2.0.json") as {
    definitions: Record<string, { properties?: { type?: { const?: string } }; anyOf?: Fields[] }>;
  };
  const named = (definitions["KnownBlock"]?.anyOf ?? []).map((each) =>
    String(each["$ref"]).replace(/.*\//, ""),
  );
  const types = named.flatMap((name) => definitions[name]?.properties?.type?.const ?? []);
  expect(types.length).toBeGreaterThan(15);
  expect(kinds).toEqual(expect.arrayContaining(types));
});
