import { expect, test } from "vitest";
import { contractHere, judge } from "./asana-call.ts";

const task = { gid: "1", resource_type: "task", name: "x", due_on: "2026-12-01" };
const good = { method: "POST", path: "/tasks", sent: { data: { name: "x" } }, status: 201, answer: { data: task } }; // prettier-ignore

/** Every exchange of the other tests goes by this judge, so it has to find what is wrong. */
test.skipIf(!contractHere)(
  "the specification finds a misspelling on either side (skipped: no contracts here)",
  () => {
    judge(good);
    const wrong: Partial<typeof good>[] = [
      { sent: { data: { name: 5 } } as never },
      { path: "/tasks?projekt=1" },
      { path: "/tasks?opt_fields=due_date" },
      { path: "/tusks" },
      { answer: { data: { ...task, due_date: "2026-12-01" } as never } },
      { answer: { data: { ...task, completed: "no" } as never } },
      { status: 204 },
      { status: 400 },
      { path: "/webhooks", sent: { data: {} } as never },
      { method: "GET", path: "/tasks?limit=101" },
    ];
    for (const part of wrong)
      expect(() => judge({ ...good, ...part }), JSON.stringify(part)).toThrow();
  },
);
