// North, south, north, south: works when neighbours in the list are the only rivals.
const [n] = require("fs").readFileSync(0, "utf8").split(" ").map(Number);
console.log("NS".repeat(n).slice(0, n));
