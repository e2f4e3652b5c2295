import type { HookRequest } from "#domain/ports/hooks.ts";
import type { z } from "zod";
import { bearerKey, BearerKeyOptions } from "./bearer.ts";
import { freshbooksForm, FreshbooksFormOptions } from "./freshbooks-form.ts";
import { hmac, HmacOptions } from "./hmac.ts";
import { jwtHs256, JwtHs256Options } from "./jwt-hs256.ts";
import type { SecretFrom } from "./secret.ts";
import { sharedToken, SharedTokenOptions } from "./shared-token.ts";
import { standardWebhooks, StandardWebhooksOptions } from "./standard-webhooks.ts";
import { urlSecret, UrlSecretOptions } from "./url-secret.ts";
import type { Checking, Verified } from "./verify.ts";

/** Every way of verifying that a manifest may name. A new one is a new file, a line here and a case below. */
export const verifyKinds = [
  HmacOptions,
  StandardWebhooksOptions,
  BearerKeyOptions,
  FreshbooksFormOptions,
  JwtHs256Options,
  SharedTokenOptions,
  UrlSecretOptions,
] as const;
export type VerifyOptions = z.output<(typeof verifyKinds)[number]>;

type Request = Pick<HookRequest, "method" | "url" | "headers" | "body">;

/** Whether a message is from whom it should be, by what the manifest says of it. */
export function verify(request: Request, options: VerifyOptions, checking: Checking): Verified {
  switch (options.kind) {
    case "hmac":
      return hmac(request, options, checking);
    case "standard_webhooks":
      return standardWebhooks(request, options, checking);
    case "bearer":
      return bearerKey(request, options, checking);
    case "freshbooks_form":
      return freshbooksForm(request, options, checking);
    case "jwt_hs256":
      return jwtHs256(request, options, checking);
    case "shared_token":
      return sharedToken(request, options, checking);
    case "url_secret":
      return urlSecret(request, options, checking);
    default:
      return options satisfies never;
  }
}

/** Where the secret of a way is; null where it has none. */
export const secretOf = (options: VerifyOptions): SecretFrom | null =>
  "secret" in options ? options.secret : null;
