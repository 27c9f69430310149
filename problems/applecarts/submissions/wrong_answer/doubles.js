// Numbers are doubles: from 2^53 on, small apples fall through the cracks.
const [a, b] = require("fs").readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
console.log((a + b).toLocaleString("fullwide", { useGrouping: false }));
