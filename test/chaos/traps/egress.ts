import * as real from "#connectors/egress.ts";
import { sighted, through } from "./trap.ts";

export * from "#connectors/egress.ts";

/** The real door to the outside, in which a worker may die before, during or after what it writes. */
export function makeEgress(options: real.EgressOptions): real.Egress {
  const egress = real.makeEgress(options);
  return {
    ...egress,
    async send(request) {
      const { pathname } = new URL(request.url);
      if (pathname.endsWith("/told")) return through(["delivery"], () => egress.send(request));
      if (!pathname.endsWith("/write")) return egress.send(request);
      const answer = await through(["send"], () => egress.send(request));
      sighted({ what: "worked" });
      return answer;
    },
    [Symbol.asyncDispose]: () => egress[Symbol.asyncDispose](),
  };
}
