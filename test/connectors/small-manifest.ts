import { lint } from "#connectors/manifest/lint.ts";
import type { Manifest } from "#connectors/manifest/manifest.ts";

/** A connector whose one object, `deals`, is said by lines of YAML, indented by four. */
export const dealsManifest = (lines: string, besides = ""): string => `
connector: small
title: Small
about: A tool of a test
version: "1"
base_url: https://small.example
auth: { key: { kind: bearer, about: A key } }
check: { get: /me, account: name }
says: { code: [code], message: [message] }
errors: [{ code: gone, is: missing }, { code: spent, is: quota_spent }]
${besides}
objects:
  deals:
    title: Deals
    entity: deal
    id: id
    deletes: Nothing tells.
    empty: null
${lines}`;

/** @throws an Error that shows what is wrong with it */
export function manifestOf(text: string): Manifest {
  const { manifest, problems } = lint(text, "small.yaml");
  if (manifest === null) throw new Error(JSON.stringify(problems, null, 1));
  return manifest;
}

/** What is said of a manifest with problems. */
export const complaints = (text: string): string[] =>
  lint(text, "small.yaml").problems.map(({ line, message }) => `${String(line)}: ${message}`);
