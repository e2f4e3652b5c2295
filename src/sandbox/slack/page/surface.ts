import { useMemo, useState } from "preact/hooks";
import { explain, sendAction, type Action } from "./api.ts";
import type { Block, Element, Stateful } from "./blocks/model.ts";
import { confirmed } from "./confirm.ts";
import type { Container } from "./model.ts";
import { notify } from "./notices.ts";
import { collectValues, currentValue, draftKey, memberOf, type StateValue } from "./values.ts";

/** What the blocks of one message, modal or App Home need to be used. */
export type Surface = {
  user: string;
  container: Container;
  /** The channel the person looks at. */
  here: string | undefined;
  errors: Record<string, string>;
  /** The action that is under way, as block and action id. */
  pending: ReadonlySet<string>;
  value: (element: Stateful, blockId: string) => StateValue;
  /** Keeps what was typed or chosen, and sends it to the app where the block asks for that. */
  change: (element: Stateful, blockId: string, held: unknown, send: boolean) => Promise<void>;
  /** Sends a click. Asks first where the element says so. */
  act: (
    element: Exclude<Element, { type: "image" }>,
    blockId: string,
    extra: Partial<Action>,
  ) => Promise<void>;
};

/** Where an element stands: its block, whether a change is sent at once, and what names it for a screen reader. */
export type Slot = {
  blockId: string;
  send: boolean;
  labelledBy?: string;
  describedBy?: string;
  invalid?: boolean;
};

// Outside the components, so that what was typed survives another modal on top or another channel in between.
const kept = new Map<string, Map<string, StateValue>>();

export function draftsOf(key: string): Map<string, StateValue> {
  const known = kept.get(key) ?? new Map<string, StateValue>();
  kept.set(key, known);
  return known;
}

const noErrors = {};

type Setting = {
  user: string;
  container: Container;
  blocks: Block[];
  here: string | undefined;
  errors?: Record<string, string>;
  onEdit?: (blockId: string) => void;
};

export const surfaceKey = (user: string, container: Container): string =>
  `${user} ${Object.values(container).join(" ")}`;

/** The surface of a list of blocks; draws again on every change of an input in it. */
export function useSurface({
  user,
  container,
  blocks,
  here,
  errors = noErrors,
  onEdit,
}: Setting): Surface {
  const [version, setVersion] = useState(0);
  const [pending, setPending] = useState<ReadonlySet<string>>(new Set());
  const drafts = draftsOf(surfaceKey(user, container));
  return useMemo(() => {
    const act: Surface["act"] = async (element, blockId, extra) => {
      if (!(await confirmed(element.confirm))) return;
      await send(element, blockId, extra);
    };
    const send = async (
      element: { type: string; action_id: string },
      blockId: string,
      extra: object,
    ) => {
      const key = draftKey(blockId, element.action_id);
      setPending((now) => new Set([...now, key]));
      const action = {
        type: element.type,
        block_id: blockId,
        action_id: element.action_id,
        ...extra,
      };
      const outcome = await sendAction(
        user,
        container,
        action,
        collectValues(blocks, drafts, here),
      );
      setPending((now) => new Set([...now].filter((other) => other !== key)));
      if (!outcome.ok) notify(explain(outcome.error));
    };
    return {
      user,
      container,
      here,
      errors,
      pending,
      act,
      value: (element, blockId) => currentValue(element, blockId, drafts, here),
      change: async (element, blockId, held, sends) => {
        if (sends && !(await confirmed(element.confirm))) return setVersion((n) => n + 1);
        const part = { [memberOf(element)]: held };
        drafts.set(draftKey(blockId, element.action_id), { type: element.type, ...part });
        setVersion((n) => n + 1);
        onEdit?.(blockId);
        if (sends) await send(element, blockId, part);
      },
    };
    // `version` stands for the drafts, which change in place.
  }, [user, surfaceKey(user, container), blocks, here, errors, pending, version]);
}
