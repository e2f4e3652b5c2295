import type { Connection } from "#domain/connection.ts";
import type { Failure } from "#domain/failure.ts";
import type { Json } from "#domain/json.ts";
import { isAtOneOf, isLoopback } from "../auth/hosts.ts";
import { getAt, textOf } from "../json/path.ts";
import type { FailuresSpec } from "../manifest/failures-spec.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { compileText } from "../manifest/template.ts";
import { compileGone, compileList, type List } from "../read/list.ts";

/** How failures at a tool are told. */
export type FailuresPlan = {
  spec: FailuresSpec;
  /** Null where they are sent to us. */
  list: List | null;
  hasNone(parent: Json): boolean;
  isOver(told: Json): boolean;
  /** What is told; null where it is none. `known` is its id where something else says it. */
  read(told: Json, connection: Connection, known?: string | null): Failure | null;
};

/** Names are for a line of a card; what a tool says is cut where it is shown. */
const most = { id: 256, name: 120, message: 2000 };

export function compileFailures(manifest: Manifest): FailuresPlan | null {
  const spec = manifest.failures;
  if (spec === undefined) return null;
  const at = (path: string | undefined, length: number) => {
    const get = path === undefined ? null : getAt(path);
    return (told: Json): string | null => textOf(get?.(told))?.trim().slice(0, length) || null;
  };
  const id = at(spec.id, most.id);
  const automation = at(spec.automation.id, most.id);
  const name = at(spec.automation.name, most.name);
  const step = at(spec.step, most.name);
  const message = at(spec.message, most.message);
  const pageOf = compilePage(spec, manifest);

  return {
    spec,
    list: spec.list === undefined ? null : compileList(manifest, spec.list),
    hasNone: compileGone(spec.skip),
    isOver: compileGone(spec.over),
    read(told, connection, known = null) {
      const [event, which, words] = [known ?? id(told), automation(told), message(told)];
      if (event === null || which === null || words === null) return null;
      return {
        event,
        automation: { id: which, name: name(told) ?? which },
        step: step(told),
        message: words,
        page: pageOf(told, which, connection),
      };
    },
  };
}

/** Whoever sends a failure could send a link to anywhere: only the tool's own pages are shown. */
function compilePage(spec: FailuresSpec, { settings, api_version }: Manifest) {
  const pageAt = spec.page_at === undefined ? null : getAt(spec.page_at);
  const page = spec.page === undefined ? null : compileText(spec.page);
  const own = spec.own_page === undefined ? null : compileText(spec.own_page);
  const usual = Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [name, setting.default]),
  );
  const addressOf = (automation: string, { baseUrl, settings: given }: Connection) => {
    const known = { api_version, ...usual, ...given };
    const variables = { ...known, automation: encodeURIComponent(automation) };
    if (baseUrl === null || own === null) return page?.(variables) ?? null;
    const below = own(variables);
    return below === null ? null : baseUrl.replace(/\/+$/, "") + below;
  };
  return (told: Json, automation: string, connection: Connection): string | null => {
    const address = textOf(pageAt?.(told)) ?? addressOf(automation, connection);
    const url = URL.parse(address ?? "");
    if (url === null) return null;
    return isOwn(url, connection.baseUrl) || isAtOneOf(url, spec.pages) ? url.href : null;
  };
}

/** A page of the simulated tool that the connection leads to. */
const isOwn = (url: URL, baseUrl: string | null): boolean =>
  baseUrl !== null && isLoopback(url) && url.origin === URL.parse(baseUrl)?.origin;
