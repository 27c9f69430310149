// @EXPECTED_SCORE@: 100
// Extends rounds house by house and gives up on those that are already longer than the best one.
const [[n], ...houses] = require("fs").readFileSync(0, "utf8").trim().split("\n").map(line => line.split(" ").map(Number));
const places = [[0, 0], ...houses];
const blocks = (a, b) => Math.abs(places[a][0] - places[b][0]) + Math.abs(places[a][1] - places[b][1]);
let shortest = Infinity, best = [];

function extend(stops, length) {
    if (length >= shortest) return;
    const here = stops.length ? stops[stops.length - 1] : 0;
    if (stops.length === n) {
        if (length + blocks(here, 0) < shortest) [shortest, best] = [length + blocks(here, 0), stops];
        return;
    }
    for (let house = 1; house <= n; house++) {
        if (!stops.includes(house)) extend([...stops, house], length + blocks(here, house));
    }
}

extend([], 0);
console.log(best.join(" "));
