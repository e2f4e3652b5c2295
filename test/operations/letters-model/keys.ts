/** So many records are refused in the beginning: more than are tried at one press. */
export const refusedAtFirst = 30;

/** Names of the records, those that are refused at first before the others. */
export const keys = Array.from({ length: 64 }, (_, n) => `k${String(n + 1).padStart(2, "0")}`);
