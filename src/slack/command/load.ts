import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Command } from "./command.ts";

/** Every command in the folder, one a file, in the order in which they are explained. */
export async function loadCommands(folder: string): Promise<readonly Command[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".ts"));
  const commands = await Promise.all(files.map((file) => load(join(folder, file))));
  return commands.toSorted((a, b) => place(a) - place(b) || a.name.localeCompare(b.name));
}

async function load(path: string): Promise<Command> {
  const module: unknown = await import(pathToFileURL(path).href);
  if (
    typeof module === "object" &&
    module !== null &&
    "default" in module &&
    isCommand(module.default)
  )
    return module.default;
  throw new Error(`${path} must have a command as its default export.`);
}

const isCommand = (value: unknown): value is Command =>
  typeof value === "object" &&
  value !== null &&
  "name" in value &&
  "verbs" in value &&
  Array.isArray(value.verbs);

const order = ["/sync", "/dlq", "/connector", "/digest", "/tieline"];
const place = ({ name }: Command): number => {
  const index = order.indexOf(name);
  return index < 0 ? order.length : index;
};
