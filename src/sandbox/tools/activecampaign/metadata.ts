import { json, type Request, type Route } from "../http.ts";
import { accountFields, contactFields, type CustomField, dealFields } from "./custom-fields.ts";
import { notFound } from "./errors.ts";
import { listed } from "./listing.ts";
import { type Pipeline, pipelines, type Stage, stages } from "./pipelines.ts";
import type { Links } from "./shown.ts";
import { users } from "./staff.ts";

const SINCE = "2024-11-04T03:00:00-06:00";
/** Without a zone, unlike everything around it. */
const SINCE_ZONELESS = "2024-11-04 03:00:00";

/** What the account is set up with: custom fields, pipelines, users. None of it is written here. */
export function metadataRoutes(at: Links): Route[] {
  const shownUser = (user: (typeof users)[number]) => ({
    username: user.username,
    firstName: user.firstName,
    lastName: user.lastName,
    email: user.email,
    phone: "",
    signature: null,
    links: { lists: `${at.api}/users/${user.id}/lists` },
    id: user.id,
  });
  const [first] = users;

  return [
    {
      method: "GET",
      path: "/users/me",
      handle: () => json(200, { user: first === undefined ? null : shownUser(first) }),
    },
    ...readable("users", "user", "User", users, shownUser),
    ...readable("fields", "field", "Field", contactFields, shownContactField),
    ...readable("accountCustomFieldMeta", "accountCustomFieldMetum", "AccountCustomFieldMetum", accountFields, shownMeta), // prettier-ignore
    ...readable("dealCustomFieldMeta", "dealCustomFieldMetum", "DealCustomFieldMetum", dealFields, shownMeta), // prettier-ignore
    ...readable("dealGroups", "dealGroup", "DealGroup", pipelines, (one) => shownPipeline(one, at)),
    ...readable("dealStages", "dealStage", "DealStage", stages, (one) => shownStage(one, at)),
  ];
}

function readable<Item extends { id: string }>(
  plural: string,
  singular: string,
  inside: string,
  items: readonly Item[],
  shown: (item: Item) => object,
): Route[] {
  return [
    {
      method: "GET",
      path: `/${plural}`,
      handle: (request) => listed(request, plural, items, shown),
    },
    {
      method: "GET",
      path: `/${plural}/:id`,
      handle(request: Request) {
        const id = request.params["id"] ?? "";
        const item = items.find((one) => one.id === id);
        if (item === undefined) throw notFound(inside, id);
        return json(200, { [singular]: shown(item) });
      },
    },
  ];
}

const shownContactField = (field: CustomField) => ({
  title: field.label,
  descript: "",
  type: field.type,
  isrequired: "0",
  perstag: field.tag,
  defval: null,
  visible: "1",
  service: "",
  ordernum: field.id,
  cdate: SINCE,
  udate: SINCE,
  options: [],
  relations: [],
  links: {},
  id: field.id,
});

const shownMeta = (field: CustomField) => ({
  id: field.id,
  fieldLabel: field.label,
  fieldType: field.type,
  fieldOptions: field.options.length === 0 ? null : field.options,
  fieldDefault: null,
  fieldDefaultCurrency: field.type === "currency" ? "usd" : null,
  isFormVisible: 0,
  isRequired: 0,
  displayOrder: Number(field.id),
  personalization: field.tag,
  knownFieldId: null,
  hideFieldFlag: 0,
  createdTimestamp: SINCE_ZONELESS,
  updatedTimestamp: SINCE_ZONELESS,
  links: {},
});

const shownPipeline = ({ id, title, currency }: Pipeline, { api }: Links) => ({
  title,
  currency,
  allgroups: "1",
  allusers: "1",
  autoassign: "0",
  cdate: SINCE,
  udate: SINCE,
  links: { stages: `${api}/dealGroups/${id}/stages` },
  id,
});

const shownStage = ({ id, group, title, order, color }: Stage, { api }: Links) => ({
  group,
  title,
  color,
  order: String(order),
  width: "280",
  dealOrder: "next-action DESC",
  cdate: SINCE,
  udate: SINCE,
  links: { group: `${api}/dealStages/${id}/group` },
  id,
});
