import { expect, test } from "vitest";
import { gathering } from "#domain/gather.ts";

/** Work that is done when the test says so. */
function bench(most = 100) {
  const groups: (readonly string[])[] = [];
  const under: PromiseWithResolvers<undefined>[] = [];
  const ask = gathering<string, string>({
    async work(asked) {
      groups.push(asked);
      const one = Promise.withResolvers<undefined>();
      under.push(one);
      await one.promise;
      if (asked.some((word) => word.startsWith("bad"))) throw new Error(`no: ${asked.join(" ")}`);
      return asked.map((word) => word.toUpperCase());
    },
    weigh: (word) => word.length,
    most,
    ownFault: (error) => error instanceof Error && /bad/.test(error.message),
  });
  /** Lets what is under way end, and what follows begin. */
  const end = async (error?: Error) => {
    const one = under.shift();
    if (error === undefined) one?.resolve(undefined);
    else one?.reject(error);
    await new Promise(setImmediate);
  };
  return { ask, end, groups };
}

test("one alone goes at once, what comes meanwhile goes together after it, and all in their order", async () => {
  const { ask, end, groups } = bench();
  const first = ask("a");
  await new Promise(setImmediate);
  expect(groups).toEqual([["a"]]);
  const others = ["b", "c", "d"].map(ask);
  await new Promise(setImmediate);
  expect(groups).toHaveLength(1);
  await end();
  expect(groups).toEqual([["a"], ["b", "c", "d"]]);
  await end();
  expect(await Promise.all([first, ...others])).toEqual(["A", "B", "C", "D"]);
  void ask("e");
  await new Promise(setImmediate);
  expect(groups.at(-1)).toEqual(["e"]);
});

test("what is asked for in one go is one group", async () => {
  const { ask, groups } = bench();
  void ask("a");
  void ask("b");
  await new Promise(setImmediate);
  expect(groups).toEqual([["a", "b"]]);
});

test("nobody is answered before the work is done", async () => {
  const { ask, end } = bench();
  let answered = false;
  const asked = ask("a").then(() => (answered = true));
  await new Promise(setImmediate);
  expect(answered).toBe(false);
  await end();
  await asked;
  expect(answered).toBe(true);
});

test("what is wrong with one is its own asker's alone", async () => {
  const { ask, end, groups } = bench();
  const asked = Promise.allSettled(["a", "bad", "c"].map(ask));
  await new Promise(setImmediate);
  for (let n = 0; n < 4; n += 1) await end();
  expect(groups).toEqual([["a", "bad", "c"], ["a"], ["bad"], ["c"]]);
  expect((await asked).map((one) => (one.status === "fulfilled" ? one.value : "refused"))).toEqual(["A", "refused", "C"]); // prettier-ignore
});

test("what is nobody's fault is told to all at once, and who comes after is served", async () => {
  const { ask, end, groups } = bench();
  const asked = Promise.allSettled(["a", "b"].map(ask));
  await new Promise(setImmediate);
  const after = ask("c");
  await end(new Error("the database is away"));
  expect((await asked).every(({ status }) => status === "rejected")).toBe(true);
  await end();
  expect(await after).toBe("C");
  expect(groups).toEqual([["a", "b"], ["c"]]);
});

test("more than goes together is divided, and what is too much alone goes alone", async () => {
  const { ask, end, groups } = bench(5);
  const asked = Promise.all(["aa", "bb", "cc", "dddddddd", "e"].map(ask));
  await new Promise(setImmediate);
  for (let n = 0; n < 4; n += 1) await end();
  expect(groups).toEqual([["aa", "bb"], ["cc"], ["dddddddd"], ["e"]]);
  expect(await asked).toEqual(["AA", "BB", "CC", "DDDDDDDD", "E"]);
});
