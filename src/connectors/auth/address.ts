import type { Signature } from "./auth.ts";

/** The whole address of a request, with what its signature adds to it. `path` has its query. */
export function addressOf(baseUrl: string, path: string, { query, leads }: Signature): string {
  const base = leads === null ? baseUrl : ledTo(baseUrl, leads);
  const whole = leads?.to === "whole" ? within(base, path) : base + path;
  return Object.entries(query).reduce(
    (url, [name, value]) =>
      `${url}${url.includes("?") ? "&" : "?"}${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
    whole,
  );
}

function ledTo(baseUrl: string, { to, url }: NonNullable<Signature["leads"]>): string {
  if (to === "whole") return url;
  const { pathname } = new URL(baseUrl);
  return new URL(url).origin + pathname.replace(/\/+$/, "");
}

/** An address that is all of it a secret: `/` is the address itself, a longer path goes on from there. */
function within(address: string, path: string): string {
  const [way = "/", asked = ""] = path.split("?", 2);
  const url = new URL(address);
  if (way !== "/") url.pathname = url.pathname.replace(/\/+$/, "") + way;
  url.search = [url.search.slice(1), asked].filter((part) => part !== "").join("&");
  return url.href;
}

/** What a tool that says back what it was sent must not be heard saying. */
export const spokenIn = ({ headers, query, leads }: Signature): readonly string[] => [
  ...Object.values(headers).map((value) => value.slice(value.lastIndexOf(" ") + 1)),
  ...Object.values(query).flatMap((value) => [value, encodeURIComponent(value)]),
  ...(leads?.to === "whole" ? secretParts(leads.url) : []),
];

/** The address, and what of it comes after the host. */
const secretParts = (address: string): string[] => {
  const { href, pathname, search } = new URL(address);
  return [href, pathname + search, pathname, pathname.replace(/^\/+|\/+$/g, "")];
};
