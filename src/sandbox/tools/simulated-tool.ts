export type ToolOptions = {
  /** Where it keeps what it holds; null keeps it in memory until it stops. */
  folder: string | null;
  /** On 127.0.0.1; 0 or absent takes a free one. */
  port?: number;
  /** Records it starts with, on its first start in this folder. */
  seed?: number;
  /** The tool's own rate limits; on unless false. */
  limits?: boolean;
  /** The other flaws and surprises a tool's data has; on unless false, which leaves clean records. */
  flaws?: boolean;
};

/**
 * Counts since this start, over all objects; records, active and duplicates are what it holds now, of
 * its first object alone where the tool says so.
 */
export type ToolStats = {
  /** By method and route, as in `GET /crm/objects/2026-09/contacts/:id`. */
  requests: Record<string, number>;
  limited: number;
  faults: number;
  records: number;
  active: number;
  creates: number;
  updates: number;
  archived: number;
  /** Active records that share an e-mail with another one, not counting the first of each. */
  duplicates: number;
  /** How many records of each object it holds now: `{contacts: 500, companies: 60}`. */
  objects: Record<string, number>;
};

/** An app as it is registered with the tool, where people sign in, and where tokens are renewed. */
export type OAuth = {
  authorize: string;
  token: string;
  client_id: string;
  client_secret: string;
  /** The one that works now; each renewal brings another. */
  refresh_token: string;
};

export type SimulatedTool = AsyncDisposable & {
  /** What people call the tool it stands for: "HubSpot". */
  title: string;
  base_url: string;
  /** What a person would paste when connecting. */
  credential: Record<string, string>;
  /** What the connector asks for besides: a realm id, say. */
  settings: Record<string, string>;
  /** For who signs in through the tool instead; null where this one has no such door. */
  oauth: OAuth | null;
  stats(): ToolStats;
};

export type StartTool = (options: ToolOptions) => Promise<SimulatedTool>;

/** Counts kept by a tool's records as they change. */
export type Tally = { creates: number; updates: number; archived: number };
