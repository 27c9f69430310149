using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Gavel.Ledger.Tests;

/// <summary>A log whose lines a test waits for, in their order.</summary>
internal sealed class RecordedLog : ILoggerFactory, ILogger
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    /// <summary>Returns once a line has this text; lines before it are passed over.</summary>
    public async Task SaidAsync(string text, CancellationToken cancellation)
    {
        while (!(await _lines.Reader.ReadAsync(cancellation)).Contains(text, StringComparison.Ordinal))
        {
            // Not yet.
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Writer.TryWrite(formatter(state, exception));

    public void Dispose()
    {
    }
}
