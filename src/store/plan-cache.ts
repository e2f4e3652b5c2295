/**
 * Statements are prepared, but planned each time. A plan that Postgres keeps was perhaps made while a table
 * was empty, when every index looks alike: it would then go through all of a flow for each record.
 */
export const planCacheMode = "force_custom_plan";
