import type { World } from "../world.ts";

/**
 * Where a tool sends a browser back to. Each connector has an address of its own, so that what one tool
 * answers cannot be taken for another's.
 */
export const redirectOf = ({ about }: Pick<World, "about">, connector: string): string =>
  `${about.publicUrl()}/oauth/${connector}/callback`;
