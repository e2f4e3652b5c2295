-- Whether another golden record has all values of one of these ways. Whoever asks waits for others who are about
-- to create one of the same way, and sees what they did: each statement of a function looks anew.
create function hub_has_other(of_entity text, own_id text, ways jsonb) returns boolean language plpgsql volatile as $function$
begin
  perform pg_advisory_xact_lock(hashtextextended('hub ' || of_entity || ' ' || way.value::text, 0))
  from (select value from jsonb_array_elements(ways) order by value::text) way;
  return exists (
    select from jsonb_array_elements(ways) way
    cross join lateral (
      select k.id from hub_keys k
      where k.entity = of_entity and k.field = way.value -> 0 ->> 'field' and k.value = way.value -> 0 ->> 'value'
      offset 0
    ) other
    cross join lateral (
      select from hub_records r where r.entity = of_entity and r.id = other.id and not r.gone offset 0
    ) live
    where other.id <> own_id and not exists (
      select from jsonb_to_recordset(way.value) part (field text, value text)
      where not exists (
        select from hub_keys k
        where k.entity = of_entity and k.id = other.id and k.field = part.field and k.value = part.value
      )
    )
  );
end $function$;
