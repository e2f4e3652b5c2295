import { schemaOf } from "../graphql/schema.ts";
import { enumerations, inputTypes, scalars } from "./basics.ts";
import { columnValues } from "./column-values.ts";
import { objects } from "./objects.ts";
import { mutation, query } from "./roots.ts";

/**
 * The part of monday's schema (2026-10) that is simulated. What it leaves out is refused as if it did
 * not exist, so that nothing is taken for answered which is not.
 */
export const schema = schemaOf(
  ...scalars,
  ...enumerations,
  ...inputTypes,
  ...columnValues,
  ...objects,
  query,
  mutation,
);
