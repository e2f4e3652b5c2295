import { type Answer, json, type Request } from "../http.ts";
import { type Data, type DataRoute, dataRoute, objectOf } from "./data-route.ts";
import { invalidWindow } from "./errors.ts";
import type { SObject } from "./fields.ts";
import type { Row } from "./organisation.ts";
import { instant, instantIn, written } from "./time.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const UPDATED_DAYS = 30;
/** How long the recycle bin keeps records, by the older guide. */
const DELETED_DAYS = 15;

/** `/updated` and `/deleted`: what changed in a stretch of time, whose seconds do not count. */
export function replicationRoutes(data: Data): DataRoute[] {
  const { organisation } = data;

  const within = (object: SObject, { start, end }: Stretch, deleted: boolean): Row[] =>
    [...organisation.rows(object)]
      .flatMap((row) => organisation.seen(row) ?? [])
      .filter((row) => {
        const at = Date.parse(String(row["SystemModstamp"]));
        return at >= start && at < end && (row["IsDeleted"] === true) === deleted;
      });

  return [
    ...dataRoute("GET", "/sobjects/:object/updated", (request): Answer => {
      const stretch = stretchIn(request, UPDATED_DAYS);
      const rows = within(objectOf(data, request), stretch, false);
      return json(200, {
        ids: rows.map(({ Id }) => Id),
        latestDateCovered: written(instant(stretch.end)),
      });
    }),
    ...dataRoute("GET", "/sobjects/:object/deleted", (request): Answer => {
      const stretch = stretchIn(request, DELETED_DAYS);
      const rows = within(objectOf(data, request), stretch, true);
      return json(200, {
        deletedRecords: rows.map((row) => ({
          deletedDate: written(String(row["SystemModstamp"])),
          id: row.Id,
        })),
        earliestDateAvailable: written(instant(Date.now() - DELETED_DAYS * DAY)),
        latestDateCovered: written(instant(stretch.end)),
      });
    }),
  ];
}

type Stretch = { start: number; end: number };

function stretchIn({ query }: Request, days: number): Stretch {
  const [start, end] = ["start", "end"].map((name) => {
    const given = instantIn(query.get(name) ?? "");
    if (given === undefined) throw invalidWindow(`${name} date is missing or has no valid format`);
    return Math.floor(Date.parse(given) / MINUTE) * MINUTE;
  }) as [number, number];
  if (end - start < MINUTE)
    throw invalidWindow("end date must be at least one minute greater than start date");
  if (start < Date.now() - days * DAY)
    throw invalidWindow(`start date cannot be more than ${String(days)} days ago`);
  return { start, end };
}
