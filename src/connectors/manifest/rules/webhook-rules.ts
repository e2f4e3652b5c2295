import { authOf } from "../../auth/index.ts";
import { secretOf } from "../../webhooks/index.ts";
import type { Manifest } from "../manifest.ts";
import { unknown } from "../nearest.ts";
import type { SubscribeSpec } from "../subscribe-spec.ts";
import type { WebhooksSpec } from "../webhooks-spec.ts";
import { sent } from "./requests.ts";
import { type Finding, finding, type Rule } from "./rule.ts";

const at = ["webhooks"] as const;

/** What messages say is about objects there are, which can be read as they say it. */
export const toldObjects: Rule = function* ({ webhooks, objects }) {
  if (webhooks === undefined) return;
  const { events } = webhooks;
  const hasInbox = Object.values(objects).some(({ inbox }) => inbox !== undefined);
  if (events === undefined && !hasInbox)
    yield finding(
      at,
      "These webhooks say nothing: events, or an object with an inbox, is accepted",
    );
  for (const { path, name } of namesTold(webhooks)) {
    const wrong = wrongObject(name, objects, events?.id !== undefined);
    if (wrong !== null) yield finding(path, wrong);
  }
};

function wrongObject(name: string, objects: Manifest["objects"], byId: boolean): string | null {
  const spec = objects[name];
  if (spec === undefined) return unknown("The object", name, Object.keys(objects));
  if (spec.inbox !== undefined) return `${name} has an inbox: its events have an address of their own`; // prettier-ignore
  if (byId && spec.read === undefined)
    return `${name} is told of by id, so it needs read: a request for records by their ids`;
  return null;
}

/** Where messages have no content, nothing can be found in it. */
export const emptyMessages: Rule = function* ({ webhooks }) {
  const { events, body } = webhooks ?? {};
  if (body !== "nothing" || events === undefined) return;
  if (!Array.isArray(events.objects))
    yield finding([...at, "events", "objects"], "Messages with body: nothing cannot tell which object they are about"); // prettier-ignore
  if (events.id !== undefined)
    yield finding([...at, "events", "id"], "Messages with body: nothing tell no ids");
};

function* namesTold({ events }: WebhooksSpec): Iterable<{ path: PropertyKey[]; name: string }> {
  const told = events?.objects ?? [];
  const path = [...at, "events", "objects"];
  if (Array.isArray(told)) {
    for (const [index, name] of told.entries()) yield { path: [...path, index], name };
    return;
  }
  for (const [word, names] of Object.entries(told.are))
    for (const name of [names].flat()) yield { path: [...path, "are", word], name };
}

/** A message is verified with a secret that somebody or something brings. */
export const hookSecrets: Rule = function* (manifest) {
  const { webhooks, auth } = manifest;
  if (webhooks === undefined) return;
  const from = secretOf(webhooks.verify);
  const path = [...at, "verify", "secret"];
  if (from === null) return;
  if (from === "learned") {
    if (!isBrought(webhooks))
      yield finding(path, "Nothing brings this secret: a handshake with one, or secret or {secret} in subscribe, is accepted"); // prettier-ignore
  } else if ("field" in from) {
    const fields = Object.values(auth).flatMap((way) => authOf(way).fields.map(({ name }) => name));
    if (!fields.includes(from.field))
      yield finding(path, unknown("Nobody is asked for this secret: the value", from.field, [...new Set(fields)])); // prettier-ignore
  } else if (webhooks.subscribe !== undefined && !from.optional)
    yield finding(path, "Nobody has copied this secret when the first message comes to what subscribe has made: optional: true is accepted with it"); // prettier-ignore
};

const isBrought = ({ handshake, subscribe = {} }: WebhooksSpec): boolean =>
  handshake?.kind === "header" ||
  handshake?.kind === "verifier" ||
  (Object.keys(subscribe).length > 0 && Object.values(subscribe).every(bringsSecret));

const bringsSecret = (one: SubscribeSpec): boolean =>
  one.secret !== undefined || sent({ path: [], request: one }).has("secret");

/** What we ask for ourselves can be told, ended, and kept alive. */
export const subscribing: Rule = function* (manifest) {
  const { webhooks } = manifest;
  if (webhooks === undefined) return;
  const { subscribe, renew, unsubscribe } = webhooks;
  if (subscribe === undefined) {
    for (const name of ["renew", "unsubscribe"] as const)
      if (webhooks[name] !== undefined)
        yield finding([...at, name], `${name} is about what subscribe has made, and there is none`);
    return;
  }
  if (unsubscribe === undefined)
    yield finding([...at, "subscribe"], "What subscribe makes has to be ended one day: it needs unsubscribe"); // prettier-ignore
  for (const [name, request] of Object.entries({ renew, unsubscribe }))
    if (request !== undefined && !sent({ path: [], request }).has("id"))
      yield finding([...at, name], "It does not say which webhook: put {id} into the request");
  yield* judgeKinds(webhooks, manifest);
};

function* judgeKinds(webhooks: WebhooksSpec, { objects }: Manifest): Iterable<Finding> {
  const told = new Set([...namesTold(webhooks)].map(({ name }) => name));
  for (const [kind, spec] of Object.entries(webhooks.subscribe ?? {})) {
    const path = [...at, "subscribe", kind];
    for (const [index, name] of spec.objects.entries())
      if (objects[name] === undefined)
        yield finding([...path, "objects", index], unknown("The object", name, Object.keys(objects))); // prettier-ignore
      else if (!told.has(name))
        yield finding([...path, "objects", index], `events say nothing of ${name}, so it would be asked for in vain`); // prettier-ignore
    const used = sent({ path, request: spec });
    if (!used.has("address"))
      yield finding(path, "The tool is not told where we are: put {address} into the request");
    if (spec.events !== undefined && !used.has("event"))
      yield finding(path, "One webhook for each event asks for it: put {event} into the request");
    if (spec.of !== undefined && !used.has("parent"))
      yield finding(path, "One webhook for each of a list asks for it: put {parent} into the request"); // prettier-ignore
    yield* judgeTime(path, spec, webhooks);
  }
}

function* judgeTime(
  path: readonly PropertyKey[],
  { expires, lasts }: SubscribeSpec,
  { renew }: WebhooksSpec,
): Iterable<Finding> {
  for (const [place, line] of [
    [[...path, "expires"], expires],
    [[...at, "renew", "expires"], renew?.expires],
  ] as const)
    if (line !== undefined && !/\|\s*(instant|epoch_ms|epoch_s)\b/.test(line))
      yield finding(place, "path | instant, path | epoch_ms or path | epoch_s is accepted here");
  if (renew !== undefined && expires === undefined && lasts === undefined)
    yield finding(path, "Nothing says when it is renewed: expires or lasts is accepted");
}
