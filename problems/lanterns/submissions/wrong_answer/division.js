// Divides the length of the village by the width of a light.
const [[n, r], houses] = require("fs").readFileSync(0, "utf8").trim().split("\n").map(line => line.split(" ").map(Number));
const length = houses.reduce((a, b) => Math.max(a, b)) - houses.reduce((a, b) => Math.min(a, b));
console.log(Math.floor(length / (2 * r + 1)) + 1);
