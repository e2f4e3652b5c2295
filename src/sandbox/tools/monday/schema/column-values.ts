import { face, type NamedType, object, type OutputText } from "../graphql/schema.ts";

/** What every cell tells. */
const CELL: Record<string, OutputText> = {
  column: "Column!",
  id: "ID!",
  is_leaf: "Boolean!",
  text: "String",
  type: "ColumnType!",
  value: "JSON",
};

const cell = (name: string, fields: Record<string, OutputText>): NamedType =>
  object(name, { ...CELL, ...fields }, ["ColumnValue"]);
const CHANGED = { updated_at: "Date" };

/** One type of value for each type of column, and what they share. */
export const columnValues = [
  face("ColumnValue", CELL),
  cell("TextValue", {}),
  cell("LongTextValue", CHANGED),
  cell("NumbersValue", {
    number: "Float",
    symbol: "String",
    direction: "NumberValueUnitDirection",
  }),
  cell("DateValue", { ...CHANGED, date: "String", time: "String", icon: "String" }),
  cell("StatusValue", {
    ...CHANGED,
    index: "Int",
    label: "String",
    is_done: "Boolean",
    label_style: "StatusLabelStyle",
    update_id: "ID",
  }),
  object("StatusLabelStyle", { border: "String!", color: "String!" }),
  cell("DropdownValue", { values: "[DropdownValueOption!]!" }),
  object("DropdownValueOption", { id: "ID!", label: "String!" }),
  cell("EmailValue", { ...CHANGED, email: "String", label: "String" }),
  cell("PhoneValue", { ...CHANGED, phone: "String", country_short_name: "String" }),
  cell("LinkValue", { ...CHANGED, url: "String", url_text: "String" }),
  cell("PeopleValue", { ...CHANGED, persons_and_teams: "[PeopleEntity!]" }),
  object("PeopleEntity", { id: "ID!", kind: "Kind" }),
  cell("CheckboxValue", { ...CHANGED, checked: "Boolean" }),
  cell("BoardRelationValue", {
    ...CHANGED,
    display_value: "String!",
    linked_item_ids: "[ID!]!",
    linked_items: "[Item!]!",
  }),
  cell("MirrorValue", { display_value: "String!", mirrored_items: "[MirroredItem!]!" }),
  object("MirroredItem", { linked_board_id: "ID!", linked_item: "Item!" }),
  cell("LastUpdatedValue", { updated_at: "Date", updater_id: "ID", updater: "User" }),
];
