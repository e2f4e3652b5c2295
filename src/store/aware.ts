import type { FlowName } from "#domain/ids.ts";
import { sql } from "./drizzle.ts";

/** The row that says who works on the flow is there before its first run is. */
export const aware = (flow: FlowName) => sql`
    insert into flow_progress (flow) values (${flow}) on conflict do nothing`;
