import { DropboxUpload } from "./dropbox-upload-options.ts";
import { GoogleUpload } from "./google-upload-options.ts";

/** Every way of sending a file that a manifest may name; what they do is in uploads.ts. */
export const uploadKinds = [GoogleUpload, DropboxUpload] as const;
