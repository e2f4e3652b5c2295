import { users } from "../account.ts";
import { wrongColumnValue } from "../failures.ts";
import { BY_LIST, type ColumnKind, isBlank, objectIn } from "./column-kind.ts";

/** Kept as the ids of the people. */
export const people: ColumnKind<string[]> = {
  type: "people",
  inner: "multiple-person",
  shows: "PeopleValue",
  operators: BY_LIST,
  write(given) {
    if (isBlank(given)) return null;
    const entries = typeof given === "string" ? given.split(",").map((id) => ({ id, kind: "person" })) : objectIn(given)?.["personsAndTeams"]; // prettier-ignore
    if (!Array.isArray(entries))
      throw wrongColumnValue("personsAndTeams is a list", "multiple-person");
    const found = entries.map((entry: unknown) => {
      const { id, kind } = objectIn(entry) ?? {};
      const known = users.some((user) => user.id === String(id as string).trim());
      if (kind !== "person" || !known)
        throw wrongColumnValue("the person or team does not exist", "multiple-person");
      return String(id as string).trim();
    });
    return found.length === 0 ? null : [...new Set(found)];
  },
  text: (held) => namesOf(held).join(", "),
  value: (held) =>
    held && { personsAndTeams: held.map((id) => ({ id: Number(id), kind: "person" })) },
  fields: (held) => ({
    persons_and_teams: (held ?? []).map((id) => ({ id, kind: "person" })),
  }),
  sought: (held) => ({
    empty: held === null,
    text: namesOf(held).join(", "),
    terms: (held ?? []).map((id) => `person-${id}`),
    order: namesOf(held).join(", "),
  }),
};

const namesOf = (held: string[] | null): string[] =>
  (held ?? []).flatMap((id) => users.find((user) => user.id === id)?.name ?? []);
