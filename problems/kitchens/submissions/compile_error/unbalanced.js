function place(chef {
    return "N";
}
console.log(place(1));
