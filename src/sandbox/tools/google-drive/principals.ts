import type { Scope } from "./methods.ts";

/** The part of Drive a file lives in: somebody's My Drive, or a shared drive by its id. */
export type Corpus = "user" | "service" | (string & {});

export type Person = { displayName: string; emailAddress: string; permissionId: string };

/** Who is asking, through which app, and what the person let it do. */
export type Principal = {
  person: Person;
  /** Whose My Drive is "root" to them. */
  own: "user" | "service";
  app: string;
  scopes: readonly Scope[];
};

export const SHARED_DRIVE = "0AHarbourSharedDrivePVA";
export const USER_ROOT = "0AOliviaBergMyDrivePVA";
export const SERVICE_ROOT = "0ATielineServiceRootPVA";

export const user: Person = {
  displayName: "Olivia Berg",
  emailAddress: "olivia@harbour-and-sons.example",
  permissionId: "08352712947163098264",
};

export const robot: Person = {
  displayName: "tieline@harbour-and-sons.iam.gserviceaccount.com",
  emailAddress: "tieline@harbour-and-sons.iam.gserviceaccount.com",
  permissionId: "11740936281740563319",
};

export const rootOf = (own: Principal["own"]): string =>
  own === "user" ? USER_ROOT : SERVICE_ROOT;

const WHOLE: readonly Scope[] = ["drive", "drive.readonly", "drive.metadata", "drive.metadata.readonly"]; // prettier-ignore

/** With `drive.file` alone an app sees only what it made itself. */
export const seesAll = ({ scopes }: Principal): boolean =>
  scopes.some((scope) => WHOLE.includes(scope));

/** Both people here are members of the one shared drive. */
export const reaches = ({ own }: Principal, corpus: Corpus): boolean =>
  corpus === own || corpus === SHARED_DRIVE;
