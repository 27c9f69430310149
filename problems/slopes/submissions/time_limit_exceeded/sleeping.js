// Sleeps in the first hut.
for (let night = 1; night; night = (night % 7) + 1);
