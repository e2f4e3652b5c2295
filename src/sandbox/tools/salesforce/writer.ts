import { checked } from "./constraints.ts";
import { duplicatesDetected, duplicatesOf } from "./duplicates.ts";
import { type Problem, refusedBy, requiredMissing, Trouble } from "./errors.ts";
import { CURRENCIES, type SObject } from "./fields.ts";
import { removeWithChildren } from "./children.ts";
import type { Organisation, Row } from "./organisation.ts";
import { against, derived, strangeCountries, type Values } from "./rules.ts";
import type { Schema } from "./schema.ts";
import { now } from "./time.ts";

/** What the person who runs the organisation switches on and off. */
type Policy = {
  /** The duplicate rules refuse what looks like a record there is. */
  duplicates: boolean;
  /** Countries come from a list, and free text is refused. */
  countries: boolean;
  /** An automation rewrites what was sent: phone numbers lose their spaces and signs. */
  automation: boolean;
};

/** Whether the caller said that duplicates may be saved all the same. */
export type Saving = { duplicatesAllowed: boolean };

export type Writer = {
  /** All throw a Trouble where Salesforce would refuse, and leave everything as it was. */
  create(object: SObject, given: Values, saving: Saving): Row;
  update(object: SObject, row: Row, given: Values, saving: Saving): Row;
  remove(object: SObject, row: Row): void;
  /** Puts a record there as it is, as imported data stands there: no rule is asked. */
  plant(object: SObject, given: Values, at: string): Row;
  policy: Policy;
};

export function openWriter(organisation: Organisation, schema: Schema, actor: string): Writer {
  const policy: Policy = { duplicates: true, countries: false, automation: false };

  const born = (object: SObject, given: Values, at: string): Row => ({
    OwnerId: actor,
    CurrencyIsoCode: CURRENCIES[0],
    ...(object.name === "Order" && { OrderNumber: numbered(organisation.next("order number")) }),
    ...given,
    Id: organisation.newId(object),
    IsDeleted: false,
    CreatedDate: at,
    CreatedById: actor,
    ...stamped(at, actor),
  });

  function verified(object: SObject, given: Values): Values {
    const results = Object.entries(given).map(([name, value]) => {
      const field = schema.field(object, name);
      if (field === undefined) return { name, value };
      return { name, ...checked(field, value, schema, organisation) };
    });
    const problems: Problem[] = results.flatMap((one) => ("problem" in one ? [one.problem] : []));
    if (policy.countries) problems.push(...strangeCountries(given));
    if (problems.length > 0) throw new Trouble(400, problems);
    const values = Object.fromEntries(
      results.flatMap((one) => ("value" in one ? [[one.name, one.value]] : [])),
    );
    return policy.automation ? withBarePhones(object, values) : values;
  }

  function judged(object: SObject, after: Values, before: Values, saving: Saving): void {
    for (const field of object.fields.filter(({ unique }) => unique)) {
      const value = after[field.name] ?? null;
      const [holder] = organisation
        .holders(object, field.name, value)
        .filter(({ Id }) => Id !== after["Id"]);
      if (value === null || holder === undefined) continue;
      throw refusedBy(
        "DUPLICATE_VALUE",
        `duplicate value found: ${field.name} duplicates value on record with id: ${holder.Id}`,
        [],
      );
    }
    const problems = against(object.name, after, before);
    if (problems.length > 0) throw new Trouble(400, problems);
    if (!policy.duplicates || saving.duplicatesAllowed) return;
    const found = duplicatesOf(organisation, object, after, before);
    if (found.length > 0) throw new Trouble(400, [duplicatesDetected(object, found, schema)]);
  }

  return {
    policy,
    create(object, given, saving) {
      const missing = object.fields.filter(
        ({ name, required }) => required && (given[name] ?? null) === null,
      );
      if (missing.length > 0) throw requiredMissing(missing.map(({ name }) => name));
      const values = verified(object, given);
      return organisation.atomically(() => {
        const row = born(object, values, now());
        const after = { ...derived(object.name, row, values, {}), Id: row.Id };
        judged(object, after, {}, saving);
        organisation.tally.creates += 1;
        return organisation.put(object, after);
      });
    },
    update(object, before, given, saving) {
      const emptied = object.fields.filter(
        ({ name, required }) => required && given[name] === null,
      );
      if (emptied.length > 0) throw requiredMissing(emptied.map(({ name }) => name));
      const values = verified(object, given);
      const changed = { ...before, ...values, ...stamped(now(), actor) };
      const after = { ...derived(object.name, changed, values, before), Id: before.Id };
      judged(object, after, before, saving);
      organisation.tally.updates += 1;
      return organisation.put(object, after);
    },
    remove(object, row) {
      organisation.atomically(() => {
        removeWithChildren(organisation, schema, object, row);
      });
    },
    plant(object, given, at) {
      const row = born(object, given, at);
      const after = { ...derived(object.name, row, given, {}), Id: row.Id };
      organisation.tally.creates += 1;
      return organisation.put(object, after);
    },
  };
}

const stamped = (at: string, actor: string): Values => ({
  LastModifiedDate: at,
  LastModifiedById: actor,
  SystemModstamp: at,
});

const withBarePhones = (object: SObject, values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const isPhone = object.fields.some((one) => one.name === name && one.kind.type === "phone");
      return [name, isPhone && value !== null ? String(value).replace(/[\s().-]/g, "") : value];
    }),
  );

const numbered = (n: number): string => String(n + 100).padStart(8, "0");
