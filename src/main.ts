#!/usr/bin/env node
import { keepCompiled } from "./compiled.ts";

// Before anything else is read: what is read after it is kept.
keepCompiled();
await import("./program.ts");
