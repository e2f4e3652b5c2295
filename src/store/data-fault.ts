/**
 * Whether a statement failed for what was in it, and not for the database's sake: a value that no column
 * takes, a constraint, a limit (postgresql.org/docs, "PostgreSQL Error Codes").
 */
export const isDataFault = (error: unknown): boolean =>
  error instanceof Error &&
  /^(22|23|54)\w{3}$/.test((error as Error & { code?: string }).code ?? "");
