import type { RefObject } from "preact";
import { useLayoutEffect, useMemo, useState } from "preact/hooks";
import { explain, submitView } from "./api.ts";
import type { View } from "./model.ts";
import { draftsOf, surfaceKey, useSurface, type Surface } from "./surface.ts";
import { problemsIn } from "./validation.ts";
import { collectValues } from "./values.ts";

type Form = {
  surface: Surface;
  busy: boolean;
  /** Why the last submit failed, when that is no single input's fault. */
  failed: string | undefined;
  submit: () => Promise<void>;
};
type Refusal = { errors: Record<string, string>; failed: string | undefined };

/** The inputs of a modal: what they hold, what is wrong with them, and how they are sent. */
export function useModalForm(
  view: View,
  user: string,
  here: string | undefined,
  form: RefObject<HTMLFormElement | null>,
): Form {
  const container = useMemo(() => ({ kind: "view", view_id: view.id }) as const, [view.id]);
  const [sending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());

  // An error goes away as soon as its input is edited.
  const errors = useMemo(() => {
    const all = Object.entries({ ...view.errors, ...refusal?.errors });
    return Object.fromEntries(all.filter(([block]) => !touched.has(block)));
  }, [view.errors, refusal, touched]);
  const onEdit = (block: string) => setTouched((now) => new Set([...now, block]));
  const { blocks } = view;
  const surface = useSurface({ user, container, blocks, here, errors, onEdit });

  useLayoutEffect(() => {
    if (refusal) form.current?.querySelector<HTMLElement>(".wrong :is(input, textarea)")?.focus();
  }, [refusal]);

  const refuse = (next: Refusal) => {
    setTouched(new Set());
    setRefusal(next);
  };
  const submit = async () => {
    if (sending) return;
    const drafts = draftsOf(surfaceKey(user, container));
    const problems = problemsIn(blocks, drafts, here);
    if (Object.keys(problems).length > 0) return refuse({ errors: problems, failed: undefined });
    setSending(true);
    const outcome = await submitView(user, view.id, collectValues(blocks, drafts, here));
    setSending(false);
    if (outcome.ok) setRefusal(undefined);
    else if (outcome.errors) refuse({ errors: outcome.errors, failed: undefined });
    else refuse({ errors: {}, failed: explain(outcome.error) });
  };
  const failed = refusal ? refusal.failed : view.error && explain(view.error);
  return { surface, busy: sending || view.busy === true, failed, submit };
}
