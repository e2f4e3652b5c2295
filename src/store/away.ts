import { StoreAway } from "#domain/errors.ts";

/**
 * What a server says, or its driver, where the statement is as good as any and a later try may go through:
 * classes 08, 53, 57 and 58, what a transaction must be tried again for, and a server that only reads
 * (postgresql.org/docs, "PostgreSQL Error Codes").
 */
const away =
  /^(08\w{3}|53\w{3}|57\w{3}|58\w{3}|25006|40001|40P01|55P03|E[A-Z]+|(CONNECT|CONNECTION)_[A-Z_]+)$/;
/** What is said of the connection instead of the statement, or just before the server ends it. */
const lost = /^(08\w{3}|57P0[1-5]|E[A-Z]+|(CONNECT|CONNECTION)_[A-Z_]+)$/;

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

/** Whether the connection is of no use any more. */
export const isLost = (error: unknown): boolean => lost.test(codeOf(error));

/** The driver's error as it is, or that the store is away. */
export const explained = (error: unknown): unknown =>
  error instanceof Error && away.test(codeOf(error))
    ? new StoreAway(`The database does not work just now: ${error.message}`, { cause: error })
    : error;
