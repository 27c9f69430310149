// int.Parse throws an OverflowException at the first number beyond 2^31 - 1.
using System;
using System.Linq;

Console.WriteLine(Console.ReadLine()!.Split(' ').Select(int.Parse).Sum());
