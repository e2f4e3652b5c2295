import { object } from "../graphql/schema.ts";

export const query = object("Query", {
  account: "Account",
  boards: [
    "[Board]",
    {
      board_kind: "BoardKind",
      ids: "[ID!]",
      limit: ["Int", 25],
      order_by: "BoardsOrderBy",
      page: ["Int", 1],
      state: ["State", "active"],
      workspace_ids: "[ID]",
    },
  ],
  complexity: "Complexity",
  items: [
    "[Item]",
    {
      exclude_nonactive: "Boolean",
      ids: "[ID!]",
      limit: ["Int", 25],
      newest_first: "Boolean",
      page: ["Int", 1],
    },
  ],
  items_page_by_column_values: [
    "ItemsResponse!",
    {
      board_id: "ID!",
      columns: "[ItemsPageByColumnValuesQuery!]",
      cursor: "String",
      limit: ["Int!", 25],
    },
  ],
  me: "User",
  next_items_page: ["ItemsResponse!", { cursor: "String!", limit: ["Int!", 25] }],
  users: [
    "[User!]",
    {
      ids: "[ID!]",
      emails: "[String!]",
      name: "String",
      non_active: "Boolean",
      limit: ["Int", 200],
      page: ["Int", 1],
    },
  ],
  version: "Version!",
  versions: "[Version!]",
  webhooks: ["[Webhook]", { app_webhooks_only: "Boolean", board_id: "ID!" }],
  workspaces: "[Workspace]",
});

const WRITE = { board_id: "ID!", create_labels_if_missing: "Boolean", item_id: "ID" } as const;

/** `update_board`, `archive_board` and `delete_board` are as monday's reference has them. */
export const mutation = object("Mutation", {
  complexity: "Complexity",
  create_item: [
    "Item",
    {
      board_id: "ID!",
      column_values: "JSON",
      create_labels_if_missing: "Boolean",
      group_id: "String",
      item_name: "String!",
    },
  ],
  change_multiple_column_values: ["Item", { ...WRITE, column_values: "JSON!" }],
  change_column_value: ["Item", { ...WRITE, column_id: "String!", value: "JSON!" }],
  change_simple_column_value: ["Item", { ...WRITE, column_id: "String!", value: "String" }],
  archive_item: ["Item", { item_id: "ID" }],
  delete_item: ["Item", { item_id: "ID" }],
  move_item_to_group: ["Item", { group_id: "String!", item_id: "ID" }],
  create_board: [
    "Board",
    {
      board_kind: "BoardKind!",
      board_name: "String!",
      board_owner_ids: "[ID!]",
      description: "String",
      empty: ["Boolean", false],
      workspace_id: "ID",
    },
  ],
  update_board: ["JSON", { board_id: "ID!", board_attribute: "BoardAttributes!", new_value: "String!" }], // prettier-ignore
  archive_board: ["Board", { board_id: "ID!" }],
  delete_board: ["Board", { board_id: "ID!" }],
  create_column: [
    "Column",
    {
      board_id: "ID!",
      id: "String",
      title: "String!",
      description: "String",
      column_type: "ColumnType!",
      defaults: "JSON",
    },
  ],
  create_group: ["Group", { board_id: "ID!", group_name: "String!", group_color: "String" }],
  create_webhook: [
    "Webhook",
    { board_id: "ID!", config: "JSON", event: "WebhookEventType!", url: "String!" },
  ],
  delete_webhook: ["Webhook", { id: "ID!" }],
});
