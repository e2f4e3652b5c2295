import { readFileSync } from "node:fs";
import { z } from "zod";

/**
 * Brings the schema to the newest migration. Each migration is one statement that takes a lock, looks
 * whether it is done and does it whole or not at all, so any number of workers may start at once.
 */
export async function migrate(
  execute: (text: string) => Promise<unknown>,
  schema: string,
): Promise<void> {
  await execute(block(schema, foundation(schema)));
  for (const { tag } of journal().entries) {
    const text = readFileSync(new URL(`migrations/${tag}.sql`, import.meta.url), "utf8");
    await execute(block(schema, once(schema, tag, text)));
  }
}

/** A schema that is there is not created again: that would need a right we may not have. */
const foundation = (schema: string) => `
  if not exists (select from pg_namespace where nspname = '${schema}') then
    create schema "${schema}";
  end if;
  create table if not exists "${schema}".migrations (
    tag text primary key, applied_at timestamptz not null default now()
  );`;

const once = (schema: string, tag: string, text: string) => `
  if not exists (select from "${schema}".migrations where tag = '${tag}') then
    execute $migration$${text}$migration$;
    insert into "${schema}".migrations (tag) values ('${tag}');
  end if;`;

const block = (schema: string, body: string) => `do $block$ begin
  perform pg_advisory_xact_lock(hashtext('tieline migrations'));
  set local client_min_messages to warning;
  perform set_config('search_path', '"${schema}"', true);
  ${body}
end $block$`;

const journal = () =>
  z
    .object({ entries: z.array(z.object({ tag: z.string().regex(/^[a-z0-9_-]+$/) })) })
    .parse(
      JSON.parse(readFileSync(new URL("migrations/meta/_journal.json", import.meta.url), "utf8")),
    );
