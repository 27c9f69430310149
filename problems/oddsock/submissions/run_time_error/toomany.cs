// Removes the first unmatched sock from an empty stack at the end: InvalidOperationException.
using System;
using System.Collections.Generic;

var n = int.Parse(Console.ReadLine()!);
var stack = new Stack<int>();
for (var i = 0; i < Math.Min(n, 1000); i++)
{
    var sock = int.Parse(Console.ReadLine()!);
    if (stack.TryPeek(out var top) && top == sock)
        stack.Pop();
}
Console.WriteLine(stack.Pop());
