import type { Reach } from "#domain/ports/connector-facts.ts";
import type { Manifest } from "./manifest/manifest.ts";

/** Members whose addresses are opened in a person's browser; all others are asked by us. */
const forPeople = new Set(["authorize", "record_page"]);

/**
 * Where a manifest leads, `known` being the hosts its connector has by its own account. Every address
 * anywhere in it counts too, whatever it is used for, so that none goes unseen by whoever approves it.
 */
export function reachOf(manifest: Manifest, known: readonly string[]): Reach {
  const hosts = new Set<string>(known);
  const pages = new Set<string>();
  const look = (value: unknown, key: string): void => {
    if (typeof value === "string") {
      const host = hostIn(value);
      if (host !== null) (forPeople.has(key) ? pages : hosts).add(host);
    } else if (Array.isArray(value)) {
      for (const item of value) look(item, key);
    } else if (typeof value === "object" && value !== null) {
      for (const [name, member] of Object.entries(value)) look(member, name);
    }
  };
  look(manifest, "");
  for (const host of manifest.failures?.pages ?? []) pages.add(host);
  return { hosts: [...hosts].sort(), pages: [...pages].sort(), scopes: scopesOf(manifest) };
}

/**
 * The host as it will be asked, however it is written: `https:EXAMPLE.com` is example.com. What cannot
 * be read as an address is shown whole, never left out.
 */
function hostIn(text: string): string | null {
  const address = text.trim();
  if (!/^https?:/i.test(address)) return null;
  return URL.parse(address)?.host ?? address.slice(0, 200);
}

const scopesOf = ({ auth }: Manifest): string[] => {
  const scopes = Object.values(auth).flatMap((way) => ("scopes" in way ? way.scopes : []));
  return [...new Set(scopes)].sort();
};
