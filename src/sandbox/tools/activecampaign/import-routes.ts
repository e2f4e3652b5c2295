import { json, type Request, type Route } from "../http.ts";
import { rateWindow } from "../rate-window.ts";
import { bodyOf } from "./body.ts";
import { callbackIn, entriesIn, refusedImport } from "./import-body.ts";
import type { Imports } from "./imports.ts";

const LARGEST = 400 * 1024;
const MINUTE = 60_000;

/** `/import/bulk_import` takes up to 250 contacts; `/import/info` tells later what came of it. */
export function importRoutes(imports: Imports, limited: () => boolean): Route[] {
  const many = rateWindow(100, MINUTE);
  const single = rateWindow(20, MINUTE);

  return [
    {
      method: "POST",
      path: "/import/bulk_import",
      handle(request: Request) {
        if (request.raw.length > LARGEST)
          throw refusedImport("The request is too large.", ["Up to 400 KB may be sent at once"]);
        const body = bodyOf(request);
        const entries = entriesIn(body);
        const callback = callbackIn(body);
        const [window, most] = entries.length > 1 ? [many, "100"] : [single, "20"];
        const fits = window.take();
        // A 400, though it is one of time.
        if (limited() && !fits)
          throw refusedImport("Rate limit exceeded.", [
            `Up to ${most} imports may be requested per minute. Please batch contacts into larger requests, or retry this request in a minute.`,
          ]);
        const { id } = imports.queue(entries, callback);
        return json(200, {
          Success: 1,
          queued_contacts: entries.length,
          batchId: id,
          message: "Contact import queued",
        });
      },
    },
    {
      method: "GET",
      path: "/import/bulk_import",
      handle: () =>
        json(200, {
          outstanding: summed(imports, "active"),
          recentlyCompleted: summed(imports, "completed"),
        }),
    },
    {
      method: "GET",
      path: "/import/info",
      handle(request: Request) {
        const id = request.query.get("batchId") ?? "";
        if (id === "") return json(400, { success: 0, message: "'batchId' is a required field." });
        const batch = imports.batches.get(id);
        if (batch === undefined) return json(400, { success: 0, message: "'batchId' is not known." }); // prettier-ignore
        const { status, success, failure } = batch;
        return json(200, { status, success, failure });
      },
    },
  ];
}

function summed({ batches }: Imports, status: "active" | "completed"): object[] {
  const found = [...batches.values()].filter((batch) => batch.status === status);
  if (found.length === 0) return [];
  const contacts = found.reduce((sum, { entries }) => sum + entries.length, 0);
  return [
    {
      forDate: new Date().toISOString().slice(0, 10),
      batches: String(found.length),
      contacts: String(contacts),
    },
  ];
}
