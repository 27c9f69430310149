// Walks from post to post in the order of the input.
const [n, r, ...rest] = require("fs").readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
let length = 2 * Math.PI * r;
for (let i = 0; i < n; i++) {
    const j = (i + 1) % n;
    length += Math.hypot(rest[2 * j] - rest[2 * i], rest[2 * j + 1] - rest[2 * i + 1]);
}
console.log(length);
