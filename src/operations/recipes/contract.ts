import type { FlowStatus } from "../flows/contract.ts";

export type RecipeOperations = {
  /** Each with the connections that could take part, so that nothing is offered that cannot be. */
  "recipes.list": { in: Record<never, never>; out: readonly RecipeOffer[] };
  /** Makes its flows, all of them off, or none; those that are there already stay as they are. */
  "recipes.use": {
    in: { recipe: string; connections: Readonly<Record<string, string>> };
    out: RecipeUsed;
  };
};

export type RecipeOffer = {
  name: string;
  title: string;
  about: string;
  roles: readonly {
    name: string;
    title: string;
    /** Connections by name, with what a person calls the tool. */
    fits: readonly { connection: string; title: string }[];
  }[];
};

export type RecipeUsed = {
  title: string;
  made: readonly FlowStatus[];
  /** Flows between the same ends that were there before. */
  already: readonly string[];
  warnings: readonly string[];
};
