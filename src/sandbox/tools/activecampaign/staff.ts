import { people } from "../../slack/harbour-and-sons.ts";

export type User = { id: string; username: string; firstName: string; lastName: string; email: string }; // prettier-ignore

/** The people of the firm whose account it is; the first one's key is used. */
export const users: readonly User[] = people
  .filter(({ is_bot, deleted }) => !is_bot && !deleted)
  .map(({ name, real_name, email }, index) => {
    const [firstName = "", lastName = ""] = real_name.split(" ");
    return { id: String(index + 1), username: name, firstName, lastName, email };
  });
