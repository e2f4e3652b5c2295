import type { Manifest } from "../manifest.ts";
import { unknown } from "../nearest.ts";
import { requestsIn } from "./requests.ts";
import { type Finding, finding, type Rule } from "./rule.ts";

/** Hosts are fixed, or a setting may choose within the tool's own domains: a credential goes nowhere else. */
export const addresses: Rule = function* (manifest) {
  const { base_url, hosts } = manifest;
  if (typeof base_url === "string") yield* judgeAddress(["base_url"], base_url);
  else yield* judgeChoice(base_url, manifest);
  for (const [name, url] of Object.entries(hosts)) yield* judgeAddress(["hosts", name], url);
  for (const { path, request } of requestsIn(manifest))
    if (request.host !== undefined && hosts[request.host] === undefined)
      yield finding([...path, "host"], unknown("The host", request.host, Object.keys(hosts)));
};

function* judgeAddress(path: readonly PropertyKey[], text: string): Iterable<Finding> {
  const url = URL.parse(text);
  if (url?.protocol !== "https:" || url.username !== "" || url.search !== "" || /[{}]/.test(text))
    yield finding(path, "An https address without placeholders, user name or query is accepted here"); // prettier-ignore
}

function* judgeChoice(
  { setting, within }: Exclude<Manifest["base_url"], string>,
  { settings }: Manifest,
): Iterable<Finding> {
  if (settings[setting] === undefined)
    yield finding(["base_url", "setting"], unknown("The setting", setting, Object.keys(settings)));
  for (const [index, domain] of within.entries())
    if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain))
      yield finding(["base_url", "within", index], "A domain such as api-us1.com is accepted here");
}
