import { createHmac, randomBytes } from "node:crypto";
import type { Shelf } from "../../collection.ts";
import { deliver } from "../deliveries.ts";
import { json, type Route } from "../http.ts";
import { NotTaken, type Setup } from "../setup-page.ts";
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
  page: Setup;
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

  const current = (): string => kept.get("url") ?? "";
  return {
    register,
    page: consolePage(register, current),
    routes: [controlRoute(register, current)],
  };
}

/** As the app console has it, where people write down the address. */
const consolePage = (register: Webhook["register"], current: () => string): Setup => ({
  tool: "Dropbox",
  path: "/_webhooks",
  label: "Webhooks",
  about: "What the app is told of: in Dropbox's app console, the app, Settings, Webhooks.",
  given: [
    {
      label: "App secret",
      value: CLIENT_SECRET,
      about: "From the same page. What is told is signed with it.",
    },
  ],
  button: "Save",
  inputs: () => [
    {
      kind: "url",
      name: "url",
      label: "Webhook URI",
      about: "It is asked at once whether it wants to be told. Empty ends it.",
      value: current(),
    },
  ],
  async save(values) {
    const url = values.get("url")?.trim() ?? "";
    if (!(await register(url))) throw new NotTaken("The address did not give the challenge back.");
    return url === "" ? "Saved. Nothing is told any more." : "Saved. It is told from now on that files have changed."; // prettier-ignore
  },
});

/** The same as the simulation's own switch. */
const controlRoute = (register: Webhook["register"], current: () => string): Route => ({
  method: "POST",
  path: "/_webhook",
  async handle({ body }) {
    const { url } = JSON.parse(body) as { url: string | null };
    const taken = await register(url);
    return json(taken ? 200 : 400, { webhook: current() });
  },
});
