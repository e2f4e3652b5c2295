import type {
  ConnectorDescribed,
  ConnectorFacts,
  ObjectFacts,
  Reach,
} from "#domain/ports/connector-facts.ts";
import { listed } from "../nearest.ts";

/** What a connector would reach and do beside what it reaches and does now. */
export function compare(
  before: ConnectorDescribed | undefined,
  after: ConnectorDescribed,
): { added: Reach; gone: Reach; changes: readonly string[] } {
  const was = before?.reach ?? nowhere;
  return {
    added: without(after.reach, was),
    gone: without(was, after.reach),
    changes: before === undefined ? [] : changesOf(before.facts, after.facts),
  };
}

const nowhere: Reach = { hosts: [], pages: [], scopes: [] };

const without = (a: Reach, b: Reach): Reach => ({
  hosts: left(a.hosts, b.hosts),
  // To a host that is talked to people are led already.
  pages: left(a.pages, [...b.pages, ...b.hosts]),
  scopes: left(a.scopes, b.scopes),
});

const left = (all: readonly string[], known: readonly string[]): string[] =>
  all.filter((one) => !known.includes(one));

/** Whether it wants something that nobody has agreed to yet. */
export const asksForMore = ({ hosts, pages, scopes }: Reach): boolean =>
  hosts.length + pages.length + scopes.length > 0;

function changesOf(before: ConnectorFacts, after: ConnectorFacts): string[] {
  const names = (items: readonly { name: string }[]) => items.map(({ name }) => name);
  return [
    ...comeAndGone("Objects", names(before.objects), names(after.objects)),
    ...after.objects.flatMap((object) => {
      const was = before.objects.find(({ name }) => name === object.name);
      return was === undefined ? [] : objectChanges(was, object);
    }),
    ...comeAndGone("Ways of signing in", names(before.credentials), names(after.credentials)),
    ...comeAndGone("Settings", names(before.settings), names(after.settings)),
  ];
}

function comeAndGone(what: string, before: readonly string[], after: readonly string[]): string[] {
  const come = left(after, before);
  const gone = left(before, after);
  const parts = [
    ...(come.length > 0 ? [`new ${listed(come, 12)}`] : []),
    ...(gone.length > 0 ? [`gone ${listed(gone, 12)}`] : []),
  ];
  return parts.length === 0 ? [] : [`${what}: ${parts.join("; ")}.`];
}

function objectChanges(was: ObjectFacts, is: ObjectFacts): string[] {
  const { name } = is;
  const turned = (before: boolean, after: boolean, can: string, cannot: string): string[] =>
    before === after ? [] : [`${name} ${after ? can : cannot}.`];
  return [
    ...(was.entity === is.entity ? [] : [`${name} is now a ${is.entity}, not a ${was.entity}.`]),
    ...turned(was.reads, is.reads, "can be read now", "can no longer be read"),
    ...turned(was.writes, is.writes, "can be written now", "can no longer be written"),
    ...turned(
      was.incremental,
      is.incremental,
      "is read by its changes now",
      "is read whole each time now",
    ),
    ...turned(was.archives, is.archives, "can be archived now", "can no longer be archived"),
    ...comeAndGone(`Fields of ${name}`, was.fields, is.fields),
  ];
}
