import type { ConnectorFacts, ManifestProblem } from "#domain/ports/connector-facts.ts";
import type { ApprovalView } from "../approvals/contract.ts";
import type { ConnectorHistory } from "./reviewed.ts";

export type ConnectorOperations = {
  "connectors.list": { in: Record<never, never>; out: readonly ConnectorFacts[] };
  /** Judges a manifest. A good one is kept as a draft, to be looked at before anybody is asked. */
  "connectors.propose": {
    in: { text: string; note?: string };
    out:
      | { kind: "wrong"; problems: readonly ManifestProblem[] }
      | { kind: "ready"; draft: ApprovalView };
  };
  "connectors.versions": { in: { connector: string }; out: ConnectorHistory };
  /** Goes to another version: at once, or by approval where it asks for hosts or scopes the one in use does not. */
  "connectors.use": {
    in: { connector: string; version: number };
    out:
      | { kind: "done"; connector: string; version: number; stops: readonly string[] }
      | { kind: "asked"; request: ApprovalView };
  };
  /** Takes a registered connector out of the catalogue. Its versions are kept. */
  "connectors.remove": { in: { connector: string }; out: { connector: string } };
};
