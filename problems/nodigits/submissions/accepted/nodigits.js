const { length } = require("fs").readFileSync(process.stdin.fd).toString().trim();
console.log(length * length);
