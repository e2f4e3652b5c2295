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
  const usual = addressIn(manifest, manifest.base_url, name, settings);
  return (host) => {
    const other = host === null ? undefined : manifest.hosts[host];
    return other === undefined ? usual : addressIn(manifest, other, name, settings);
  };
}

const tidy = (address: string): string => address.replace(/\/+$/, "");

/** Where nothing ever is (RFC 2606), for a tool whose address only the credential says. */
const nowhere = "https://in-the-credential.invalid";

/** One of a tool's addresses: fixed, or within its domains as a setting says. */
function addressIn(
  { title, settings: known }: Where,
  given: Manifest["base_url"],
  name: string,
  settings: Connection["settings"],
): string {
  if (given === "credential") return nowhere;
  if (typeof given === "string") return tidy(given);
  return chosenAddress({ title, settings: known }, given, name, settings);
}

function chosenAddress(
  { title, settings: known }: Pick<Where, "title" | "settings">,
  { setting, within }: Exclude<Manifest["base_url"], string>,
  name: string,
  settings: Connection["settings"],
): string {
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
  return [base_url, ...Object.values(hosts)].flatMap((address) => {
    if (address === "credential") return [];
    if (typeof address === "string") return [new URL(address).host];
    return address.within.map((domain) => `*.${domain}`);
  });
}

/** Where the tool is unless a connection says otherwise. */
export function usualOrigin({ base_url }: Pick<Manifest, "base_url">): string {
  if (base_url === "credential") return nowhere;
  return typeof base_url === "string" ? base_url : `https://${base_url.within[0] ?? ""}`;
}
