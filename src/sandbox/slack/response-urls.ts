import type { Shelf } from "../collection.ts";
import { newSecret } from "./names.ts";
import { SlackRefusal } from "./refusal.ts";

/** Where an answer to one interaction goes. `message` is what `replace_original` replaces. */
export type ResponseUrl = {
  user: string;
  channel: string;
  message: string | null;
  thread: string | null;
  at: number;
  left: number;
};

export type ResponseUrls = {
  make(place: Omit<ResponseUrl, "at" | "left">): string;
  /** Counts a use: five within thirty minutes. */
  use(secret: string): ResponseUrl;
};

const usesEach = 5;
const livesMs = 30 * 60_000;

export function openResponseUrls(shelf: Shelf, base: () => string): ResponseUrls {
  const urls = shelf.collection<ResponseUrl>("response urls");
  return {
    make(place) {
      for (const [secret, { at }] of [...urls.entries()]) {
        if (Date.now() - at < 2 * livesMs) break;
        urls.delete(secret);
      }
      const secret = newSecret();
      urls.set(secret, { ...place, at: Date.now(), left: usesEach });
      return `${base()}/response/${secret}`;
    },
    use(secret) {
      const url = urls.get(secret);
      if (!url) throw new SlackRefusal("no_such_url");
      if (Date.now() - url.at > livesMs) throw new SlackRefusal("expired_url");
      if (url.left === 0) throw new SlackRefusal("used_url");
      urls.set(secret, { ...url, left: url.left - 1 });
      return url;
    },
  };
}
