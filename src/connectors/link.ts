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
    baseUrl === null ? ["", spec?.record_page] : [baseUrl.replace(/\/+$/, ""), spec?.own_page];
  if (page === undefined) return null;
  const variables = { ...settings, api_version: manifest.api_version, id };
  const text = compileText(page, encodeURIComponent)(variables);
  return text === null ? null : host + text;
}
