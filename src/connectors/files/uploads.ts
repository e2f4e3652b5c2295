import type { z } from "zod";
import type { Manifest } from "../manifest/manifest.ts";
import { dropboxUpload } from "./dropbox-upload.ts";
import { googleUpload } from "./google-upload.ts";
import type { Upload } from "./upload.ts";
import type { uploadKinds } from "./upload-options.ts";

export type UploadOptions = z.output<(typeof uploadKinds)[number]>;

/** Every way of sending a file. A new one is a file, its options and a case here. */
export function uploadOf(options: UploadOptions, manifest: Pick<Manifest, "headers">): Upload {
  switch (options.kind) {
    case "google":
      return googleUpload(options, manifest);
    case "dropbox":
      return dropboxUpload(options, manifest);
    default:
      return options satisfies never;
  }
}
