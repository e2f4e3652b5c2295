import { type Place, SealBroken, type Sealing } from "./sealing.ts";

/** What cannot be opened any more, as after a change of the master key, is as if it had never been there. */
export function opened(sealing: Sealing, sealed: string, place: Place): string | null {
  try {
    return sealing.open(sealed, place);
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}
