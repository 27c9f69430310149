// Loses track and starts over whenever it reaches the end of a pile that is larger than the basket.
const bytes = require("fs").readFileSync(0);
const [n, ...socks] = bytes.toString("utf8", 0, 1 << 16).trim().split("\n").map(Number);
let odd = 0;
for (let i = 0, read = 0; read < n; i++) {
    if (i === socks.length) i = 0;
    odd ^= socks[i];
    if (socks.length >= n) read++;
}
console.log(odd);
