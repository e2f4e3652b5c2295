import { expect, test } from "vitest";
import { Fenced } from "#domain/errors.ts";
import { onceSure } from "#domain/grip.ts";

/** A grip that has to be asked so often before it is sure; `log`: what happened, in order. */
function gripOf(doubts: number, ask: () => Promise<void> = () => Promise.resolve()) {
  const log: string[] = [];
  let left = doubts;
  const sure = (): Promise<void> | null => {
    if (left === 0) return null;
    left -= 1;
    log.push("ask");
    return ask();
  };
  const send = () => {
    log.push("send");
    return Promise.resolve("sent");
  };
  return { log, grip: { sure }, send };
}

test("what is certain is sent at once, before anybody else has a turn", async () => {
  const { log, grip, send } = gripOf(0);
  const sent = onceSure(grip, send);
  log.push("next");
  expect(await sent).toBe("sent");
  expect(log).toEqual(["send", "next"]);
  for (const none of [null, undefined]) expect(await onceSure(none, send)).toBe("sent");
});

test("where it is not, somebody is asked until it is: much time may pass with an answer", async () => {
  const { log, grip, send } = gripOf(2);
  expect(await onceSure(grip, send)).toBe("sent");
  expect(log).toEqual(["ask", "ask", "send"]);
});

test("what is another's by now is not sent", async () => {
  const { log, grip, send } = gripOf(1, () => Promise.reject(new Fenced("another has it")));
  await expect(onceSure(grip, send)).rejects.toThrow(Fenced);
  expect(log).toEqual(["ask"]);
});
