import { expect, test } from "vitest";
import { choices } from "../slack/support/flow-choices.ts";
import { flow, flowStatus, now } from "../slack/support/samples.ts";
import { ask } from "./ask.ts";

test.each(["/sync new", "/sync add", "/sync create mine"])(
  "%s asks for both ends",
  async (line) => {
    const { modal, text } = await ask(line, { "flows.choices": choices });
    expect(modal?.form).toBe("flow-make.begin");
    expect(text.includes('"initial_value":"mine"')).toBe(line.endsWith("mine"));
  },
);

test("without two connections that fit, a new flow begins with connecting", async () => {
  const { buttons } = await ask("/sync new", { "flows.choices": { ...choices, ends: [] } });
  expect(buttons).toEqual(["command.run /connector list"]);
});

test("editing opens the rules of the flow named, or asks which", async () => {
  const answers = { "flows.choices": choices, "flows.get": flowStatus, "flows.list": [flowStatus] };
  const named = await ask("/sync edit customers-to-books", answers);
  expect(named.modal).toMatchObject({ form: "flow-make.rules", meta: { version: 1, accept: 0 } });
  expect((await ask("/sync change", answers)).modal?.form).toBe("flow.edit");
  const lost = await ask("/sync edit customers-to-books", { ...answers, "flows.choices": { ...choices, ends: [] } }); // prettier-ignore
  expect(lost.text).toContain("is not there any more");
});

test("deleting first says what it undoes", async () => {
  const removal = { flow, current: null, openLetters: 0, links: 0, unused: [] };
  const { text, buttons } = await ask("/sync delete customers-to-books", { "flows.removal": removal }); // prettier-ignore
  expect(text).toMatch(/^Remove \*customers-to-books\*\?\nIts versions are kept\./);
  expect(buttons).toEqual(["flow.remove customers-to-books"]);
});

test("one flow is exported by its name, and all without one", async () => {
  const one = await ask("/sync export customers-to-books", {
    "flows.export": { text: "flows:\n" },
  });
  expect(one.performed[0]?.input).toEqual({ flow: "customers-to-books" });
  expect((await ask("/sync export", { "flows.export": { text: "flows:\n" } })).performed[0]?.input).toEqual({}); // prettier-ignore
});

test("versions are listed with the way back", async () => {
  const versions = [2, 1].map((version) => ({ flow: flow.name, version, plan: flow, by: "U1AB", at: now, what: "Starts by hand → on events" })); // prettier-ignore
  const history = { flow: { ...flow, version: 2 }, versions, more: 0 };
  const { text, buttons } = await ask("/sync versions customers-to-books", { "flows.versions": history }); // prettier-ignore
  expect(text).toContain("Starts by hand → on events");
  expect(buttons).toEqual([
    "flow.use-version customers-to-books 1",
    "flow-make.edit customers-to-books",
  ]);
});

test("a flow that is off leads to its preview, and not to a run", async () => {
  const off = { ...flow, state: { kind: "off", by: "U1AB", at: now } as const };
  const { text, buttons } = await ask("/sync status customers-to-books", {
    "flows.get": { ...flowStatus, flow: off, last: null, next: null },
  });
  expect(text).toContain("It runs once it is turned on from its preview");
  expect(buttons).toEqual([
    "flow-make.preview customers-to-books",
    "flow-make.edit customers-to-books",
    "flow.delete customers-to-books",
  ]);
});
