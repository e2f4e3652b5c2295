import type { ChosenAddress, Manifest } from "../manifest.ts";
import { unknown } from "../nearest.ts";
import { requestsIn } from "./requests.ts";
import { type Finding, finding, type Rule } from "./rule.ts";

/** Hosts are fixed, or a setting may choose within the tool's own domains: a credential goes nowhere else. */
export const addresses: Rule = function* (manifest) {
  const { base_url, hosts, sign_in } = manifest;
  if (base_url === "credential") yield* judgeWays(manifest);
  else yield* judgeOne(["base_url"], base_url, manifest);
  if (typeof base_url !== "string") yield* judgeElse(base_url, manifest);
  if (sign_in !== undefined) yield* judgeChoice(["sign_in"], sign_in, manifest);
  for (const [name, given] of Object.entries(hosts))
    yield* judgeOne(["hosts", name], given, manifest);
  for (const { path, request } of requestsIn(manifest))
    if (request.host !== undefined && hosts[request.host] === undefined)
      yield finding([...path, "host"], unknown("The host", request.host, Object.keys(hosts)));
};

/** Where a request goes has to be said by whichever credential a connection has. */
function* judgeWays({ auth }: Manifest): Iterable<Finding> {
  for (const [name, { kind }] of Object.entries(auth))
    if (kind !== "url" && kind !== "standard_webhooks")
      yield finding(["auth", name, "kind"], "base_url: credential needs ways of signing in that are an address: url or standard_webhooks"); // prettier-ignore
}

/** What is left to the credential is in one of them, and nobody has to type it. */
function* judgeElse(
  given: Exclude<Manifest["base_url"], string>,
  { auth, settings }: Manifest,
): Iterable<Finding> {
  if (given.else === undefined) return;
  if (!Object.values(auth).some((way) => "base" in way && way.base !== undefined))
    yield finding(["base_url", "else"], "No way of signing in says where the tool is: one with base is needed"); // prettier-ignore
  const { optional = false, default: usual } = settings[given.setting] ?? {};
  if (!optional || usual !== undefined)
    yield finding(["base_url", "setting"], "An optional setting without a default is accepted here, since signing in may fill it in"); // prettier-ignore
}

function judgeOne(
  path: readonly PropertyKey[],
  given: string | ChosenAddress,
  manifest: Manifest,
): Iterable<Finding> {
  return typeof given === "string" ? judgeAddress(path, given) : judgeChoice(path, given, manifest);
}

function* judgeAddress(path: readonly PropertyKey[], text: string): Iterable<Finding> {
  const url = URL.parse(text);
  if (url?.protocol !== "https:" || url.username !== "" || url.search !== "" || /[{}]/.test(text))
    yield finding(path, "An https address without placeholders, user name or query is accepted here"); // prettier-ignore
}

function* judgeChoice(
  path: readonly PropertyKey[],
  { setting, within }: ChosenAddress,
  { settings }: Manifest,
): Iterable<Finding> {
  if (settings[setting] === undefined)
    yield finding([...path, "setting"], unknown("The setting", setting, Object.keys(settings)));
  for (const [index, domain] of within.entries())
    if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain))
      yield finding([...path, "within", index], "A domain such as api-us1.com is accepted here");
}
