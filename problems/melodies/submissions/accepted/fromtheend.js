const [n, k, d, a, b] = require("fs").readFileSync(0, "utf8").split(" ").map(Number);
const modulus = 1000000007;
let ways = Array.from({ length: k + 1 }, (_, note) => (note === b ? 1 : 0));
for (let length = 2; length <= n; length++) {
    const following = new Array(k + 1).fill(0);
    for (let note = 1; note <= k; note++) {
        for (let next = Math.max(1, note - d); next <= Math.min(k, note + d); next++) following[note] += ways[next];
        following[note] %= modulus;
    }
    ways = following;
}
console.log(ways[a]);
