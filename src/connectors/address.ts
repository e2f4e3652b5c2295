import type { Connection } from "#domain/connection.ts";
import { Mistake } from "#domain/errors.ts";
import { endpointsOf } from "./auth/endpoints.ts";
import type { ChosenAddress, Manifest } from "./manifest/manifest.ts";

type Where = Pick<Manifest, "title" | "base_url" | "hosts" | "settings">;
type Of = Pick<Connection, "name" | "baseUrl" | "settings">;

/**
 * Where a request of a connection goes: to the tool itself, or to the address the connection has of its
 * own, which stands for all of the tool's hosts.
 * @throws Mistake when the tool's address stands in a setting and is not one of the tool's
 */
export function addressesOf(
  manifest: Where,
  { name, baseUrl, settings }: Of,
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
  if ("else" in given && saidIn(given, known, settings) === "") return nowhere;
  return chosenAddress({ title, settings: known }, given, name, settings);
}

/** What a connection is told that has no address, where only signing in can say it; null for another. */
export function unsaidAddress(
  { title, base_url: given, settings: known }: Where,
  { name, baseUrl, settings }: Of,
): string | null {
  if (baseUrl !== null || typeof given === "string")
    return given === "credential" ? `${name} has no address to send to` : null;
  if (!("else" in given) || saidIn(given, known, settings) !== "") return null;
  const label = known[given.setting]?.label ?? given.setting;
  return `${name} does not say where ${title} is: sign in to it, or give it the ${label} (${given.setting})`;
}

/**
 * Where the addresses at which a connection signs in are for it.
 * @throws Mistake when a setting says where, and it is not one of the tool's
 */
export function signInOf(
  manifest: Where & Pick<Manifest, "sign_in">,
  connection: Of,
): (url: string) => string {
  const { name, baseUrl, settings } = connection;
  const { sign_in: given } = manifest;
  const at = endpointsOf(usualOrigin(manifest), baseUrl);
  if (baseUrl !== null || given === undefined) return at;
  if (saidIn(given, manifest.settings, settings) === "") return at;
  const { origin } = new URL(chosenAddress(manifest, given, name, settings));
  return (url) => endpointsOf(new URL(url).origin, origin)(url);
}

const saidIn = (
  { setting }: ChosenAddress,
  known: Where["settings"],
  settings: Connection["settings"],
): string => (settings[setting]?.trim() || known[setting]?.default) ?? "";

function chosenAddress(
  { title, settings: known }: Pick<Where, "title" | "settings">,
  { setting, within }: ChosenAddress,
  name: string,
  settings: Connection["settings"],
): string {
  const given = saidIn({ setting, within }, known, settings);
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
export function hostsIn({
  base_url,
  hosts,
  sign_in,
}: Pick<Manifest, "base_url" | "hosts" | "sign_in">): string[] {
  const all = [base_url, ...Object.values(hosts), ...(sign_in === undefined ? [] : [sign_in])];
  return all.flatMap((address) => {
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
