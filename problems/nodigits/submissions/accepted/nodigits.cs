var word = System.Console.ReadLine()!;
System.Console.WriteLine(word.Length * word.Length);
