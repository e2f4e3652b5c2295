import type { Connection } from "#domain/connection.ts";
import { Mistake } from "#domain/errors.ts";
import type { Manifest } from "./manifest/manifest.ts";

type Where = Pick<Manifest, "title" | "base_url" | "hosts" | "settings">;

/**
 * Where a request of a connection goes: to the tool itself, or to the address the connection has of its
 * own, which stands for all of the tool's hosts.
 * @throws Mistake when the tool's address stands in a setting and is not one of the tool's
 */
export function addressesOf(
  manifest: Where,
  { name, baseUrl, settings }: Pick<Connection, "name" | "baseUrl" | "settings">,
): (host: string | null) => string {
  if (baseUrl !== null) {
    const own = tidy(baseUrl);
    return () => own;
  }
  const usual = usualAddress(manifest, name, settings);
  return (host) => (host === null ? usual : tidy(manifest.hosts[host] ?? usual));
}

const tidy = (address: string): string => address.replace(/\/+$/, "");

function usualAddress(
  { title, base_url, settings: known }: Where,
  name: string,
  settings: Connection["settings"],
): string {
  if (typeof base_url === "string") return tidy(base_url);
  const { setting, within } = base_url;
  const given = (settings[setting]?.trim() || known[setting]?.default) ?? "";
  if (isWithin(given, within)) return tidy(given);
  const what = known[setting]?.label ?? setting;
  throw new Mistake(
    `The ${what} of ${name} is not an address of ${title}: one that begins with https:// and ends in ${within.join(" or ")} is accepted.`,
  );
}

/** Whether this is an https address of one of these domains, and nothing that only looks like one. */
export function isWithin(address: string, domains: readonly string[]): boolean {
  const url = URL.parse(address);
  if (url?.protocol !== "https:" || url.username !== "" || url.password !== "") return false;
  if (url.port !== "" || url.search !== "" || url.hash !== "") return false;
  return domains.some((domain) => url.hostname === domain || url.hostname.endsWith(`.${domain}`));
}

/** The tool's hosts as people read them; `*.api-us1.com` where each customer has one of their own. */
export function hostsIn({ base_url, hosts }: Pick<Manifest, "base_url" | "hosts">): string[] {
  const usual =
    typeof base_url === "string"
      ? [new URL(base_url).host]
      : base_url.within.map((domain) => `*.${domain}`);
  return [...usual, ...Object.values(hosts).map((address) => new URL(address).host)];
}

/** Where the tool is unless a connection says otherwise. */
export const usualOrigin = ({ base_url }: Pick<Manifest, "base_url">): string =>
  typeof base_url === "string" ? base_url : `https://${base_url.within[0] ?? ""}`;
