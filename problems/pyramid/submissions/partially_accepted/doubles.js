// @EXPECTED_GRADES@ AC AC WA
// Exact as long as the product fits into a double.
const n = Number(require("fs").readFileSync(0, "utf8"));
console.log(String(((n * (n + 1) * (2 * n + 1)) / 6) % 1000000007));
