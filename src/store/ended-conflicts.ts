import type { FlowChange } from "#domain/ports/registry.ts";
import { clean } from "./clean.ts";
import { sql } from "./drizzle.ts";

/**
 * Part of a statement that changes flows, which are in `changed` with their names and new plans: what waits
 * for a person in one that goes one way now is over. An empty hash at both ends has the next run handle the
 * records, whichever way the flow goes then.
 */
export const endedConflicts = (
  changed: "added" | "planned",
  { by, at }: Pick<FlowChange, "by" | "at">,
) => sql`, ended as (
    update conflicts c set state = 'settled', state_why = 'one_way', state_by = ${clean(by)},
      state_at = ${at.toString()}::timestamptz, version = c.version + 1
    from ${sql.identifier(changed)} f
    where c.flow = f.name and c.state <> 'settled' and coalesce(f.plan::jsonb -> 'twoWay', 'null') = 'null'
    returning c.flow, c.key
  ), owed as (
    update links l set hash = '', back_hash = case when l.back_hash is null then null else '' end
    from ended where l.flow = ended.flow and l.key = ended.key
  )`;
