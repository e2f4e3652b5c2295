import type { Account } from "./account.ts";
import { boardShown } from "./board-view.ts";
import type { Boards } from "./boards.ts";
import type { Cursors } from "./cursors.ts";
import type { RootFor } from "./endpoint.ts";
import { missingScope, notFound, unknownBoard, viewerOnly } from "./failures.ts";
import type { Root, Shown } from "./graphql/execute.ts";
import type { HookDeliveries } from "./hook-deliveries.ts";
import { configIn, type Hook, type Hooks, hookShown } from "./hooks.ts";
import type { Items } from "./items.ts";
import type { Limits } from "./limits.ts";
import { mutations } from "./mutations.ts";
import { queries } from "./queries.ts";
import type { Request } from "./request.ts";
import { type Caller, scopeOf } from "./scopes.ts";
import type { Viewing } from "./viewing.ts";

/** What a request may reach, and what the user's standing lets them do with it. */
export type World = {
  account: Account;
  boards: Boards;
  items: Items;
  cursors: Cursors;
  hooks: Hooks;
  deliveries: HookDeliveries;
  limits: Limits;
  /** Whether our user may only look at everything. */
  viewer(): boolean;
};

export const openRoots =
  (world: World): RootFor =>
  (operation, caller, complexity) => {
    const request = requestOf(world, caller, complexity);
    const writes = operation.kind === "mutation";
    return guarded(
      writes ? mutations(request) : queries(request),
      caller,
      writes && world.viewer(),
    );
  };

/** Each field at the top with the scope it needs, told beside the data of those that have theirs. */
const guarded = (root: Root, caller: Caller, denied: boolean): Root =>
  Object.fromEntries(
    Object.entries(root).map(([name, resolve]) => [
      name,
      (args, field) => {
        const scope = scopeOf[name];
        if (scope !== undefined && !caller.may(scope)) throw missingScope(scope);
        if (denied) throw viewerOnly();
        return resolve(args, field);
      },
    ]),
  );

function requestOf(world: World, caller: Caller, complexity: () => Shown): Request {
  const { account, cursors, hooks, limits } = world;
  const viewing: Viewing = {
    account,
    cursors,
    board: (board) => boardShown(board, viewing),
    mirrors: (type, fields) => (type === "mirror" ? counted(fields, limits) : fields),
  };
  return {
    viewing,
    me: caller.user,
    boards: world.boards,
    items: world.items,
    complexity,
    countNewBoard: () => limits.countNewBoard(),
    hooks: {
      list(board) {
        if (account.boards.get(board) === undefined) throw unknownBoard(board);
        return [...hooks.values()].filter((hook) => hook.board === board).map(hookShown);
      },
      async create(board, url, event, config) {
        const hook: Hook = {
          id: String(account.nextId()),
          board: board.id,
          url,
          event,
          config: configIn(event, config),
          app: caller.app,
        };
        await world.deliveries.challenge(hook);
        hooks.set(hook.id, hook);
        return hookShown(hook);
      },
      remove(id) {
        const hook = hooks.get(id);
        if (hook === undefined) throw notFound("Webhook", id);
        hooks.delete(id);
        return hookShown(hook);
      },
    },
  };
}

function counted(fields: Shown, limits: Limits): Shown {
  const display = fields["display_value"] as () => unknown;
  return {
    ...fields,
    display_value() {
      limits.countMirror();
      return display();
    },
  };
}
