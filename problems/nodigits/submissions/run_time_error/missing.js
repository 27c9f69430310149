console.log(digits * digits);
