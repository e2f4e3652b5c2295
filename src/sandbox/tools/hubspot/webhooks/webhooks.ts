import type { Shelf } from "../../../collection.ts";
import { type AppWebhook, openAppWebhook } from "../../app-webhook.ts";
import { PORTAL } from "../account.ts";
import { associationType } from "../associations/association-types.ts";
import type { Association, End } from "../associations/associations.ts";
import { objectTypes } from "../objects/index.ts";
import type { ObjectType } from "../objects/object-type.ts";
import type { Listener } from "../portal.ts";
import type { Author, Change } from "../records/records.ts";
import { APP, CLIENT_SECRET } from "../access/sign-in.ts";
import { signatureV1, signatureV3 } from "./signature.ts";

type Event = Record<string, unknown> & { subscriptionType: string };

/** In one message at most (unverified). */
const MOST = 100;
const METHOD = "POST";

/** What the app is told of, signed with its client secret. */
export function openWebhooks(shelf: Shelf): { listener: Listener; webhook: AppWebhook<Event> } {
  const webhook = openAppWebhook<Event>(shelf, {
    most: MOST,
    kindOf: ({ subscriptionType }) => subscriptionType,
    message(url, events) {
      const body = JSON.stringify(events);
      const timestamp = String(Date.now());
      const signed = { method: METHOD, uri: url, body, timestamp };
      return {
        url,
        method: METHOD,
        headers: {
          "content-type": "application/json",
          "x-hubspot-signature": signatureV1(CLIENT_SECRET, body),
          "x-hubspot-signature-version": "v1",
          "x-hubspot-signature-v3": signatureV3(CLIENT_SECRET, signed),
          "x-hubspot-request-timestamp": timestamp,
        },
        body,
      };
    },
  });
  let lastEvent = Date.now() % 1_000_000_000;

  function say(type: ObjectType, what: string, by: Author, objectId: string, more: object): void {
    const named = type.name === "orders" ? "object" : type.singular;
    const subscriptionType = `${named}.${what}`;
    lastEvent += 1;
    webhook.say({
      eventId: lastEvent,
      subscriptionId: subscriptionOf(subscriptionType),
      portalId: PORTAL,
      appId: APP,
      occurredAt: Date.now(),
      subscriptionType,
      attemptNumber: 0,
      objectId: Number(objectId),
      changeSource: by,
      sourceId: by === "INTEGRATION" ? String(APP) : "userId:5100001",
      ...(named === "object" && { objectTypeId: type.typeId }),
      ...more,
    });
  }

  return {
    webhook,
    listener: {
      changed({ type }, change) {
        for (const [what, more] of happenings(change))
          say(type, what, change.by, change.record.id, more);
      },
      associated(from, association, removed, by) {
        const type = objectTypes.find(({ name }) => name === from.object);
        if (type === undefined) return;
        say(type, "associationChange", by, from.id, ends(from, association, removed));
      },
    },
  };
}

const ends = (from: End, { to, primary }: Association, removed: boolean) => {
  const kind = associationType(from.object, to.object);
  return {
    associationType: (kind?.primary?.name ?? kind?.name ?? "").toUpperCase(),
    fromObjectId: Number(from.id),
    toObjectId: Number(to.id),
    associationRemoved: removed,
    isPrimaryAssociation: primary,
  };
};

/** What a change is to those who listen: each property for itself, a creation as a whole. */
function happenings(change: Change): [what: string, more: object][] {
  switch (change.kind) {
    case "created":
      return [["creation", { changeFlag: "NEW" }]];
    case "changed": {
      const after = change.record.properties;
      const names = new Set([...Object.keys(change.before), ...Object.keys(after)]);
      return [...names]
        .filter((name) => change.before[name] !== after[name])
        .map((name) => [
          "propertyChange",
          { propertyName: name, propertyValue: after[name] ?? "" },
        ]);
    }
    case "archived":
      return [["deletion", { changeFlag: "DELETED" }]];
    case "restored":
      return [["restore", {}]];
    case "forgotten":
      return [["privacyDeletion", {}]];
    case "merged":
      return [["merge", mergeOf(change)]];
    case "touched":
      return [];
    default:
      return change satisfies never;
  }
}

/** The fields of a merge are unverified. */
const mergeOf = ({ primary, loser, record }: Extract<Change, { kind: "merged" }>) => ({
  primaryObjectId: Number(primary.id),
  mergedObjectIds: [primary, loser]
    .filter(({ id }) => id !== record.id)
    .map(({ id }) => Number(id)),
  newObjectId: Number(record.id),
  numberOfPropertiesMoved: Object.keys(loser.properties).filter(
    (name) => !(name in primary.properties),
  ).length,
});

/** Each kind of event is a subscription of its own, with an id that stays. */
const subscriptionOf = (subscriptionType: string): number =>
  [...subscriptionType].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 1_000_000, 7);
