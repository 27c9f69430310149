using System;

Console.WriteLine(Apples.Count());
