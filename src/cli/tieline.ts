#!/usr/bin/env node
// What `npx tieline` starts; the composition root stands above the rooms.
await import(new URL("../main.ts", import.meta.url).href);

export {};
