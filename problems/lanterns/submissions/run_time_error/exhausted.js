// Takes lanterns from a box of ten; the eleventh is undefined and cannot be hung.
const [[n, r], houses] = require("fs").readFileSync(0, "utf8").trim().split("\n").map(line => line.split(" ").map(Number));
const box = Array.from({ length: 10 }, () => ({ hangAt: position => position + 2 * r }));
let lanterns = 0, lit = -1;
for (const house of houses.sort((a, b) => a - b)) {
    if (house > lit) lit = box[lanterns++].hangAt(house);
}
console.log(lanterns);
