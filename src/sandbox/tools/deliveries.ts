/** One message to somebody who asked to be told, signed as the tool signs it. */
export type Delivery = {
  url: string;
  method?: string;
  headers: Record<string, string>;
  body: string;
};

/** What came of it; status 0 where nobody answered. */
export type Delivered = { status: number; headers: Headers; body: string };

const TRIES = 3;
const PAUSE_MS = 200;

/**
 * Sends a webhook to an address on this machine, a few times where it is not taken. A simulated tool
 * tells nobody outside.
 */
export async function deliver(delivery: Delivery): Promise<Delivered> {
  let answered = nobody;
  for (let tried = 0; tried < TRIES; tried += 1) {
    if (tried > 0) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * tried).unref());
    answered = await deliverOnce(delivery);
    if (answered.status >= 200 && answered.status < 300) break;
    if (answered.status === 410) break;
  }
  return answered;
}

const nobody: Delivered = { status: 0, headers: new Headers(), body: "" };

/** The same, for who decides by the answer whether to try again. */
export async function deliverOnce({
  url,
  method = "POST",
  headers,
  body,
}: Delivery): Promise<Delivered> {
  if (!/^https?:\/\/(127\.0\.0\.1|localhost)(:\d+)?\//.test(url)) return nobody;
  try {
    const init = method === "GET" ? { method, headers } : { method, headers, body };
    const answer = await fetch(url, {
      ...init,
      redirect: "manual",
      signal: AbortSignal.timeout(10_000),
    });
    return { status: answer.status, headers: answer.headers, body: await answer.text() };
  } catch {
    return nobody;
  }
}
