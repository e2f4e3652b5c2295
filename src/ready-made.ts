import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { Mistake } from "#domain/errors.ts";
import { readConversion } from "#operations/conversions/read.ts";
import { readRecipe } from "#operations/recipes/read.ts";
import type { ReadyMade } from "#operations/world.ts";

/** Conversions and recipes of these folders. @throws Mistake naming what is wrong in one, and where */
export async function loadReadyMade(folders: readonly string[]): Promise<ReadyMade> {
  const wrong: string[] = [];
  const complain = (file: string, wrongs: readonly Wrong[]) =>
    wrong.push(
      ...wrongs.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`),
    );

  const conversions = (await textsIn(folders, "conversions")).flatMap(({ file, text }) => {
    const read = readConversion(text);
    if (read.ok) return [[read.conversion.name, read.conversion] as const];
    complain(file, read.wrongs);
    return [];
  });
  const recipes = (await textsIn(folders, "recipes")).flatMap(({ file, text }) => {
    const read = readRecipe(text);
    if (read.ok) return [read.recipe];
    complain(file, read.wrongs);
    return [];
  });
  if (wrong.length > 0) throw new Mistake(wrong.join("\n"));
  return { conversions: new Map(conversions), recipes };
}

type Wrong = { line: number; column: number; message: string };

async function textsIn(folders: readonly string[], kind: string) {
  const files = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(join(folder, kind)).catch(() => []);
      return names.filter((name) => name.endsWith(".yaml")).map((name) => join(folder, kind, name));
    }),
  );
  return Promise.all(
    files.flat().map(async (file) => ({ file, text: await readFile(file, "utf8") })),
  );
}
