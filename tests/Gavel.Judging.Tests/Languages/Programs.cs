namespace Gavel.Judging.Tests.Languages;

/// <summary>The same small programs in each language.</summary>
internal static class Programs
{
    internal static string Sum(string id) => id switch
    {
        "c" => "#include <stdio.h>\nint main(void) { long a, b; scanf(\"%ld %ld\", &a, &b); printf(\"%ld\\n\", a + b); return 0; }",
        "cpp" => "#include <bits/stdc++.h>\nint main() { long a, b; std::cin >> a >> b; std::cout << a + b << '\\n'; }",
        "python3" => "print(sum(map(int, input().split())))",
        "java" => "import java.util.*;\npublic class Adding { public static void main(String[] args) { var s = new Scanner(System.in); System.out.println(s.nextLong() + s.nextLong()); } }",
        "javascript" => "const [a, b] = require('fs').readFileSync(0, 'utf8').split(/\\s+/).map(Number); console.log(a + b);",
        "go" => "package main\nimport \"fmt\"\nfunc main() { var a, b int64; fmt.Scan(&a, &b); fmt.Println(a + b) }",
        "rust" => "use std::io::*;\nfn main() { let mut s = String::new(); stdin().read_to_string(&mut s).unwrap(); println!(\"{}\", s.split_whitespace().map(|x| x.parse::<i64>().unwrap()).sum::<i64>()); }",
        "csharp" => "Console.WriteLine(Console.ReadLine()!.Split().Select(long.Parse).Sum());",
        _ => throw new ArgumentOutOfRangeException(nameof(id), id, null),
    };

    internal static string Broken(string id) => id switch
    {
        "python3" => "def f(:\n    pass\n",
        "go" => "package main\nfunc main() { undefined() }",
        _ => "this is no program ((",
    };

    internal static string Loop(string id) => id switch
    {
        "c" => "int main(void) { volatile int i = 0; for (;;) i++; }",
        "cpp" => "int main() { volatile int i = 0; for (;;) i = i + 1; }",
        "python3" => "while True: pass",
        "java" => "class Main { static volatile int i; public static void main(String[] args) { for (;;) i++; } }",
        "javascript" => "for (;;);",
        "go" => "package main\nfunc main() { for { } }",
        "rust" => "fn main() { let mut i = 0u64; loop { unsafe { std::ptr::write_volatile(&mut i, i.wrapping_add(1)); } } }",
        "csharp" => "for (;;) ;",
        _ => throw new ArgumentOutOfRangeException(nameof(id), id, null),
    };

    internal static string Crash(string id) => id switch
    {
        "c" => "#include <stdlib.h>\nint main(void) { abort(); }",
        "cpp" => "#include <stdexcept>\nint main() { throw std::runtime_error(\"x\"); }",
        "python3" => "print([][1])",
        "java" => "class Main { public static void main(String[] args) { int[] a = {}; System.out.println(a[3]); } }",
        "javascript" => "null.x;",
        "go" => "package main\nfunc main() { var a []int; println(a[3]) }",
        "rust" => "fn main() { let v: Vec<i32> = vec![]; println!(\"{}\", v[std::env::args().count()]); }",
        "csharp" => "int[] a = []; Console.WriteLine(a[3]);",
        _ => throw new ArgumentOutOfRangeException(nameof(id), id, null),
    };

    /// <summary>Uses memory without end.</summary>
    internal static string Hog(string id) => Allocate(id, 4096);

    /// <summary>Uses 128 MiB.</summary>
    internal static string HalfOfMemory(string id) => Allocate(id, 128);

    // Keeps the given number of mebibytes, each filled.
    private static string Allocate(string id, int mebibytes) => id switch
    {
        "c" => $$"""
            #include <stdlib.h>
            #include <string.h>
            int main(void) { static char *keep[{{mebibytes}}]; for (int i = 0; i < {{mebibytes}}; i++) { keep[i] = malloc(1 << 20); memset(keep[i], i + 1, 1 << 20); } return keep[0][5] == 1 ? 0 : 1; }
            """,
        "cpp" => $$"""
            #include <vector>
            int main() { std::vector<std::vector<char>> keep; for (int i = 0; i < {{mebibytes}}; i++) keep.emplace_back(1 << 20, (char)1); return keep[0][5] == 1 ? 0 : 1; }
            """,
        "python3" => $"keep = [bytearray(b'x' * (1 << 20)) for _ in range({mebibytes})]\n",
        "java" => $$"""
            import java.util.*;
            class Main { public static void main(String[] args) { var keep = new ArrayList<byte[]>(); for (int i = 0; i < {{mebibytes}}; i++) { var a = new byte[1 << 20]; Arrays.fill(a, (byte)1); keep.add(a); } System.out.println(keep.size()); } }
            """,
        "javascript" => $"const keep = []; for (let i = 0; i < {mebibytes * 8}; i++) keep.push(new Array(1 << 14).fill(i + 0.5)); console.log(keep.length);",
        "go" => $$"""
            package main
            import "fmt"
            func main() { keep := [][]byte{}; for i := 0; i < {{mebibytes}}; i++ { a := make([]byte, 1 << 20); for j := range a { a[j] = 1 }; keep = append(keep, a) }; fmt.Println(len(keep)) }
            """,
        "rust" => $"fn main() {{ let mut keep = vec![]; for i in 0..{mebibytes} {{ keep.push(vec![(i % 200 + 1) as u8; 1 << 20]); }} println!(\"{{}}\", keep.len()); }}",
        "csharp" => $"var keep = new List<byte[]>(); for (var i = 0; i < {mebibytes}; i++) {{ var a = new byte[1 << 20]; Array.Fill(a, (byte)1); keep.Add(a); }} Console.WriteLine(keep.Count);",
        _ => throw new ArgumentOutOfRangeException(nameof(id), id, null),
    };
}
