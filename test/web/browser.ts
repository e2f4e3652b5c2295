/** A browser: keeps our cookies, goes where it is sent, and shows the page it ends on. */
export function browser() {
  const cookies = new Map<string, string>();

  const ask = async (url: string | URL, init: RequestInit = {}): Promise<Response> => {
    const { host } = new URL(url);
    const mark = cookies.get(host);
    const response = await fetch(url, {
      ...init,
      redirect: "manual",
      headers: { ...init.headers, ...(mark === undefined ? {} : { cookie: mark }) },
    });
    const [set] = response.headers.getSetCookie();
    if (set !== undefined) cookies.set(host, set.split(";")[0] ?? "");
    return response;
  };

  return {
    ask,
    /** What a page's script sends and gets. */
    async post(
      url: URL,
      body: unknown,
    ): Promise<{ status: number; said: Record<string, unknown>; cookie: string | null }> {
      const response = await ask(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      const said = (await response.json()) as Record<string, unknown>;
      return { status: response.status, said, cookie: response.headers.get("set-cookie") };
    },
    /** Follows redirects to a page; every address on the way is told. */
    async go(to: string): Promise<{ status: number; html: string; way: URL[] }> {
      const way = [new URL(to)];
      for (;;) {
        const at = way.at(-1) ?? new URL(to);
        const response = await ask(at);
        const location = response.headers.get("location");
        if (location === null) return { status: response.status, html: await response.text(), way };
        way.push(new URL(location, at));
      }
    },
  };
}
