/**
 * JSON as it was sent. A number that JavaScript cannot hold exactly (beyond 2^53, `1.50`, `1e400`)
 * is the object `JSON.rawJSON` makes, whose `rawJSON` is the number's own text.
 */
export type Json = string | number | boolean | null | RawNumber | Json[] | { [key: string]: Json };

export type RawNumber = { readonly rawJSON: string };
