import { flowStatus } from "#slack/views/flow-status.ts";
import { expect, test } from "vitest";
import { expectGoodMessage } from "./support/limits.ts";
import { flowStatus as status, now } from "./support/samples.ts";

test("a flow that waits for events says how changes come to be known", () => {
  const told = "HubSpot tells us when something changes; once an hour it is read as well, for what was not told."; // prettier-ignore
  const flow = { ...status.flow, trigger: { kind: "event" } as const };
  const message = flowStatus({ ...status, flow, next: null, told }, now);
  expectGoodMessage(message);
  expect(message.text).toContain(told);
  const sent = flowStatus({ ...status, flow, next: null, told: null }, now);
  expect(sent.text).toContain("It runs when crm/contacts tells of something new.");
});
