import type { Connection } from "#domain/connection.ts";
import type { Connector } from "./connector.ts";
import { compileText } from "./manifest/template.ts";

/**
 * Where a person sees a record in the tool itself. A connection with an address of its own is a
 * sandbox or an installation of one's own, whose pages are there. Null when the tool has no such page,
 * or a setting it needs is not given.
 */
export function linkTo(
  { manifest, objects }: Connector,
  { baseUrl, settings }: Connection,
  object: string,
  id: string,
): string | null {
  const spec = objects.get(object)?.plan.spec;
  const [host, page] =
    baseUrl === null ? hosted(manifest, settings, spec?.record_page) : [bare(baseUrl), spec?.own_page]; // prettier-ignore
  if (page === undefined) return null;
  const variables = { ...settings, api_version: manifest.api_version, id };
  const text = compileText(page, encodeURIComponent)(variables);
  return text === null ? null : host + text;
}

/** A page that begins with / is where the connection's setting says the tool is. */
function hosted(
  { base_url }: Connector["manifest"],
  settings: Connection["settings"],
  page: string | undefined,
): [host: string, page: string | undefined] {
  if (page?.startsWith("/") !== true) return ["", page];
  const host = typeof base_url === "string" ? base_url : settings[base_url.setting];
  return host === undefined ? ["", undefined] : [bare(host), page];
}

const bare = (url: string): string => url.replace(/\/+$/, "");
