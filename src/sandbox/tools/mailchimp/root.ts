import { type Answer, json, type Request, type Route } from "../http.ts";
import type { SignIn } from "../sign-in.ts";
import { audiences } from "./audiences.ts";
import type { Members } from "./members.ts";
import { problem } from "./problems.ts";
import { projected } from "./projection.ts";

export const DATACENTER = "us6";
export const KEY = `5eed5eed5eed5eed5eed5eed5eed5eed-${DATACENTER}`;

const account = {
  account_id: "8d3a3db4d97663a9074efcc16",
  login_id: "1001",
  account_name: "Harbour & Sons",
  email: "olivia@harbour-and-sons.example",
  first_name: "Olivia",
  last_name: "Berg",
  username: "harbour-and-sons",
  avatar_url: "",
  role: "owner",
  member_since: "2024-11-04T08:55:00+00:00",
  pricing_plan_type: "monthly",
  account_timezone: "Europe/London",
  account_industry: "Retail",
  contact: { company: "Harbour & Sons", addr1: "14 Quay Street", addr2: "", city: "Bristol", state: "Avon", zip: "BS1 4DJ", country: "GB" }, // prettier-ignore
};

/** Who the key is of, whether anybody is there, and, for apps, where the account's data are. */
export function rootRoutes(members: Members, signIn: SignIn): Route[] {
  const root = ({ query }: Request): Answer => {
    const total_subscribers = audiences
      .flatMap(({ id }) => members.all(id))
      .filter(({ status }) => status === "subscribed").length;
    return json(200, projected(query, { ...account, total_subscribers }));
  };
  return [
    { method: "GET", path: "/3.0", handle: root },
    { method: "GET", path: "/3.0/", handle: root },
    {
      method: "GET",
      path: "/3.0/ping",
      handle: () => json(200, { health_status: "Everything's Chimpy!" }),
    },
    { method: "GET", path: "/oauth2/metadata", handle: (request) => metadata(request, signIn) },
  ];
}

/** Asked with `Authorization: OAuth …`; it names the data center that tokens do not. */
function metadata(request: Request, signIn: SignIn): Answer {
  const [, token = ""] = /^OAuth (.+)$/.exec(request.headers.authorization ?? "") ?? [];
  if (typeof signIn.standing(token) === "string")
    return problem(401, "Invalid Token", "The access token is invalid.");
  const { account_name, email, login_id, username, role } = account;
  return json(200, {
    dc: DATACENTER,
    role,
    accountname: account_name,
    user_id: Number(login_id),
    login: { email, avatar: null, login_id: Number(login_id), login_name: username, login_email: email }, // prettier-ignore
    login_url: "https://login.mailchimp.com",
    api_endpoint: request.origin,
  });
}
