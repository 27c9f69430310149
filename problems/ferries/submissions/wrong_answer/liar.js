// Claims to be there at once, by a line that does not exist.
const [n] = require("fs").readFileSync(0, "utf8").split(" ").map(Number);
console.log(`0\n2\n1 ${n}`);
