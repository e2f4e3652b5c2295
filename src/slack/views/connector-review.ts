import type { ConnectorFacts, ObjectFacts, Reach } from "#domain/ports/connector-facts.ts";
import type { ConnectorChange, ConnectorReview } from "#operations/contract.ts";
import { listed } from "#operations/nearest.ts";
import type { KnownBlock } from "@slack/types";
import { section, sections } from "../blocks.ts";
import { cut } from "../text/cut.ts";
import { lines, mrkdwn, type Markup } from "../text/markup.ts";

/** "Notion · a new connector" */
export function changeHead({ title, review, backTo }: ConnectorChange): Markup {
  const name = mrkdwn`*${cut(title, 60)}*`;
  if (backTo !== null)
    return backTo === 0
      ? mrkdwn`${name} · back to what comes with Tieline`
      : mrkdwn`${name} · back to version ${backTo}`;
  if (review === null || review.against === null) return mrkdwn`${name} · a new connector`;
  return review.against === 0
    ? mrkdwn`${name} · instead of what comes with Tieline`
    : mrkdwn`${name} · instead of version ${review.against}`;
}

/** All that a second admin should know; what is new comes first. */
export function reviewBlocks(change: ConnectorChange): KnownBlock[] {
  const { review, note } = change;
  if (review === null)
    return [section(changeHead(change)), section(mrkdwn`Its manifest is not accepted any more.`)];
  const { facts, changes, against } = review;
  return [
    section(
      lines(
        changeHead(change),
        mrkdwn`${facts.about}`,
        note === "" ? undefined : mrkdwn`Note: ${note}`,
      ),
    ),
    ...sections(reachLines(review)),
    ...(against === null ? [] : sections(changed(changes))),
    ...sections([mrkdwn`*What it could do*`, ...objectLines(facts.objects)]),
    ...sections([mrkdwn`*Ways of signing in*`, ...signInLines(facts)]),
  ];
}

/** The same for a card: as short as it can be, with nothing left out that is new. */
export function reviewSummary(review: ConnectorReview): Markup {
  const { facts, changes, against } = review;
  const objects = facts.objects.map(
    ({ name, entity, ...can }) => `${name} (${entity}: ${abilities(can).join(", ")})`,
  );
  return lines(
    ...reachLines(review),
    mrkdwn`*Objects*  ${listed(objects, 8)}`,
    ...(against === null ? [] : changed(changes).slice(0, 6)),
  );
}

function reachLines(review: ConnectorReview): (Markup | undefined)[] {
  const { reach, added, gone, against, connections, stops } = review;
  const update = against !== null;
  return [
    ...(update ? newLines(added) : []),
    update && connections.length > 0 && added.hosts.length > 0
      ? mrkdwn`● The credentials of ${listed(connections, 6)} would go to these hosts too.`
      : undefined,
    ...stops.slice(0, 8).map((stop) => mrkdwn`● *Would stop*  ${stop}`),
    list("Talks to", reach.hosts),
    list("Leads people to", reach.pages),
    list("Scopes", reach.scopes),
    ...(update ? goneLines(gone) : []),
  ];
}

const newLines = ({ hosts, pages, scopes }: Reach) => [
  list("● New hosts", hosts),
  list("● New pages", pages),
  list("● New scopes", scopes),
];

const goneLines = ({ hosts, pages, scopes }: Reach) => [
  list("No longer", [...hosts, ...pages, ...scopes]),
];

const mostListed = 20;

/** What there are too many of is counted. Of a long name the end is shown: there it says whose it is. */
const list = (label: string, items: readonly string[]): Markup | undefined =>
  items.length === 0
    ? undefined
    : mrkdwn`*${label}*  ${listed(
        items.map((item) => (item.length > 100 ? `…${item.slice(-99)}` : item)),
        mostListed,
      )}`;

const changed = (changes: readonly string[]): Markup[] =>
  changes.length === 0
    ? [mrkdwn`Its objects, settings and ways of signing in stay as they are.`]
    : [mrkdwn`*What changes*`, ...changes.map((change) => mrkdwn`• ${change}`)];

const objectLines = (objects: readonly ObjectFacts[]): Markup[] =>
  objects.map(
    ({ title, name, entity, ...can }) =>
      mrkdwn`• ${title} (${name}) as ${entity}: ${listed(abilities(can))}`,
  );

const abilities = ({
  reads,
  writes,
  incremental,
  archives,
}: Pick<ObjectFacts, "reads" | "writes" | "incremental" | "archives">): string[] => [
  ...(reads ? [incremental ? "read whole and by changes" : "read whole"] : []),
  ...(writes ? ["write"] : []),
  ...(archives ? ["archive"] : []),
];

const signInLines = ({ credentials }: ConnectorFacts): Markup[] =>
  credentials.length === 0
    ? [mrkdwn`None: it needs no credential.`]
    : credentials.map(({ name, about }) => mrkdwn`• ${name}: ${cut(about, 200)}`);
