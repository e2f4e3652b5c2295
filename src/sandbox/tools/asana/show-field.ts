import type { CustomField, EnumOption, FieldValue } from "./model.ts";
import type { Shown } from "./opt-fields.ts";
import { userShown } from "./references.ts";

/** A custom field by itself, as the workspace lists it. */
export const definitionShown = (field: CustomField): Shown => ({
  gid: field.gid,
  resource_type: "custom_field",
  resource_subtype: field.kind,
  type: field.kind,
  representation_type: field.kind,
  name: field.name,
  description: "",
  is_global_to_workspace: true,
  is_formula_field: false,
  is_value_read_only: false,
  has_notifications_enabled: false,
  input_restrictions: [field.on],
  created_by: null,
  asana_created_field: null,
  privacy_setting: "public",
  ...(field.options.length > 0 && { enum_options: field.options.map(optionShown) }),
  ...(field.kind === "number" && { precision: field.precision, format: "none" }),
});

/** A field with its value on one object: what is written as `{gid: value}` is read as this. */
export function valueShown(field: CustomField, value: FieldValue | undefined): Shown {
  const options = optionsOf(field, value);
  return {
    ...definitionShown(field),
    enabled: true,
    display_value: displayed(field, value),
    ...valuePart(field, value, options),
  };
}

function valuePart(
  field: CustomField,
  value: FieldValue | undefined,
  options: Shown[],
): Record<string, unknown> {
  switch (field.kind) {
    case "text":
      return { text_value: value ?? null };
    case "number":
      return { number_value: value ?? null };
    case "enum":
      return { enum_value: options[0] ?? null };
    case "multi_enum":
      return { multi_enum_values: options };
    case "date":
      return { date_value: value ?? null };
    case "people":
      return { people_value: gidsOf(value).map(userShown) };
    default:
      return field.kind satisfies never;
  }
}

function displayed(field: CustomField, value: FieldValue | undefined): string | null {
  if (value === undefined) return null;
  if (typeof value === "number") return value.toFixed(field.precision);
  if (field.kind === "text") return String(value as string);
  if (field.kind === "people")
    return gidsOf(value)
      .map((gid) => String(userShown(gid)["name"]))
      .join(", ");
  if (typeof value === "object" && !Array.isArray(value))
    return value.date_time ?? `${value.date}T00:00:00.000Z`;
  return optionsOf(field, value)
    .map(({ name }) => String(name))
    .join(", ");
}

const gidsOf = (value: FieldValue | undefined): string[] =>
  Array.isArray(value) ? value : typeof value === "string" ? [value] : [];

const optionsOf = (field: CustomField, value: FieldValue | undefined): Shown[] =>
  gidsOf(value).flatMap((gid) =>
    field.options.filter((option) => option.gid === gid).map(optionShown),
  );

const optionShown = ({ gid, name, color, enabled }: EnumOption): Shown => ({
  gid,
  resource_type: "enum_option",
  name,
  color,
  enabled,
});
