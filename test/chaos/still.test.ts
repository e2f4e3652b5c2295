import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watchStill } from "./still.ts";

beforeEach(
  () => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] }),
);
afterEach(() => void vi.useRealTimers());

test("who waits for what never comes is told how things stood", async () => {
  let kills = 0;
  using watched = watchStill(
    () => `${String(kills)} kills`,
    () => "worker 1 is alive",
  );
  let said = "nothing";
  watched.still.catch((error: Error) => (said = error.message));
  for (kills = 0; kills < 5; kills += 1) await vi.advanceTimersByTimeAsync(200_000);
  expect(said).toBe("nothing");
  await vi.advanceTimersByTimeAsync(310_000);
  expect(said).toBe("Nothing has got on for five minutes: 5 kills\nworker 1 is alive");
});
