import { benchParts } from "./bench-parts.ts";
import { benchSending } from "./cli/bench/feishu-sending.ts";
import { benchEscalation } from "./cli/bench/feishu-escalation.ts";
import { mkdtempSync } from "node:fs";
for (const d of [5, 150]) console.log(d, (await benchSending(benchParts, mkdtempSync("/tmp/bi/w"), 100000, d)).map(f=>f.value));
console.log((await benchEscalation(benchParts, mkdtempSync("/tmp/bi/w"), 100000)).map(f=>f.value));
