/** Every canonical kind of record, by name. */
export const entityNames = [
  "customer",
  "company",
  "deal",
  "order",
  "invoice",
  "project",
  "task",
  "file",
] as const;

export type EntityName = (typeof entityNames)[number];
