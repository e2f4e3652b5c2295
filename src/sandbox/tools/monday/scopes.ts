/** What an app may ask for here. */
export const scopes = ["me:read", "account:read", "boards:read", "boards:write", "users:read", "workspaces:read", "webhooks:read", "webhooks:write"] as const; // prettier-ignore

/** What each field at the top needs; those that are not here need nothing. */
export const scopeOf: Record<string, string> = {
  me: "me:read",
  account: "account:read",
  boards: "boards:read",
  items: "boards:read",
  items_page_by_column_values: "boards:read",
  next_items_page: "boards:read",
  users: "users:read",
  workspaces: "workspaces:read",
  webhooks: "webhooks:read",
  create_item: "boards:write",
  change_multiple_column_values: "boards:write",
  change_column_value: "boards:write",
  change_simple_column_value: "boards:write",
  archive_item: "boards:write",
  delete_item: "boards:write",
  move_item_to_group: "boards:write",
  create_board: "boards:write",
  update_board: "boards:write",
  archive_board: "boards:write",
  delete_board: "boards:write",
  create_column: "boards:write",
  create_group: "boards:write",
  create_webhook: "webhooks:write",
  delete_webhook: "webhooks:write",
};

/** Who asks, and what their token may do. */
export type Caller = {
  user: string;
  /** By an app's token, or by a person's own. */
  app: boolean;
  may(scope: string): boolean;
};
