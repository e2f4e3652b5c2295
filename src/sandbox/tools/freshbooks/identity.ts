import { json, type Route } from "../http.ts";

/** The simulated business, by the three names it has: accounting, projects, and what is newest. */
export const ACCOUNT_ID = "xZNQ1X";
export const BUSINESS_ID = "77128";
const BUSINESS_UUID = "a3ca9f8e-6f2f-4d29-9d0c-5a1f4b777128";
export const IDENTITY_ID = "712052";

/** Who is signed in: an owner here, and at work for somebody else, whose books are not to be seen. */
const identity = {
  id: Number(IDENTITY_ID),
  identity_id: Number(IDENTITY_ID),
  identity_uuid: "0b7f6f1c-54c6-4d7c-9f4e-2c1d9a712052",
  first_name: "Morgan",
  last_name: "Ellery",
  email: "books@example.com",
  language: "en",
  confirmed_at: "2025-01-06T13:00:00Z",
  created_at: "2025-01-06T12:58:11Z",
  phone_numbers: [{ title: "work", phone_number: null }],
  addresses: [null],
  profession: null,
  links: { me: "/service/auth/api/v1/users?id=712052" },
  permissions: {},
  subscription_statuses: { [ACCOUNT_ID]: "active_trial" },
  groups: [],
  roles: [
    {
      id: 682672,
      role: "admin",
      systemid: 1953394,
      userid: 1,
      created_at: "2025-01-06T13:00:00Z",
      links: { destroy: `/service/auth/api/v1/users/role/682672` },
      accountid: ACCOUNT_ID,
    },
  ],
  business_memberships: [
    {
      id: 300_412,
      role: "business_employee",
      unacknowledged_change: false,
      fasttrack_token: null,
      business: {
        id: 90_211,
        business_uuid: "5d1f1d5e-93a4-4d57-8e41-0f8a3c190211",
        name: "Quayside Contractors",
        account_id: null,
        date_format: "mm/dd/yyyy",
        address: null,
        phone_number: null,
        business_clients: [],
      },
    },
    {
      id: 168_372,
      role: "owner",
      unacknowledged_change: false,
      fasttrack_token: null,
      business: {
        id: Number(BUSINESS_ID),
        business_uuid: BUSINESS_UUID,
        name: "Simulated Trading Company",
        account_id: ACCOUNT_ID,
        date_format: "mm/dd/yyyy",
        address: {
          id: 74_595,
          street: "100 Example Way",
          city: "Toronto",
          province: "Ontario",
          country: "Canada",
          postal_code: "M5V 2T6",
        },
        phone_number: null,
        business_clients: [],
      },
    },
  ],
};

export const ME_PATH = "/auth/api/v1/users/me";

export const identityRoute: Route = {
  method: "GET",
  path: ME_PATH,
  handle: () => json(200, { response: identity }),
};
