import { useEffect, useState } from "preact/hooks";
import { PlainOrMrkdwn } from "./text.ts";
import type { Confirm } from "./blocks/model.ts";
import { Dialog } from "./dialog.ts";
import { html } from "./html.ts";

type Question = { confirm: Confirm; answer: (yes: boolean) => void };
let ask: ((question: Question) => void) | undefined;

/** Shows the confirmation that an element asks for; true when there is none or the person agrees. */
export function confirmed(confirm: Confirm | undefined): Promise<boolean> {
  if (!confirm) return Promise.resolve(true);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  if (ask) ask({ confirm, answer: resolve });
  else resolve(false);
  return promise;
}

/** Stands once in the page and shows one question at a time. */
export function ConfirmHost() {
  const [question, setQuestion] = useState<Question | undefined>();
  useEffect(() => {
    ask = setQuestion;
    return () => void (ask = undefined);
  }, []);
  if (!question) return null;
  const { confirm, answer } = question;
  const close = (yes: boolean) => {
    setQuestion(undefined);
    answer(yes);
  };
  const look = confirm.style === "danger" ? "button danger" : "button primary";
  return html`<${Dialog} role="alertdialog" labelledBy="confirm-title" describedBy="confirm-text" onCancel=${() => close(false)} kind="confirm">
    <div class="dialog-head"><h2 id="confirm-title">${confirm.title.text}</h2></div>
    <div class="dialog-body" id="confirm-text"><${PlainOrMrkdwn} text=${confirm.text} /></div>
    <div class="dialog-foot">
      <button type="button" class="button" onClick=${() => close(false)}>${confirm.deny.text}</button>
      <button type="button" class=${look} autofocus onClick=${() => close(true)}>${confirm.confirm.text}</button>
    </div>
  </${Dialog}>`;
}
