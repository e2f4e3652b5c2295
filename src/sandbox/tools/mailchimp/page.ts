import type { Records } from "../records-page.ts";
import type { Audience, MergeField } from "./audiences.ts";
import { editMember } from "./edit.ts";
import type { Members } from "./members.ts";
import { reasonOf } from "./problems.ts";

/** How a person sees an audience of the simulated account. */
export function memberRecords(members: Members, audience: Audience): Records {
  const typed = audience.mergeFields.filter(({ type }) => type !== "address");
  const columns = typed.slice(0, 5);
  return {
    tool: "Mailchimp",
    object: audience.object,
    noun: audience.object,
    columns: ["E-mail", "Status", ...columns.map(({ name }) => name), "Tags", "Changed"],
    rows: () =>
      members
        .all(audience.id)
        .toSorted((a, b) => (a.changed < b.changed ? 1 : -1))
        .map((member) => ({
          id: member.contactId,
          faded: member.status === "archived",
          cells: [
            member.email,
            member.status,
            ...columns.map(({ tag }) => textOf(member.merges[tag])),
            member.tags.map(({ name }) => name).join(", "),
            member.changed.slice(0, 16).replace("T", " "),
          ],
        })),
    fields(id) {
      const member = members.find(audience.id, id);
      if (member === undefined) return undefined;
      return [
        { name: "email_address", label: "E-mail address", value: member.email },
        { name: "status", label: "Status", value: member.status },
        ...typed.map((field) => ({
          name: field.tag,
          label: labelOf(field),
          value: textOf(member.merges[field.tag]),
        })),
      ];
    },
    save(id, { status, ...values }) {
      const member = members.find(audience.id, id);
      const moved = status === undefined || status === member?.status ? {} : { status };
      editMember(members, audience, id, { ...values, ...moved });
    },
    reason: reasonOf,
  };
}

const labelOf = ({ name, tag }: MergeField) => `${name} (${tag})`;

const textOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";
