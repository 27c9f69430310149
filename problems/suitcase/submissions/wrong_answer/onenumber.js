// Treats the wheels as one big number.
const [now, combination] = require("fs").readFileSync(0, "utf8").split("\n").map(Number);
console.log(Math.abs(now - combination));
