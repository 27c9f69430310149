using System;
using System.Linq;

var word = Console.ReadLine()!;
var reversed = new string(word.Reverse().ToArray());
var joined = reversed + "#" + word;
var border = new int[joined.Length];
for (int i = 1, b = 0; i < joined.Length; i++)
{
    while (b > 0 && joined[b] != joined[i])
        b = border[b - 1];
    border[i] = joined[b] == joined[i] ? ++b : b;
}
Console.WriteLine(word + reversed[border[^1]..]);
