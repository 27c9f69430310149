// Reaches the right weight by giving bar 1 away over and over.
const n = Number(require("fs").readFileSync(0, "utf8"));
const total = (n * (n + 1)) / 2;
if (total % 2) {
    console.log("no");
} else {
    const bars = Array(Math.min(total / 2, 90000)).fill(1);
    console.log(`yes\n${bars.length}\n${bars.join(" ")}`);
}
