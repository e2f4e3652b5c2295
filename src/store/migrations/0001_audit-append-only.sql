-- Rows of the audit are only ever added; whoever wants another must say so to the database first.
create function audit_is_append_only() returns trigger language plpgsql as $function$
begin
  raise exception 'rows of the audit are only ever added';
end $function$;
--> statement-breakpoint
create trigger audit_is_append_only before update or delete or truncate on audit
  for each statement execute function audit_is_append_only();
