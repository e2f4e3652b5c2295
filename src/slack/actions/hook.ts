import { hooksRenewed, hooksShown } from "../views/hooks.ts";
import type { Action } from "./action.ts";
import type { Noun } from "./nouns.ts";

const show: Action = {
  id: "hook.show",
  on: ({ value }) => ({
    kind: "does",
    run: async (at) => ({
      kind: "private",
      message: hooksShown(await at.do("hooks.show", { connection: value })),
    }),
  }),
};

const renew: Action = {
  id: "hook.renew",
  on: ({ value }) => ({
    kind: "does",
    run: async (at) => ({
      kind: "private",
      message: hooksRenewed(await at.do("hooks.renew", { connection: value })),
    }),
  }),
};

/** `<connection> <subscription>` */
const unsubscribe: Action = {
  id: "hook.unsubscribe",
  on: ({ value }) => {
    const [connection = "", subscription = ""] = value.split(" ");
    return {
      kind: "does",
      run: async (at) => ({
        kind: "private",
        message: hooksShown(await at.do("hooks.unsubscribe", { connection, subscription })),
      }),
    };
  },
};

export default { actions: [show, renew, unsubscribe], forms: [] } satisfies Noun;
