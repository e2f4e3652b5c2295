import { hooksRenewed, hooksShown, secretPage } from "../views/hooks.ts";
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

const secret: Action = {
  id: "hook.secret",
  on: ({ value }) => ({
    kind: "does",
    async run(at) {
      const about = { connection: value, gives: "messages" } as const;
      const [view, page] = [await at.do("hooks.show", { connection: value }), await at.do("connections.invite", about)]; // prettier-ignore
      return { kind: "private", message: secretPage(view, page) };
    },
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

export default { actions: [show, renew, secret, unsubscribe], forms: [] } satisfies Noun;
