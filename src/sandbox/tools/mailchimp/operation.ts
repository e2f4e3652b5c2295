/** A call that a batch makes for whoever sent it; `path` is below `/3.0`. */
export type Operation = {
  method: string;
  path: string;
  operation_id: string;
  body: string;
  params: Record<string, string>;
};

/** What came of it, as the archive of results has it. */
export type Result = { status_code: number; operation_id: string; response: string };
