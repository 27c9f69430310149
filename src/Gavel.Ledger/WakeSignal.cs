using System.Threading.Channels;

namespace Gavel.Ledger;

/// <summary>Wakes one waiter; sets that nobody waits for are remembered, once.</summary>
internal sealed class WakeSignal
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _signal.Writer.TryWrite(true);

    /// <summary>Returns when woken.</summary>
    public async Task WaitAsync() => await _signal.Reader.ReadAsync();

    /// <summary>True when woken, false when nothing happened for so long.</summary>
    public async Task<bool> WaitAsync(TimeSpan longest, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(longest);
        try
        {
            return await _signal.Reader.ReadAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
