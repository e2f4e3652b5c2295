import { createHmac, randomBytes } from "node:crypto";
import type { Shelf } from "../../collection.ts";
import { deliver } from "../deliveries.ts";
import { json, page, type Request, type Route } from "../http.ts";
import { html } from "../markup.ts";
import { ACCOUNT_ID, CLIENT_SECRET, USER_ID } from "./sign-in.ts";
import type { Tree } from "./tree.ts";

/** Changes that come close together are told once. */
const TOGETHER_MS = 25;

/** As Dropbox signs what it sends: by the app's secret, over the bytes of the body, in hex. */
export const signature = (secret: string, body: string): string =>
  createHmac("sha256", secret).update(body).digest("hex");

export type Webhook = {
  /** Asks an address whether it wants to be told; takes it if it gives the challenge back. */
  register(url: string | null): Promise<boolean>;
  routes: Route[];
};

/** The one webhook an app has. It says whose files changed, and nothing about the files. */
export function openWebhook(shelf: Shelf, tree: Tree): Webhook {
  const kept = shelf.collection<string>("webhook");
  let due = false;

  tree.hear(() => {
    if (due || kept.get("url") === undefined) return;
    due = true;
    setTimeout(() => {
      due = false;
      const url = kept.get("url");
      if (url === undefined) return;
      const body = JSON.stringify({
        list_folder: { accounts: [ACCOUNT_ID] },
        delta: { users: [USER_ID] },
      });
      const headers = {
        "content-type": "application/json",
        "user-agent": "DropboxWebhooks/1.0",
        "x-dropbox-signature": signature(CLIENT_SECRET, body),
      };
      void deliver({ url, headers, body });
    }, TOGETHER_MS).unref();
  });

  async function register(url: string | null): Promise<boolean> {
    kept.delete("url");
    if (url === null || url === "") return true;
    const challenge = randomBytes(16).toString("hex");
    const asked = URL.parse(url);
    asked?.searchParams.set("challenge", challenge);
    const answer = await deliver({ url: asked?.href ?? "", method: "GET", headers: {}, body: "" });
    if (answer.status !== 200 || answer.body !== challenge) return false;
    kept.set("url", url);
    return true;
  }

  return { register, routes: consoleRoutes(register, () => kept.get("url") ?? "") };
}

const PATH = "/_webhook";

/** What stands for the app console, where people write down the address: a form, and the same in JSON. */
function consoleRoutes(
  register: (url: string | null) => Promise<boolean>,
  current: () => string,
): Route[] {
  const form = (said: string) =>
    page(
      html`<!doctype html>
        <html lang="en">
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <meta name="color-scheme" content="light dark" />
          <title>App console, simulated</title>
          <h1>Simulated Dropbox: the app's webhook</h1>
          <p role="status">${said}</p>
          <form method="post">
            <label for="url">Webhook URI</label>
            <input id="url" name="url" type="url" size="60" value="${current()}" />
            <button>Save</button>
          </form>
        </html>`.markup,
    );
  return [
    { method: "GET", path: PATH, handle: () => form("") },
    {
      method: "POST",
      path: PATH,
      async handle(request: Request) {
        const isForm = (request.headers["content-type"] ?? "").includes("form");
        const url = isForm
          ? new URLSearchParams(request.body).get("url")
          : (JSON.parse(request.body) as { url: string | null }).url;
        const taken = await register(url);
        if (!isForm) return json(taken ? 200 : 400, { webhook: current() });
        return form(taken ? "Saved." : "Not saved: the address did not give the challenge back.");
      },
    },
  ];
}
