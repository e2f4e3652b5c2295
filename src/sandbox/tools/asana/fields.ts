import type { CustomField, EnumOption, FieldKind } from "./model.ts";

const gid = (n: number) => String(12_085_400_000_000_000n + BigInt(n));

function field(
  n: number,
  on: CustomField["on"],
  name: string,
  kind: FieldKind,
  options: readonly [name: string, color: string][] = [],
  precision = 0,
): CustomField {
  const enumOption = ([option, color]: readonly [string, string], index: number): EnumOption => ({
    gid: gid(n + index + 1),
    name: option,
    color,
    enabled: option !== "Someday",
  });
  return { gid: gid(n), name, kind, options: options.map(enumOption), precision, on };
}

/** The custom fields of the workspace. Every task in a project may have those for tasks. */
export const customFields: readonly CustomField[] = [
  field(101, "task", "Progress", "enum", [
    ["Not started", "cool-gray"],
    ["In progress", "blue"],
    ["Waiting", "yellow"],
    ["Finished", "green"],
  ]),
  field(111, "task", "Priority", "enum", [
    ["High", "red"],
    ["Medium", "orange"],
    ["Low", "aqua"],
    ["Someday", "none"],
  ]),
  field(121, "task", "Customer e-mail", "text"),
  field(123, "task", "Estimated hours", "number", [], 1),
  field(125, "task", "Areas", "multi_enum", [
    ["Sales", "green"],
    ["Workshop", "purple"],
    ["Office", "blue"],
  ]),
  field(131, "task", "Follow-up", "date"),
  field(133, "task", "Reviewers", "people"),
  field(135, "task", "Hub id", "text"),
  field(151, "project", "Customer", "text"),
  field(153, "project", "Customer e-mail", "text"),
  field(155, "project", "Stage", "enum", [
    ["Planned", "cool-gray"],
    ["Under way", "blue"],
    ["Finished", "green"],
  ]),
  field(161, "project", "Budget", "number", [], 2),
];

export const fieldNamed = (on: CustomField["on"], name: string): CustomField => {
  const found = customFields.find((one) => one.on === on && one.name === name);
  if (found === undefined) throw new Error(`There is no field ${name} on a ${on}.`);
  return found;
};

export const optionNamed = ({ options }: CustomField, name: string): string =>
  options.find((option) => option.name === name)?.gid ?? "";
