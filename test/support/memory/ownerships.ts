import type { OwnershipVersion, Ownerships } from "#domain/ports/hub.ts";

export function memoryOwnerships(): Ownerships {
  const kept: OwnershipVersion[] = [];
  const versions = (entity: string) => kept.filter((one) => one.entity === entity).reverse();
  return {
    all: () =>
      Promise.resolve(kept.filter((one) => versions(one.entity)[0]?.version === one.version)),
    versions: (entity) => Promise.resolve(versions(entity)),
    async add(version) {
      const fits = (versions(version.entity)[0]?.version ?? 0) + 1 === version.version;
      if (fits) kept.push(version);
      return fits;
    },
  };
}
