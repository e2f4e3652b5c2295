import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";

type Asked = { n: number; what: string; about: unknown };
type Answered = { n: number; answer?: unknown; error?: string };
type Answers = Record<string, (about: never) => Promise<unknown>>;

/** In a process of the bench: does what its parent asks, one after the other. */
export function answerParent(answers: Answers): void {
  process.on("message", ({ n, what, about }: Asked) => {
    const answer = answers[what] ?? (() => Promise.reject(new Error(`nobody does ${what} here`)));
    answer(about as never).then(
      (answer) => process.send?.({ n, answer } satisfies Answered),
      (error: unknown) =>
        process.send?.({ n, error: error instanceof Error ? (error.stack ?? "") : String(error) } satisfies Answered), // prettier-ignore
    );
  });
  process.on("disconnect", () => process.exit());
}

/** A process of the bench, asked by its parent. */
export type Asking = AsyncDisposable & {
  pid: number;
  ask<Answer>(what: string, about?: unknown): Promise<Answer>;
};

/** As tieline.js does. */
const compiled = new URL("../../src/compiled.js", import.meta.url).href;

export function start(
  file: string,
  args: readonly string[],
  { env = {}, flags = [] }: { env?: Record<string, string>; flags?: readonly string[] } = {},
): Asking {
  const child: ChildProcess = fork(new URL(file, import.meta.url), args, {
    env: { ...process.env, ...env },
    execArgv: ["--disable-warning=ExperimentalWarning", "--import", compiled, ...flags],
  });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let asked = 0;
  child.on("message", ({ n, answer, error }: Answered) => {
    const one = waiting.get(n);
    waiting.delete(n);
    if (error === undefined) one?.resolve(answer);
    else one?.reject(new Error(error));
  });
  child.on("exit", (code) => {
    for (const one of waiting.values()) one.reject(new Error(`${file} ended with ${code}`));
  });
  return {
    pid: child.pid ?? 0,
    ask<Answer>(what: string, about?: unknown) {
      const one = Promise.withResolvers<unknown>();
      waiting.set((asked += 1), one);
      child.send({ n: asked, what, about: about ?? null } satisfies Asked);
      return one.promise as Promise<Answer>;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}
