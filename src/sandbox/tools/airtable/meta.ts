import { type Answer, json } from "../http.ts";
import type { Account } from "./account.ts";
import { owner } from "./collaborators.ts";
import { fieldModel } from "./field-model.ts";
import { idOf } from "./ids.ts";
import type { Schema } from "./schema.ts";

export const BASE_ID = idOf("app", "Simulated Operations");

/** Airtable tells the scopes of tokens that an app was given, never those of a personal one. */
export const whoami = ({ kind, scopes }: Account): Answer =>
  json(200, {
    id: owner.id,
    ...(kind === "app" && { scopes }),
    ...(scopes.includes("user.email:read") && { email: owner.email }),
  });

export const bases = (): Answer =>
  json(200, {
    bases: [{ id: BASE_ID, name: "Simulated Operations", permissionLevel: "create" }],
  });

export const tables = (schema: Schema): Answer =>
  json(200, {
    tables: schema.tables().map(({ id, name, fields, views }) => ({
      id,
      name,
      primaryFieldId: fields[0]?.id,
      fields: fields.map(fieldModel),
      views: views.map((view) => ({ id: view.id, name: view.name, type: "grid" })),
    })),
  });
