import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

type Found = { url: string; format?: string | null | undefined };

/** Remembers, from one process to the next, where modules were found. */
export function places(file: string | undefined) {
  const known = new Map<string, Found>(read(file));
  const before = known.size;
  if (file !== undefined && before === 0)
    setTimeout(() => {
      writeFileSync(`${file}.${String(process.pid)}`, JSON.stringify([...known]));
      renameSync(`${file}.${String(process.pid)}`, file);
    }, 3_000).unref();

  return <Result extends Found>(
    specifier: string,
    parent: string | undefined,
    find: () => Result,
  ): Found & { shortCircuit?: boolean } => {
    const key = `${specifier} ${parent ?? ""}`;
    const there = known.get(key);
    if (there !== undefined) return { ...there, shortCircuit: true };
    const { url, format } = find();
    if (url.startsWith("file:") && format != null) known.set(key, { url, format });
    return { url, format };
  };
}

const read = (file: string | undefined): [string, Found][] =>
  file !== undefined && existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as [string, Found][])
    : [];
