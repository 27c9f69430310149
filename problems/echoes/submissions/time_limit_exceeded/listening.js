// Waits for the canyon to say something, also when there is nothing to add.
const word = require("fs").readFileSync(0, "utf8").trim();
const isPalindrome = text => text === [...text].reverse().join("");
let reply = 0;
let said = word;
while (!isPalindrome(said) || reply === 0) {
    // A reply of no letters is not accepted, so a palindrome is checked again and again.
    if (!isPalindrome(word)) reply++;
    said = word + [...word.slice(0, reply)].reverse().join("");
}
console.log(said);
