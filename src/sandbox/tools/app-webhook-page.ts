import type { AppWebhook } from "./app-webhook.ts";
import { NotTaken, type Setup } from "./setup-page.ts";

type About = Pick<Setup, "tool" | "about" | "given"> & {
  webhook: Pick<AppWebhook<never>, "set" | "target">;
  /** What the tool calls the address. */
  address: string;
  /** What can be subscribed to, under a heading each. */
  kinds: Readonly<Record<string, readonly string[]>>;
};

/** Where an app's own page has its one webhook: the address, and what it is told of. */
export const appWebhookPage = ({ tool, about, given, webhook, address, kinds }: About): Setup => ({
  tool,
  path: "/_webhooks",
  label: "Webhooks",
  about,
  given,
  button: "Save",
  inputs() {
    const target = webhook.target();
    const on = new Set(target?.kinds ?? Object.values(kinds).flat());
    return [
      {
        kind: "url",
        name: "url",
        label: address,
        about: "Empty ends it: nothing is told any more.",
        value: target?.url ?? "",
      },
      ...Object.entries(kinds).map(([label, options]) => ({
        kind: "options" as const,
        name: "kinds",
        label,
        options,
        on,
      })),
    ];
  },
  save(values) {
    const url = values.get("url")?.trim() ?? "";
    if (url === "") {
      webhook.set(null);
      return "Saved. Nothing is told any more.";
    }
    const chosen = values.getAll("kinds");
    if (!URL.canParse(url)) throw new NotTaken("This is no address; it begins with http.");
    if (chosen.length === 0) throw new NotTaken("Choose at least one event.");
    webhook.set({ url, kinds: chosen });
    return `Saved. What happens from now on is told there: ${String(chosen.length)} kinds of events.`;
  },
});
