/** A value that an earlier subrequest's answer does not have. */
export class NoSuchReference extends Error {
  override readonly name = "NoSuchReference";
}

const MARK = /@\{([^}]+)\}/g;

/**
 * Puts values of earlier answers in the place of `@{reference.path}`, inside texts and for whole
 * values. Throws NoSuchReference where there is none.
 */
export function filled(value: unknown, answers: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === "string") return filledText(value, answers);
  if (Array.isArray(value)) return value.map((item) => filled(item, answers));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, filled(one, answers)]),
  );
}

function filledText(text: string, answers: ReadonlyMap<string, unknown>): unknown {
  const [whole] = /^@\{([^}]+)\}$/.exec(text) ?? [];
  if (whole !== undefined) return found(whole.slice(2, -1), answers);
  return text.replace(MARK, (_mark, path: string) => String(found(path, answers) as string));
}

/** `acc.id`, `query.records[0].Id` */
function found(path: string, answers: ReadonlyMap<string, unknown>): unknown {
  const [reference = "", ...steps] = path.split(/[.[\]]+/).filter((step) => step !== "");
  let here: unknown = answers.get(reference);
  for (const step of steps) {
    here =
      typeof here === "object" && here !== null && Object.hasOwn(here, step)
        ? (here as Record<string, unknown>)[step]
        : undefined;
  }
  if (here !== undefined && here !== null) return here;
  throw new NoSuchReference(
    `Invalid reference specified. No value for ${path} found in ${reference}`,
  );
}
