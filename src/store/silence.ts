/** So long what the server has answered may be on its way. */
const onItsWayMs = 2_000;

/**
 * The answer to a statement; whenever none has come for so long, somebody looks whether it is worked on. A server
 * that vanishes without a word (its machine died, a router forgot the connection) is waited for by the kernel for a
 * quarter of an hour (tcp(7), tcp_retries2).
 * @throws with the code CONNECTION_SILENT once nothing came and nobody is at work on it
 */
export async function heard<Answer>(
  asked: PromiseLike<Answer>,
  quietMs: number,
  isAtWork: () => Promise<boolean>,
): Promise<Answer> {
  const silence = Promise.withResolvers<never>();
  let over = false;
  let timer: NodeJS.Timeout | undefined;
  const wait = (ms: number, then: () => void): void => {
    if (!over) timer = setTimeout(then, ms).unref();
  };
  const end = (): void =>
    silence.reject(
      Object.assign(new Error("the server gives no answer"), { code: "CONNECTION_SILENT" }),
    );
  const ask = async (): Promise<void> =>
    (await isAtWork()) ? wait(quietMs, look) : wait(onItsWayMs, end);
  const look = (): void => void ask();

  wait(quietMs, look);
  try {
    return await Promise.race([asked, silence.promise]);
  } finally {
    over = true;
    clearTimeout(timer);
  }
}
