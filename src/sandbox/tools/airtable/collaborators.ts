import { idOf } from "./ids.ts";

/** Somebody of the team who works in the base. */
export type Collaborator = { id: string; email: string; name: string };

const people: [name: string, email: string][] = [
  ["Olivia Berg", "olivia@harbour-and-sons.example"],
  ["Ravi Menon", "ravi@harbour-and-sons.example"],
  ["Sofia Lind", "sofia@harbour-and-sons.example"],
];

/** By user id. The first one has made the token. */
export const collaborators: ReadonlyMap<string, Collaborator> = new Map(
  people.map(([name, email]) => {
    const id = idOf("usr", email);
    return [id, { id, email, name }];
  }),
);

export const owner = [...collaborators.values()][0] as Collaborator;
