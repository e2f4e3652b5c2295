import { gathering } from "#domain/gather.ts";
import type { HookAnswer } from "#domain/ports/hooks.ts";
import { type EndRead, wakeFlowsAt } from "../runs/start-on-event.ts";
import type { World } from "../world.ts";
import { type Knock, receiveMessage } from "./receive.ts";

/** As many messages as a door lets in at a time, and more. */
const most = 1000;

/** Takes messages as they come: whoever waits for what several of them brought is woken once. */
export function openReception(world: World): (knock: Knock) => Promise<HookAnswer> {
  const wake = gathering<readonly EndRead[], undefined>({
    async work(asked) {
      await wakeFlowsAt(world, asked.flat());
      return asked.map(() => undefined);
    },
    weigh: () => 1,
    most,
    ownFault: () => false,
  });
  return (knock) => receiveMessage(world, knock, wake);
}
