#!/usr/bin/env node
import "./compiled.js";

await import("./main.ts");
