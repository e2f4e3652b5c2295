import { json } from "../http.ts";
import { type Data, type DataRoute, dataRoute } from "./data-route.ts";
import type { Usage } from "./usage.ts";

/** What is left of what the organisation may use, and how much it holds. */
export function limitRoutes({ organisation, schema }: Data, usage: Usage): DataRoute[] {
  return [
    ...dataRoute("GET", "/limits", () => {
      const left = usage.spent ? 0 : Math.max(0, usage.max - usage.used());
      return json(200, {
        DailyApiRequests: { Max: usage.max, Remaining: left },
        DailyBulkApiBatches: { Max: 15_000, Remaining: 15_000 },
        DailyBulkV2QueryJobs: { Max: 10_000, Remaining: 10_000 },
        DailyAsyncApexExecutions: { Max: 250_000, Remaining: 250_000 },
        DailyStreamingApiEvents: { Max: 10_000, Remaining: 10_000 },
        DataStorageMB: { Max: 5, Remaining: 4 },
        FileStorageMB: { Max: 20, Remaining: 20 },
        SingleEmail: { Max: 15, Remaining: 15 },
      });
    }),
    ...dataRoute("GET", "/limits/recordCount", ({ query }) => {
      const asked = (query.get("sObjects") ?? "").split(",").filter((name) => name !== "");
      const wanted = asked.map((name) => schema.object(name));
      const objects = asked.length === 0 ? schema.all : schema.all.filter((one) => wanted.includes(one)); // prettier-ignore
      return json(200, {
        sObjects: objects.map((object) => ({
          count: [...organisation.rows(object)].filter((row) => row["IsDeleted"] !== true).length,
          name: object.name,
        })),
      });
    }),
  ];
}
