import htm from "htm";
import { h, type VNode } from "preact";

type Tag = (strings: TemplateStringsArray, ...values: unknown[]) => VNode;

/**
 * JSX in a template string, with no build step. Values become text or attributes, never markup.
 * The cast is there because htm's types describe a CommonJS default; browser and Node both get the function itself.
 */
export const html = (htm as unknown as { bind(create: typeof h): Tag }).bind(h);
