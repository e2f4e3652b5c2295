/**
 * Whether a statement failed for what was in it, and not for the database's sake: a value that no column
 * takes, a constraint, a limit (postgresql.org/docs, "PostgreSQL Error Codes").
 */
export const isDataFault = (error: unknown): boolean => /^(22|23|54)\w{3}$/.test(codeOf(error));

/** Whether it failed because a row with the same key is there. */
export const isThereAlready = (error: unknown): boolean => codeOf(error) === "23505";

const codeOf = (error: unknown): string =>
  (error instanceof Error ? (error as Error & { code?: string }).code : undefined) ?? "";
