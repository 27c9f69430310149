using System;
using System.Linq;

Console.WriteLine(Console.ReadLine()!.Split(' ').Sum(long.Parse));
