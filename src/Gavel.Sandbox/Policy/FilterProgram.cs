using System.Buffers.Binary;

namespace Gavel.Sandbox.Policy;

/// <summary>
/// Assembles a seccomp filter: a binary search over system call numbers whose leaves are actions or small checks of arguments. Pure; see
/// seccomp(2) and the kernel's Documentation/networking/filter.rst for the machine.
/// </summary>
internal sealed class FilterProgram
{
    internal const uint Allow = 0x7fff0000;
    internal const uint Notify = 0x7fc00000;

    private const ushort LoadWord = 0x20;
    private const ushort JumpAlways = 0x05;
    private const ushort JumpEqual = 0x15;
    private const ushort JumpGreaterOrEqual = 0x35;
    private const ushort JumpIfAnySet = 0x45;
    private const ushort Return = 0x06;
    private const ushort And = 0x54;
    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;
    private const uint ArgumentsOffset = 16;

    private readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Value);

    private readonly List<Instruction> _code = [];

    /// <summary>The action that fails a call with <paramref name="errno"/>.</summary>
    internal static uint Fail(int errno) => 0x00050000 | (uint)errno;

    /// <summary>What happens with one system call.</summary>
    internal abstract record Rule
    {
        /// <summary>Always the same action.</summary>
        internal sealed record Always(uint Action) : Rule;

        /// <summary><paramref name="Then"/> when the masked low word of an argument has any of <paramref name="Bits"/>, else <paramref name="Otherwise"/>.</summary>
        internal sealed record AnyBit(int Argument, uint Bits, uint Then, uint Otherwise) : Rule;

        /// <summary>The action listed for the low word of an argument (after <paramref name="Mask"/>), else <paramref name="Otherwise"/>.</summary>
        internal sealed record Switch(int Argument, uint Mask, IReadOnlyList<(uint Value, Rule Then)> Cases, Rule Otherwise) : Rule;
    }

    /// <summary>The filter as the kernel takes it: eight bytes per instruction.</summary>
    /// <param name="rules">Rules by system call number.</param>
    /// <param name="unknown">The action for every other number.</param>
    internal static byte[] Assemble(IReadOnlyDictionary<int, Rule> rules, uint unknown)
    {
        var program = new FilterProgram();
        program.Prologue();
        program.Tree(Intervals(rules, new Rule.Always(unknown)));
        return program.Bytes();
    }

    private static List<(uint Start, Rule Rule)> Intervals(IReadOnlyDictionary<int, Rule> rules, Rule unknown)
    {
        List<(uint Start, Rule Rule)> intervals = [];
        for (var number = 0; number <= rules.Keys.Max() + 1; number++)
        {
            var rule = rules.GetValueOrDefault(number, unknown);
            if (intervals.Count == 0 || intervals[^1].Rule != rule || rule is not Rule.Always)
                intervals.Add(((uint)number, rule));
        }

        return intervals;
    }

    private void Prologue()
    {
        // A 32-bit or x32 call would mean another function by the same number.
        _code.Add(new(LoadWord, 0, 0, ArchitectureOffset));
        _code.Add(new(JumpEqual, 1, 0, SystemCalls.Architecture));
        _code.Add(new(Return, 0, 0, Notify));
        _code.Add(new(LoadWord, 0, 0, NumberOffset));
        _code.Add(new(JumpGreaterOrEqual, 0, 1, SystemCalls.X32Bit));
        _code.Add(new(Return, 0, 0, Notify));
    }

    private void Tree(ReadOnlySpan<(uint Start, Rule Rule)> intervals)
    {
        if (intervals.Length == 1)
        {
            Leaf(intervals[0].Rule);
            return;
        }

        var middle = intervals.Length / 2;
        var jump = _code.Count;
        _code.Add(new(JumpGreaterOrEqual, 0, 1, intervals[middle].Start));
        _code.Add(default);
        Tree(intervals[..middle]);
        _code[jump + 1] = new(JumpAlways, 0, 0, (uint)(_code.Count - jump - 2));
        Tree(intervals[middle..]);
    }

    private void Tree(List<(uint Start, Rule Rule)> intervals) => Tree(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(intervals));

    private void Leaf(Rule rule)
    {
        switch (rule)
        {
            case Rule.Always always:
                _code.Add(new(Return, 0, 0, always.Action));
                break;
            case Rule.AnyBit bits:
                _code.Add(new(LoadWord, 0, 0, ArgumentsOffset + ((uint)bits.Argument * 8)));
                _code.Add(new(JumpIfAnySet, 0, 1, bits.Bits));
                _code.Add(new(Return, 0, 0, bits.Then));
                _code.Add(new(Return, 0, 0, bits.Otherwise));
                break;
            case Rule.Switch cases:
                _code.Add(new(LoadWord, 0, 0, ArgumentsOffset + ((uint)cases.Argument * 8)));
                if (cases.Mask != uint.MaxValue)
                    _code.Add(new(And, 0, 0, cases.Mask));
                foreach (var (value, then) in cases.Cases)
                    Case(value, then);
                Leaf(cases.Otherwise);
                break;
        }
    }

    private void Case(uint value, Rule then)
    {
        var jump = _code.Count;
        _code.Add(default);
        Leaf(then);
        _code[jump] = new(JumpEqual, 0, checked((byte)(_code.Count - jump - 1)), value);
    }

    private byte[] Bytes()
    {
        var bytes = new byte[_code.Count * 8];
        for (var index = 0; index < _code.Count; index++)
        {
            var at = bytes.AsSpan(index * 8);
            BinaryPrimitives.WriteUInt16LittleEndian(at, _code[index].Code);
            at[2] = _code[index].IfTrue;
            at[3] = _code[index].IfFalse;
            BinaryPrimitives.WriteUInt32LittleEndian(at[4..], _code[index].Value);
        }

        return bytes;
    }
}
