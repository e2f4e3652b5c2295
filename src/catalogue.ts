import type { ReloadableTools } from "#connectors/tools.ts";
import type { ConnectorVersions } from "#domain/ports/connector-versions.ts";
import type { Log } from "#domain/ports/world.ts";
import type { Perform } from "#operations/contract.ts";

export type Catalogue = {
  /** Reads what is registered. @throws when the store cannot be read */
  read(): Promise<void>;
  /** The same where anything may have changed since. What is known stays where the store is away. */
  refresh(): Promise<void>;
};

/**
 * Keeps this process's connectors those that are registered. Every process looks before it does
 * anything with them, which costs one small query: so a version that was approved a moment ago, in
 * another process, is the one that is used, and no process has to be told.
 */
export function makeCatalogue(
  versions: Pick<ConnectorVersions, "inUse" | "stamp">,
  tools: Pick<ReloadableTools, "register">,
  log: Log,
): Catalogue {
  let known: string | null = null;

  const read = async (): Promise<void> => {
    const stamp = await versions.stamp();
    if (stamp === known) return;
    for (const { connector, version, problem } of tools.register(await versions.inUse()))
      log.warn("a registered connector cannot be used any more", { connector, version, problem });
    // As it was before reading: a change that came in between is read the next time.
    known = stamp;
  };

  return {
    read,
    refresh: () =>
      read().catch((error: unknown) =>
        log.warn("what is registered cannot be read just now", { error: String(error) }),
      ),
  };
}

/** Looks first whether anything was registered. */
export const keepingUp =
  (catalogue: Catalogue, perform: Perform): Perform =>
  async (name, input, actor) => {
    await catalogue.refresh();
    return perform(name, input, actor);
  };
