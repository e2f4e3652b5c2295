import { people } from "../../slack/harbour-and-sons.ts";
import { idOf } from "./ids.ts";
import { user } from "./objects/user.ts";
import type { Row } from "./organisation.ts";

export const ORGANISATION = idOf("00D", 203_000_001);
const DOMAIN = "harbour-and-sons.example";
const FIRST = 203_000_001;

/** Whom this connection acts as; who signs in with a JWT names this user. */
export const INTEGRATION_USERNAME = `integration@${DOMAIN}`;
export const INTEGRATION_USER = idOf(user.prefix, FIRST);

const since = "2024-11-04T09:00:00.000Z";

const userRow = (n: number, values: Record<string, string | boolean>): Row => ({
  Id: idOf(user.prefix, FIRST + n),
  IsDeleted: false,
  CreatedDate: since,
  SystemModstamp: since,
  ...values,
});

/** Who works at the organisation's own pages. */
export const SOMEBODY = idOf(user.prefix, FIRST + 1);

/** The people of the firm whose organisation it is, and the user that integrations act as. */
export const users: readonly Row[] = [
  userRow(0, {
    Username: INTEGRATION_USERNAME,
    FirstName: "Integration",
    LastName: "User",
    Name: "Integration User",
    Email: INTEGRATION_USERNAME,
    IsActive: true,
    TimeZoneSidKey: "Europe/Paris",
  }),
  ...people
    .filter(({ is_bot }) => !is_bot)
    .map(({ real_name, email, tz, deleted }, index) => {
      const [first = "", last = ""] = real_name.split(" ");
      return userRow(index + 1, {
        Username: `${email}.crm`,
        FirstName: first,
        LastName: last,
        Name: real_name,
        Email: email,
        IsActive: !deleted,
        TimeZoneSidKey: tz,
      });
    }),
];
