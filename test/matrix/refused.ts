import type { EntityName } from "#domain/entities/index.ts";
import type { Fields } from "#domain/fields.ts";

/** By tool and entity: values that the tool itself refuses, so that a record with them is dead-lettered. */
export const refusedBy: Readonly<Record<string, Partial<Record<EntityName, Fields>>>> = {
  hubspot: { customer: { email: "sample@-nowhere-.example" } },
  quickbooks: { customer: { name: "With\ta tab" } },
};
