import { expect, test } from "vitest";
import { MappingBroken } from "#domain/errors.ts";
import type { Problem } from "#domain/problem.ts";
import { makeBreaker, type Breaker } from "#engine/breaker.ts";
import { makeWorld, person } from "../support/memory/world.ts";
import { changes, perform } from "./performing.ts";

const no = (code: string): Problem => ({ class: "rejected", field: "name", code, message: `No, ${code}` }); // prettier-ignore

/** `a` is accepted, `w` refused by the target, `x` for another reason, `r` and `q` unreadable. */
function tell(breaker: Breaker, story: string): void {
  for (const one of story)
    if (one === "a") breaker.accepted();
    else breaker.refused("rq".includes(one) ? "read" : "write", no(one));
}

const breaks = (story: string): boolean => {
  const breaker = makeBreaker();
  tell(breaker, story);
  try {
    breaker.check();
    return false;
  } catch (error) {
    if (error instanceof MappingBroken) return true;
    throw error;
  }
};

test.each([
  ["19 in a row", "w".repeat(19), false],
  ["20 in a row", "w".repeat(20), true],
  ["20 in a row for several reasons", "wx".repeat(10), true],
  ["20 in a row after a thousand that went well", `${"a".repeat(1000)}${"w".repeat(20)}`, true],
  ["19 in a row, again and again", `${"w".repeat(19)}${"a".repeat(30)}`.repeat(20), false],
  ["20 that cannot be read", "r".repeat(20), false],
  ["20 refused, and some that cannot be read between them", `${"w".repeat(10)}r${"w".repeat(10)}`, true], // prettier-ignore
  ["25 of 50", "wa".repeat(25), false],
  ["26 of 50", `${"wa".repeat(24)}ww`, true],
  ["26 of 50 for two reasons", `${"waxa".repeat(12)}wx`, true],
  ["26 of 49", `${"wwa".repeat(3)}${"wa".repeat(20)}`, false],
  ["26 of 50 that cannot be read, for one reason", `${"ra".repeat(24)}rr`, true],
  ["26 of 50 that cannot be read, for two reasons", `${"raqa".repeat(12)}rq`, false],
  ["nothing", "", false],
  ["all went well", "a".repeat(10_000), false],
])("%s", (_what, story, broken) => {
  expect(breaks(story)).toBe(broken);
});

test("two fields that cannot be read are two reasons", () => {
  const breaker = makeBreaker();
  for (let n = 0; n < 60; n += 1)
    breaker.refused("read", { ...no("BAD"), field: n % 2 === 0 ? "phone" : "email" });
  expect(() => breaker.check()).not.toThrow();
});

test.each([
  ["x".repeat(5) + "w".repeat(16), "The target refused 21 of 21 records, most of them with: No, w"],
  [
    `${"qa".repeat(3)}${"r".repeat(45)}`,
    "Reading refused 48 of 51 records, most of them with: No, r",
  ],
])("it says who refused how many, and what was said most", (story, said) => {
  const breaker = makeBreaker();
  tell(breaker, story);
  expect(() => breaker.check()).toThrow(new MappingBroken(said));
});

const records = 3_000;

/** As after a change of the mapping, or of the tool, in the middle of it all. */
async function broken(from: number) {
  const world = makeWorld();
  world.source.pageSize = 100;
  world.target.batch = 10;
  let mended = false;
  for (let n = 0; n < records; n += 1) world.source.put(`k${n}`, person(`P${n}`));
  world.target.refuse = ({ name }) => (!mended && Number(String(name).slice(1)) >= from ? no("broken") : null); // prettier-ignore
  const run = await perform(world, changes);
  const systemic = (await world.ports.incidents.open()).filter(({ subject }) => subject.kind === "systemic"); // prettier-ignore
  expect(systemic).toHaveLength(1);
  expect(run.state.kind).toBe("failed");
  expect(world.flow().state.kind).toBe("paused");
  return { world, run, mend: () => (mended = true) };
}

test.each([0, 1, 1_250, 2_970])(
  "refused from record %i on: a flow pauses with few dead letters; mended and resumed it goes on, and nothing is lost",
  async (from) => {
    const { world, run, mend } = await broken(from);
    const letters = world.letters("open");
    expect(letters.length).toBeGreaterThanOrEqual(20);
    expect(letters.length).toBeLessThanOrEqual(50);
    expect(run.counts.created).toBe(world.links().size);

    mend();
    world.memory.flows.set(world.flow().name, { ...world.flow(), state: { kind: "on" } });
    const again = await perform(world, changes);

    expect(again.state.kind).toBe("done");
    expect(world.links().size).toBe(records);
    expect(world.target.live()).toHaveLength(records);
    expect(world.letters("open")).toEqual([]);
    expect(world.letters("written")).toHaveLength(letters.length);
    // From the checkpoint on: what was stored is not read again, but for the pages that went together.
    expect(again.counts.read).toBeGreaterThanOrEqual(records - from);
    expect(again.counts.read).toBeLessThan(records - from + 1_000);
    expect(run.counts.created + again.counts.created).toBe(records);
  },
  60_000,
);
