import type { Json } from "#domain/json.ts";
import { getAt, textOf } from "../json/path.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { SubscribeSpec } from "../manifest/subscribe-spec.ts";
import type { WebhooksSpec } from "../manifest/webhooks-spec.ts";
import { sent } from "../manifest/rules/requests.ts";
import { compileTime } from "../read/compile-object.ts";
import { compileParents, type List } from "../read/list.ts";
import { compileRequest, type Prepare } from "../request/prepare.ts";

type At = (body: Json | undefined) => string | null;

/** One kind of webhook that a tool takes. */
export type WatchKind = {
  objects: readonly string[];
  /** One webhook for each; null where one tells of all. */
  events: readonly string[] | null;
  /** One for each record of this list. */
  parents: (List & { idOf(record: Json): string | null }) | null;
  first: { prepare: Prepare; at: At } | null;
  make: Prepare;
  idAt: At;
  kept: readonly { name: string; at: At }[];
  /** Whether the tool is given a secret of ours, to send it back with each message. */
  sendsSecret: boolean;
  secretAt: At | null;
  /** As an ISO instant. */
  expiresAt: At;
  /** In milliseconds; null where it lasts, or the tool says how long. */
  lasts: number | null;
};

export type WatchPlan = {
  kinds: ReadonlyMap<string, WatchKind>;
  renew: { prepare: Prepare; expiresAt: At } | null;
  end: Prepare | null;
};

/** From webhooks a linter has seen; null where a person gives the tool our address. */
export function compileWatch(manifest: Manifest, spec: WebhooksSpec): WatchPlan | null {
  if (spec.subscribe === undefined) return null;
  const { renew, unsubscribe } = spec;
  return {
    kinds: new Map(
      Object.entries(spec.subscribe).map(([name, one]) => [name, compileKind(manifest, one)]),
    ),
    renew:
      renew === undefined
        ? null
        : { prepare: compileRequest(renew, manifest), expiresAt: timeAt(renew.expires) },
    end: unsubscribe === undefined ? null : compileRequest(unsubscribe, manifest),
  };
}

const compileKind = (manifest: Manifest, spec: SubscribeSpec): WatchKind => ({
  objects: spec.objects,
  events: spec.events ?? null,
  parents: spec.of === undefined ? null : compileParents(manifest, spec.of),
  first:
    spec.first === undefined
      ? null
      : { prepare: compileRequest(spec.first, manifest), at: textAt(spec.first.at) },
  make: compileRequest(spec, manifest),
  idAt: textAt(spec.id),
  kept: Object.entries(spec.keep).map(([name, path]) => ({ name, at: textAt(path) })),
  sendsSecret: sent({ path: [], request: spec }).has("secret"),
  secretAt: spec.secret === undefined ? null : textAt(spec.secret),
  expiresAt: timeAt(spec.expires),
  lasts: spec.lasts ?? null,
});

function textAt(path: string): At {
  const get = getAt(path);
  return (body) => textOf(get(body));
}

function timeAt(line: string | undefined): At {
  const time = compileTime(line);
  return (body) => (body === undefined ? null : time(body));
}
