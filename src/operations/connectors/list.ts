import type { ConnectorFacts, CredentialForm } from "#domain/ports/connector-facts.ts";
import { z } from "zod";
import { operation } from "../operation.ts";
import type { UsualValues } from "../world.ts";

export const connectorsList = operation("connectors.list", {
  title: "Connecting a tool",
  // The first step of it: whoever may not take the last is told at once.
  needs: "admin",
  audited: "never",
  input: z.strictObject({}),
  told: () => ({}),
  run: (_input, { world }) =>
    Promise.resolve(
      world.tools.catalogue().map((facts) => filledIn(facts, world.about.usualValues(facts.name))),
    ),
});

/** What is usual here stands in the form already: a sandbox knows its tools. */
function filledIn(facts: ConnectorFacts, usual: UsualValues | null): ConnectorFacts {
  if (usual === null) return facts;
  const { settings, credential } = usual;
  const way = facts.credentials.find(({ fields }) => fits(fields, credential));
  return {
    ...facts,
    settings: facts.settings.map((setting) => ({ ...setting, ...usualOf(settings, setting.name) })),
    credentials: facts.credentials.map((form) =>
      form !== way
        ? form
        : {
            ...form,
            fields: form.fields.map((field) => ({ ...field, ...usualOf(credential, field.name) })),
          },
    ),
  };
}

const fits = (fields: CredentialForm["fields"], credential: UsualValues["credential"]): boolean =>
  fields.length > 0 &&
  fields.every(({ name, optional }) => optional || Object.hasOwn(credential, name));

const usualOf = (values: Readonly<Record<string, string>>, name: string): { usual?: string } => {
  const value = values[name];
  return value === undefined ? {} : { usual: value };
};
