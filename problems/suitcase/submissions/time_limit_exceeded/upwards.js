// Counts clicks upwards without ever going around: from 9 to 1 is a long way.
const [now, combination] = require("fs").readFileSync(0, "utf8").split("\n");
let clicks = 0;
for (let i = 0; i < now.length; i++) {
    let up = Number(now[i]);
    while (up !== Number(combination[i])) up += 1;
    const turns = up - Number(now[i]);
    clicks += Math.min(turns, 10 - turns);
}
console.log(clicks);
