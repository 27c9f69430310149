using System.Diagnostics;
using System.Globalization;
using System.Text;
using Gavel.Sandbox;

namespace Gavel.Judging.Running;

/// <summary>
/// Writes down who said what and when while a submission and an interactor talk: <c>seconds &gt; line</c> from the submission, <c>seconds &lt; line</c> to it.
/// Bounded: what goes beyond is left out, and the transcript says so. Both directions may write at the same time.
/// </summary>
internal sealed class Transcript : IDisposable
{
    /// <summary>Characters after which a transcript stops.</summary>
    internal const int Longest = 4 << 20;

    private const int LongestLine = 4096;

    private readonly Lock _gate = new();
    private readonly StreamWriter _file;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Side _fromSubmission;
    private readonly Side _toSubmission;
    private long _written;
    private bool _full;

    private Transcript(StreamWriter file)
    {
        _file = file;
        (_fromSubmission, _toSubmission) = (new(this, '>'), new(this, '<'));
    }

    /// <summary>Listens to the submission.</summary>
    internal IOutputSink FromSubmission => _fromSubmission;

    /// <summary>Listens to the interactor.</summary>
    internal IOutputSink ToSubmission => _toSubmission;

    /// <summary>
    /// Begins the transcript of a pass: a file named after the testcase below the folder. A later pass goes on below the line <c>---</c>.
    /// </summary>
    internal static Transcript Open(string folder, Pass pass)
    {
        var path = Path.Combine(folder, pass.Testcase.Name + (pass.Attempt > 1 ? ".second-attempt" : "") + ".transcript");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var later = pass.Number > 1;
        var file = new StreamWriter(path, append: later, new UTF8Encoding(false));
        if (later)
            file.WriteLine("---");
        return new(file);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _fromSubmission.End();
            _toSubmission.End();
            _file.Dispose();
        }
    }

    private void WriteLine(TimeSpan at, char direction, ReadOnlySpan<byte> line, string remark)
    {
        if (_full)
            return;

        var text = string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds:0.000000} {direction} {Printable(line)}{remark}");
        _written += text.Length + 1;
        _full = _written > Longest;
        _file.WriteLine(_full ? "(the transcript is too long; the rest is left out)" : text);
    }

    // What a program writes may be anything; a transcript is looked at in a terminal.
    private static string Printable(ReadOnlySpan<byte> line)
    {
        if (line is [.. var rest, (byte)'\r'])
            line = rest;
        var text = new StringBuilder(line.Length);
        foreach (var value in line)
            _ = value is >= 0x20 and < 0x7f or (byte)'\t' ? text.Append((char)value) : text.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}");
        return text.ToString();
    }

    /// <summary>One direction. A line is written down when it is complete, with the time of its first byte.</summary>
    private sealed class Side(Transcript transcript, char direction) : IOutputSink
    {
        private readonly byte[] _line = new byte[LongestLine];
        private int _length;
        private bool _cut;
        private TimeSpan _begun;

        public void Write(ReadOnlySpan<byte> piece)
        {
            lock (transcript._gate)
            {
                if (transcript._full)
                    return;

                var now = Stopwatch.GetElapsedTime(transcript._start);
                while (!piece.IsEmpty)
                {
                    if (_length == 0 && !_cut)
                        _begun = now;
                    var end = piece.IndexOf((byte)'\n');
                    Keep(end < 0 ? piece : piece[..end]);
                    if (end < 0)
                        return;

                    Flush("");
                    piece = piece[(end + 1)..];
                }
            }
        }

        internal void End()
        {
            if (_length > 0 || _cut)
                Flush(" (no line end)");
        }

        private void Keep(ReadOnlySpan<byte> part)
        {
            var kept = part[..Math.Min(part.Length, LongestLine - _length)];
            kept.CopyTo(_line.AsSpan(_length));
            _length += kept.Length;
            _cut |= kept.Length < part.Length;
        }

        private void Flush(string remark)
        {
            transcript.WriteLine(_begun, direction, _line.AsSpan(0, _length), _cut ? $" (cut after {LongestLine} bytes)" : remark);
            (_length, _cut) = (0, false);
        }
    }
}
