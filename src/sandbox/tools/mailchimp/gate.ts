import type { Answer, Request } from "../http.ts";
import type { SignIn } from "../sign-in.ts";
import type { Tool } from "../tool-server.ts";
import { keyMissing, notFound, tooManyConnections, wrongKey } from "./problems.ts";
import { KEY } from "./root.ts";
import { triggered } from "./triggers.ts";

const CONNECTIONS = 10;
const LATENCY_MS = 15;

export type Gate = {
  gate: Tool["gate"];
  limits: boolean;
  /** How long a call takes, and holds its connection, also where the caller has given up. */
  latencyMs: number;
  readonly limited: number;
  tooMany(retryAfter: string | null): Answer;
};

/** Who asks, and with how many calls at once: ten for a user, whatever keys they come with. */
export function openGate(limits: boolean, signIn: SignIn): Gate {
  let open = 0;
  let limited = 0;
  let refused = 0;

  const self: Gate = {
    limits,
    latencyMs: limits ? LATENCY_MS : 0,
    get limited() {
      return limited;
    },
    /** Every second time without a body, as it happens where there is much to do. */
    tooMany(retryAfter) {
      refused += 1;
      const answer = tooManyConnections(retryAfter);
      return refused % 2 === 0 ? { status: 429, headers: {}, body: "" } : answer;
    },
    async gate(request, next) {
      if (!request.path.startsWith("/3.0")) return next();
      const refusal = refusalOf(request, signIn);
      if (refusal !== null) return refusal;
      if (self.limits && open >= CONNECTIONS) {
        limited += 1;
        return self.tooMany(null);
      }
      open += 1;
      try {
        if (self.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, self.latencyMs).unref()); // prettier-ignore
        return await next();
      } finally {
        open -= 1;
      }
    },
  };
  return self;
}

function refusalOf(request: Request, signIn: SignIn): Answer | null {
  const { authorization } = request.headers;
  if (authorization === undefined) return keyMissing();
  if (!isKnown(authorization, signIn)) return wrongKey();
  const name = request.headers["x-trigger-error"];
  if (typeof name !== "string") return null;
  return triggered(name) ?? notFound();
}

/** A key as the password of any user, or as a bearer; an app's token as a bearer, in either spelling. */
function isKnown(authorization: string, signIn: SignIn): boolean {
  const [, scheme = "", value = ""] = /^(\w+) (.+)$/.exec(authorization) ?? [];
  const given = scheme.toLowerCase() === "basic" ? passwordIn(value) : value;
  if (!["basic", "bearer", "oauth"].includes(scheme.toLowerCase())) return false;
  return given === KEY || typeof signIn.standing(given) !== "string";
}

function passwordIn(value: string): string {
  const text = Buffer.from(value, "base64").toString("utf8");
  return text.slice(text.indexOf(":") + 1);
}
