import { json, type Route } from "../../http.ts";
import { bodyOf } from "./body.ts";
import { badRequest, notFound } from "../errors.ts";
import type { Properties } from "../objects/object-type.ts";
import type { Portal } from "../portal.ts";
import type { Author, CrmRecord, Records } from "../records/records.ts";
import type { Resource } from "./resource.ts";
import { shown } from "../records/shown.ts";

/** `…/merge` of two records, and for contacts `…/gdpr-delete`, which leaves nothing. */
export function endingRoutes({ base, type, records, portal }: Resource): Route[] {
  return [
    {
      method: "POST",
      path: `${base}/merge`,
      handle(request) {
        const body = bodyOf(request, ["primaryObjectId", "objectIdToMerge"]);
        const [primary, loser] = [body["primaryObjectId"], body["objectIdToMerge"]].map((id) => {
          const record = typeof id === "string" ? records.find(id) : undefined;
          if (record?.archivedAt !== null) throw notFound();
          return record;
        });
        if (primary === undefined || loser === undefined || primary.id === loser.id) {
          throw badRequest("A record cannot be merged with itself");
        }
        const merged = merge(portal, records, { primary, loser }, "INTEGRATION");
        return json(200, shown(type, merged, Object.keys(merged.properties)));
      },
    },
    ...(type.name !== "contacts"
      ? []
      : [
          {
            method: "POST",
            path: `${base}/gdpr-delete`,
            handle(request) {
              const { objectId, idProperty } = bodyOf(request, ["objectId", "idProperty"]);
              const key = String(objectId);
              const record =
                idProperty === "email" ? records.findBy("email", key) : records.find(key);
              if (record !== undefined) records.forget(record);
              return { status: 204, headers: {}, body: "" };
            },
          } satisfies Route,
        ]),
  ];
}

/** What the primary record lacks comes from the other one; so do all associations. */
export function merge(
  portal: Portal,
  records: Records,
  pair: { primary: CrmRecord; loser: CrmRecord },
  by: Author,
): CrmRecord {
  const { primary, loser } = pair;
  const keepsId = portal.mergeKeepsId;
  const properties = mergedProperties(
    primary,
    loser,
    keepsId ? [loser.id] : [primary.id, loser.id],
  );
  const record = records.merge(pair, properties, keepsId, by);
  const to = { object: records.type.name, id: record.id };
  for (const { id } of [primary, loser]) {
    if (id !== record.id) portal.associations.move({ object: records.type.name, id }, to);
  }
  return record;
}

function mergedProperties(primary: CrmRecord, loser: CrmRecord, former: string[]): Properties {
  const { hs_merged_object_ids: before = "", ...own } = primary.properties;
  const {
    hs_merged_object_ids: further = "",
    email,
    hs_additional_emails: more,
    ...others
  } = loser.properties;
  const ids = [before, further, ...former].filter((id) => id !== "");
  const emails = [own["hs_additional_emails"], email, more].flatMap((one) => one ?? []);
  const all: Properties = { ...others, ...own, hs_merged_object_ids: [...new Set(ids)].join(";") };
  if (own["email"] !== undefined) {
    return emails.length === 0 ? all : { ...all, hs_additional_emails: emails.join(";") };
  }
  return {
    ...all,
    ...(email !== undefined && { email }),
    ...(more !== undefined && { hs_additional_emails: more }),
  };
}
