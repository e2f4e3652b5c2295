import { expect, test } from "vitest";
import { flowWords } from "#operations/workspace/flow-words.ts";
import { admin, makeRoom } from "../support/room.ts";

const flow = { from: "crm/contacts", to: "hub/customer" };

test.each([
  [{ share: "0%" }, "Share must be a part of the day's calls such as 25%."],
  [{ share: "many" }, "Share must be a part of the day's calls such as 25%."],
])("%j is %j", async (more, problem) => {
  const { perform } = await makeRoom();
  const saved = await perform("flows.add", { name: "mine", flow: { ...flow, ...more } }, admin);
  expect(saved).toMatchObject({ problems: [{ field: "share", message: problem }] });
});

test("a share is kept and written down as it was said", async () => {
  const { perform } = await makeRoom();
  const about = { flow: "customers-to-books" };
  const { flow } = await perform("flows.get", about, admin);
  const to = { ...flowWords(flow), share: "12.5 %" };
  await perform("flows.change", { ...about, version: flow.version, to, accept: true }, admin);
  const now = await perform("flows.get", about, admin);
  expect(now.flow.share).toBe(0.125);
  expect(flowWords(now.flow)).toMatchObject({ share: "12.5%" });
});

test("a share of nothing is refused", async () => {
  const { perform } = await makeRoom();
  const back = { from: "books/customers", to: "books/mailbox", match: ["email"], share: "5%" };
  expect(await perform("flows.add", { name: "mine", flow: back }, admin)).toMatchObject({
    problems: expect.arrayContaining([
      {
        field: "share",
        message: "Neither QuickBooks nor QuickBooks is known to allow only so many calls a day.",
      },
    ]) as unknown,
  });
});
