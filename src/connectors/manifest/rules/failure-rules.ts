import type { FailuresSpec } from "../failures-spec.ts";
import type { Manifest } from "../manifest.ts";
import { placeholdersIn } from "../template.ts";
import { type Finding, finding, type Rule } from "./rule.ts";

/** Failures come one way or the other, and lead nowhere but to the tool's own pages. */
export const failures: Rule = function* (manifest) {
  const { failures: spec, settings } = manifest;
  if (spec === undefined) return;
  if (spec.list === undefined) yield* whereSent(manifest);
  yield* pagesOf(spec);
  for (const name of spec.needs)
    if (settings[name] === undefined)
      yield finding(at("needs"), `There is no setting ${name}; ${listed(Object.keys(settings))} accepted`); // prettier-ignore
  const may = ["automation", "api_version", ...Object.keys(settings)];
  yield* unknownIn(spec.page, at("page"), may);
  yield* unknownIn(spec.own_page, at("own_page"), may);
};

const at = (name: string): readonly PropertyKey[] => ["failures", name];

function* whereSent({ webhooks, objects }: Manifest): Iterable<Finding> {
  if (webhooks === undefined)
    yield finding(["failures"], "Failures are asked for by list, or sent: then webhooks has to say how a message proves where it is from"); // prettier-ignore
  if (objects["failures"]?.inbox !== undefined)
    yield finding(["objects", "failures"], "The address /failures is that of failures; another name is accepted"); // prettier-ignore
}

function* pagesOf({ page, page_at: pageAt, pages }: FailuresSpec): Iterable<Finding> {
  if (page !== undefined && pageAt !== undefined)
    yield finding(at("page"), "page_at says it already: one of page and page_at is accepted");
  if ((page ?? pageAt) !== undefined && pages.length === 0)
    yield finding(["failures"], "pages has to say at which hosts such pages are");
}

function* unknownIn(
  text: string | undefined,
  path: readonly PropertyKey[],
  may: readonly string[],
): Iterable<Finding> {
  for (const { name } of placeholdersIn(text ?? ""))
    if (!may.includes(name))
      yield finding(path, `{${name}} means nothing here; ${listed(may.map((one) => `{${one}}`))} accepted`); // prettier-ignore
}

const listed = (names: readonly string[]): string =>
  names.length === 0 ? "none is" : `${names.join(", ")} ${names.length === 1 ? "is" : "are"}`;
