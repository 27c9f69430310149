const bytes = require("fs").readFileSync(0);
const newline = 10, zero = 48;
let odd = 0, number = 0;
for (let i = bytes.indexOf(newline) + 1; i < bytes.length; i++) {
    if (bytes[i] === newline) {
        odd ^= number;
        number = 0;
    } else {
        number = 10 * number + bytes[i] - zero;
    }
}
console.log(odd);
