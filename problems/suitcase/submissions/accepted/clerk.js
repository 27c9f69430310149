const [now, combination] = require("fs").readFileSync(0, "utf8").split("\n");
const clicks = (from, to) => Math.min((from - to + 10) % 10, (to - from + 10) % 10);
console.log([...now].reduce((sum, digit, i) => sum + clicks(Number(digit), Number(combination[i])), 0));
