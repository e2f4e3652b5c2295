import { eventTypes } from "#domain/event.ts";
import type { HookFacts } from "#domain/ports/connector-facts.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { compileText } from "../manifest/template.ts";
import { changeNames } from "../write/change-names.ts";
import { secretOf } from "./index.ts";
import type { SecretFrom } from "./secret.ts";

/** The objects of which something is told as it happens. */
export function objectsTold({ webhooks, objects }: Manifest): ReadonlySet<string> {
  const told = webhooks?.events?.objects;
  const named = told === undefined ? [] : Array.isArray(told) ? told : Object.values(told.are).flat(); // prettier-ignore
  const sent = Object.keys(objects).filter((name) => objects[name]?.inbox !== undefined);
  return new Set([...named, ...sent]);
}

/** What people can be told of the addresses a connection may have. */
export function hookFacts(manifest: Manifest): HookFacts | null {
  const { webhooks, objects } = manifest;
  if (webhooks === undefined) return null;
  const secret = secretOf(webhooks.verify);
  return {
    about: webhooks.about,
    token: webhooks.verify.kind === "bearer" ? "as_key" : "in_address",
    inboxes: Object.keys(objects).filter((name) => objects[name]?.inbox !== undefined),
    tells: webhooks.events !== undefined,
    watched: [...new Set(Object.values(webhooks.subscribe ?? {}).flatMap((one) => one.objects))],
    events: webhooks.subscriptions === undefined ? [] : eventsOf(manifest),
    failures: failuresOf(manifest),
    ...asksOf(secret),
  };
}

function asksOf(secret: SecretFrom | null): Pick<HookFacts, "asks" | "unsigned"> {
  return typeof secret === "object" && secret !== null && "asked" in secret
    ? { asks: secret.asked, unsigned: secret.optional }
    : { asks: null, unsigned: false };
}

function failuresOf({ failures }: Manifest): HookFacts["failures"] {
  if (failures === undefined) return null;
  return { come: failures.list === undefined ? "sent" : "asked", about: failures.about };
}

/** Those that flows write there, and those of our own that it has words for. */
function eventsOf(manifest: Manifest): readonly string[] {
  const written = eventsWritten(manifest);
  const hasWords = manifest.webhooks?.subscriptions?.tells !== undefined;
  return [...new Set([...written, ...(hasWords ? eventTypes : [])])];
}

function eventsWritten({ objects }: Manifest): readonly string[] {
  const calls = Object.values(objects).flatMap(({ write }) => write?.calls ?? []);
  return calls.flatMap((call) => {
    if (call.event === undefined) return [];
    const name = compileText(call.event);
    const kinds = (["create", "update", "archive"] as const).filter((kind) => call[kind] !== undefined); // prettier-ignore
    return kinds.flatMap((kind) => name({ change: changeNames[kind] }) ?? []);
  });
}
