import {
  accept,
  completionAt,
  isComplete,
  usageFor,
  verbsOf,
  type Sources,
} from "#sandbox/slack/page/completion.ts";
import { expect, test } from "vitest";

const sources: Sources = {
  commands: [
    {
      command: "/sync",
      description: "Runs",
      usage_hint: "[run FLOW [--full|--dry]|list|cancel RUN]",
    },
    { command: "/sync-dev", description: "Runs, in test", usage_hint: "" },
    { command: "/dlq", description: "What failed", usage_hint: "[list|retry|help]" },
  ],
  people: [
    { name: "Olivia Berg", about: "Operations" },
    { name: "Tieline", about: "App" },
  ],
};
const labels = (text: string) => completionAt(text, sources)?.items.map(({ label }) => label);

test("a slash offers every command, letters narrow it", () => {
  expect(labels("/")).toEqual(["/sync", "/sync-dev", "/dlq"]);
  expect(labels("/SY")).toEqual(["/sync", "/sync-dev"]);
  expect(labels("/lq")).toEqual(["/dlq"]);
  expect(labels("/nothing")).toBeUndefined();
});

test("after a command come its verbs, none of them picked yet", () => {
  expect(labels("/sync ")).toEqual(["run", "list", "cancel"]);
  expect(completionAt("/sync ", sources)?.eager).toBe(false);
  expect(labels("/sync r")).toEqual(["run"]);
  expect(completionAt("/sync r", sources)?.eager).toBe(true);
  expect(labels("/sync run ")).toBeUndefined();
  expect(labels("/unknown r")).toBeUndefined();
});

test("what stands in inner brackets is no verb", () => {
  expect(verbsOf("[run FLOW [--full|--dry]|list]")).toEqual([
    { verb: "run", rest: "FLOW [--full|--dry]" },
    { verb: "list", rest: "" },
  ]);
  expect(verbsOf("now | at TIME | off").map(({ verb }) => verb)).toEqual(["now", "at", "off"]);
  expect(verbsOf("[list|inspect] [flow]").map(({ verb }) => verb)).toEqual(["list", "inspect"]);
  expect(verbsOf("FLOW")).toEqual([]);
  expect(verbsOf("")).toEqual([]);
});

test("picking replaces only what was typed of the word", () => {
  const text = "/sync ca";
  const completion = completionAt(text, sources);
  const [first] = completion?.items ?? [];
  expect(completion && first && accept(text, completion, first)).toBe("/sync cancel ");
});

test("a whole word needs no picking", () => {
  const completion = completionAt("/sync", sources);
  const [sync, dev] = completion?.items ?? [];
  expect(completion && sync && isComplete("/sync", completion, sync)).toBe(true);
  expect(completion && dev && isComplete("/sync", completion, dev)).toBe(false);
});

test("people are offered after an @ that begins a word", () => {
  expect(labels("@ti")).toEqual(["@Tieline"]);
  expect(labels("thanks @ber")).toEqual(["@Olivia Berg"]);
  expect(labels("olivia@ti")).toBeUndefined();
  const completion = completionAt("ask @ol", sources);
  const [first] = completion?.items ?? [];
  expect(completion && first && accept("ask @ol", completion, first)).toBe("ask @Olivia Berg ");
});

test("ordinary text offers nothing", () => {
  expect(labels("and/or")).toBeUndefined();
  expect(labels("")).toBeUndefined();
});

test("the usage line follows what is typed", () => {
  expect(usageFor("/sync", sources.commands)).toBeUndefined();
  expect(usageFor("/dlq ", sources.commands)).toBe("/dlq [list|retry|help]");
  expect(usageFor("/sync run x", sources.commands)).toBe("/sync run FLOW [--full|--dry]");
  expect(usageFor("hello there", sources.commands)).toBeUndefined();
});
