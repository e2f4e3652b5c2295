import { enumeration, inputObject, scalar } from "../graphql/schema.ts";

const isText = (value: unknown) => typeof value === "string";
const isWhole = (value: unknown) =>
  typeof value === "number" && Number.isInteger(value) && Math.abs(value) < 2 ** 31;

export const scalars = [
  scalar("Int", isWhole),
  scalar("Float", (value) => typeof value === "number"),
  scalar("String", isText),
  scalar("Boolean", (value) => typeof value === "boolean"),
  scalar("ID", (value) => isText(value) || Number.isSafeInteger(value)),
  scalar("Date", isText),
  scalar("ISO8601DateTime", isText),
  scalar("JSON", () => true),
  scalar("CompareValue", () => true),
];

export const enumerations = [
  enumeration("BoardKind", "private", "public", "share"),
  enumeration("BoardObjectType", "board", "custom_object", "document", "sub_items_board"),
  enumeration("BoardHierarchy", "classic", "multi_level"),
  enumeration("BoardAccessLevel", "edit", "view"),
  enumeration("BoardAttributes", "communication", "description", "item_nickname", "name"),
  enumeration("BoardsOrderBy", "created_at", "used_at"),
  enumeration("State", "active", "all", "archived", "deleted"),
  enumeration("ItemsOrderByDirection", "asc", "desc"),
  enumeration("ItemsQueryOperator", "or", "and"),
  enumeration("ItemsQueryRuleOperator", "any_of", "not_any_of", "is_empty", "is_not_empty", "greater_than", "greater_than_or_equals", "lower_than", "lower_than_or_equal", "between", "not_contains_text", "contains_text", "contains_terms", "starts_with", "ends_with", "within_the_next", "within_the_last"), // prettier-ignore
  enumeration("ColumnType", "auto_number", "board_relation", "button", "checkbox", "color_picker", "country", "creation_log", "date", "dependency", "doc", "dropdown", "email", "file", "formula", "group", "hour", "integration", "item_assignees", "item_id", "last_updated", "link", "location", "long_text", "mirror", "numbers", "people", "phone", "progress", "rating", "status", "tags", "team", "text", "timeline", "time_tracking", "vote", "week", "world_clock", "unsupported", "name", "person", "direct_doc", "subtasks"), // prettier-ignore
  enumeration("WebhookEventType", "change_column_value", "change_name", "change_specific_column_value", "change_status_column_value", "change_subitem_column_value", "change_subitem_name", "create_column", "create_item", "create_subitem", "create_subitem_update", "create_update", "delete_update", "edit_update", "item_archived", "item_deleted", "item_moved_to_any_group", "item_moved_to_specific_group", "item_restored", "move_subitem", "subitem_archived", "subitem_deleted"), // prettier-ignore
  enumeration("Kind", "agent", "person", "team"),
  enumeration("UserStatus", "ACTIVE", "INACTIVE", "PENDING"),
  enumeration("NumberValueUnitDirection", "left", "right"),
  enumeration("FirstDayOfTheWeek", "monday", "sunday"),
  enumeration("WorkspaceKind", "closed", "open", "template"),
  enumeration("VersionKind", "current", "deprecated", "dev", "maintenance", "old__maintenance", "old_previous_maintenance", "previous_maintenance", "release_candidate"), // prettier-ignore
];

const GROUP = {
  rules: "[ItemsQueryRule!]",
  groups: "[ItemsQueryGroup!]",
  operator: ["ItemsQueryOperator", "and"],
} as const;

export const inputTypes = [
  inputObject("ItemsQueryRule", {
    column_id: "ID!",
    compare_value: "CompareValue!",
    compare_attribute: "String",
    operator: ["ItemsQueryRuleOperator", "any_of"],
  }),
  inputObject("ItemsQueryGroup", GROUP),
  inputObject("ItemsQueryOrderBy", {
    column_id: "String!",
    direction: ["ItemsOrderByDirection", "asc"],
  }),
  inputObject("ItemsQuery", { ...GROUP, ids: "[ID!]", order_by: "[ItemsQueryOrderBy!]" }),
  inputObject("ItemsPageByColumnValuesQuery", { column_id: "String!", column_values: "[String]!" }),
];
