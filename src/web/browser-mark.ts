import type { IncomingMessage } from "node:http";

/**
 * The mark that binds a sign-in to the browser it was begun in. Only we see it, and it goes along where
 * the tool sends the browser back to us, but with nothing that another site loads from us.
 */
export const browserMark = (secure: boolean) => {
  // Browsers take a name that begins so only over https, from this very host and for all of it.
  const name = secure ? "__Host-tieline-browser" : "tieline-browser";
  return {
    /** Null where there is none that we could have given. */
    of({ headers }: IncomingMessage): string | null {
      const cookies = (headers.cookie ?? "").split(";").map((pair) => pair.trim().split("=", 2));
      const value = cookies.find(([one]) => one === name)?.[1] ?? "";
      return /^[\w-]{43}$/.test(value) ? value : null;
    },
    set: (value: string): string =>
      `${name}=${value}; Path=/; Max-Age=1200; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`,
  };
};
export type BrowserMark = ReturnType<typeof browserMark>;
